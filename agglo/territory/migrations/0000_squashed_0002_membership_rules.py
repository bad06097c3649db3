"""Territories as migrations 1 and 2 left them, and what memberships must respect."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from agglo.created_together import CreateTogether

SQL = Path(__file__).with_name("membership.sql").read_text(encoding="utf-8")
BACK = "DROP FUNCTION territory_one_parent_of_a_kind, territory_kind_is_its_scheme CASCADE"


class Migration(migrations.Migration):
    replaces = [("territory", "0001_initial"), ("territory", "0002_membership_rules")]

    dependencies = [
        ("figures", "0000_squashed_0008_contest"),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="Territory",
                fields=[
                    (
                        "subject",
                        models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="territory", serialize=False, to="figures.subject", verbose_name="sujet"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("COM", "commune"), ("EPCI", "intercommunalité"), ("ZE2020", "zone d’emploi"), ("DEP", "département"), ("REG", "région"), ("FRANCE", "pays")],
                            max_length=8,
                            verbose_name="niveau",
                        ),
                    ),
                    ("nature", models.CharField(blank=True, help_text="CA, CU, CC, METRO.", max_length=8, verbose_name="nature juridique")),
                    ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                    ("postcodes", models.CharField(blank=True, max_length=120, verbose_name="codes postaux")),
                    ("latitude", models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="latitude du centre")),
                    ("longitude", models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="longitude du centre")),
                    ("contour", models.JSONField(blank=True, null=True, verbose_name="contour")),
                    ("contour_source", models.CharField(blank=True, max_length=200, verbose_name="origine du contour")),
                    ("contour_on", models.DateField(blank=True, null=True, verbose_name="contour reçu le")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="existe depuis")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="n’existe plus à partir du")),
                    ("neighbours", models.ManyToManyField(blank=True, to="territory.territory", verbose_name="communes limitrophes")),
                ],
                options={
                    "verbose_name": "territoire",
                    "indexes": [models.Index(fields=["kind"], name="territory_by_kind")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("kind__in", ["COM", "EPCI", "ZE2020", "DEP", "REG", "FRANCE"])), name="territory_kind_is_known"),
                        models.CheckConstraint(
                            condition=models.Q(("valid_from__isnull", True), ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                            name="territory_validity_is_ordered",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                models.Q(("latitude__gte", -90), ("latitude__lte", 90), ("longitude__gte", -180), ("longitude__lte", 180)),
                                _connector="OR",
                            ),
                            name="territory_centre_is_whole",
                        ),
                        models.CheckConstraint(condition=models.Q(("siren", ""), ("siren__regex", "^\\d{9}$"), _connector="OR"), name="territory_siren_has_nine_digits"),
                        models.CheckConstraint(
                            condition=models.Q(("contour__isnull", True), models.Q(models.Q(("contour_source", ""), _negated=True), ("contour_on__isnull", False)), _connector="OR"),
                            name="territory_contour_names_its_source",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Overlap",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="année de population")),
                    ("communes", models.PositiveSmallIntegerField(verbose_name="communes communes aux deux")),
                    ("population", models.PositiveIntegerField(verbose_name="population commune aux deux")),
                    ("epci_communes", models.PositiveSmallIntegerField(verbose_name="communes de l’EPCI")),
                    ("epci_population", models.PositiveIntegerField(verbose_name="population de l’EPCI")),
                    ("zone_communes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="communes de la zone")),
                    ("zone_population", models.PositiveIntegerField(blank=True, null=True, verbose_name="population de la zone")),
                    ("epci", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="overlaps_with_zones", to="territory.territory")),
                    ("zone", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="overlaps_with_epci", to="territory.territory")),
                ],
                options={
                    "verbose_name": "recouvrement",
                    "ordering": ["-population"],
                    "constraints": [
                        models.UniqueConstraint(fields=("zone", "epci", "year"), name="overlap_once"),
                        models.CheckConstraint(condition=models.Q(("communes__lte", models.F("epci_communes")), ("population__lte", models.F("epci_population"))), name="overlap_is_a_part"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Outline",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("scale", models.SmallIntegerField(choices=[(1, "ensemble"), (2, "rapprochée")], verbose_name="échelle")),
                    ("path", models.TextField(verbose_name="tracé")),
                    ("left", models.FloatField()),
                    ("top", models.FloatField()),
                    ("right", models.FloatField()),
                    ("bottom", models.FloatField()),
                    ("territory", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="outlines", to="territory.territory")),
                ],
                options={
                    "verbose_name": "tracé",
                    "constraints": [models.UniqueConstraint(fields=("territory", "scale"), name="outline_once")],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("as_of", models.DateField(verbose_name="constaté au")),
                    ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="parents", to="territory.territory", verbose_name="territoire")),
                    ("parent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="children", to="territory.territory", verbose_name="fait partie de")),
                ],
                options={
                    "verbose_name": "appartenance",
                    "constraints": [
                        models.UniqueConstraint(fields=("child", "parent", "valid_from"), name="membership_once", nulls_distinct=False),
                        models.CheckConstraint(condition=models.Q(("child", models.F("parent")), _negated=True), name="membership_is_not_of_itself"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("valid_to__isnull", True), models.Q(("valid_from__isnull", True), ("valid_to__gt", models.F("as_of"))), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                            ),
                            name="membership_validity_is_ordered",
                        ),
                    ],
                },
            ),
        ),
        migrations.RunSQL(SQL, BACK),
    ]
