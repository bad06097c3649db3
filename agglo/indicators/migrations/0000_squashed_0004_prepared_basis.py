"""The catalogue of indicators and its prepared pages as migrations 1 to 4 left them."""

import django.db.models.deletion
from django.db import migrations, models

from agglo.created_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [("indicators", "0001_initial"), ("indicators", "0002_prepared_page"), ("indicators", "0003_prepared_figures"), ("indicators", "0004_prepared_basis")]

    dependencies = [
        ("figures", "0000_squashed_0008_contest"),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="Axis",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse")),
                    ("name", models.CharField(max_length=80, verbose_name="intitulé")),
                    ("order", models.PositiveSmallIntegerField(unique=True, verbose_name="ordre")),
                    ("question", models.CharField(max_length=200, verbose_name="question")),
                    ("headings", models.CharField(blank=True, max_length=300, verbose_name="intitulés de l’article")),
                    ("difference", models.TextField(blank=True, verbose_name="ce qui diffère")),
                    ("level", models.CharField(default="COM", help_text="COM, ZE2020 ou EPCI.", max_length=16, verbose_name="territoires comparés")),
                ],
                options={
                    "verbose_name": "axe",
                    "ordering": ["order"],
                },
            ),
            migrations.CreateModel(
                name="PreparedPage",
                fields=[
                    ("axis", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="prepared", serialize=False, to="indicators.axis")),
                    ("stamp", models.CharField(max_length=120)),
                    ("body", models.TextField()),
                    ("made_at", models.DateTimeField(auto_now=True)),
                    ("columns", models.JSONField(default=list)),
                    ("figures", models.TextField(default="")),
                    ("basis", models.CharField(default="", max_length=120)),
                ],
                options={
                    "verbose_name": "page préparée",
                },
            ),
            migrations.CreateModel(
                name="Indicator",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                    ("position", models.PositiveSmallIntegerField(verbose_name="place dans l’axe")),
                    ("name", models.CharField(max_length=160, verbose_name="intitulé")),
                    ("question", models.CharField(max_length=160, verbose_name="question")),
                    ("definition", models.TextField(verbose_name="définition")),
                    ("denominator", models.CharField(blank=True, max_length=200, verbose_name="dénominateur, en mots")),
                    ("unit", models.CharField(max_length=80, verbose_name="unité")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("rhythm", models.CharField(max_length=80, verbose_name="rythme")),
                    ("delay", models.CharField(blank=True, max_length=120, verbose_name="délai de publication")),
                    ("level", models.CharField(max_length=120, verbose_name="niveau géographique")),
                    ("trap", models.TextField(blank=True, verbose_name="piège de lecture")),
                    ("target", models.CharField(blank=True, max_length=160, verbose_name="cible, en mots")),
                    ("chart_words", models.CharField(blank=True, max_length=120, verbose_name="graphique naturel, en mots")),
                    (
                        "chart",
                        models.CharField(
                            choices=[("line", "courbe"), ("bar", "colonnes"), ("hbar", "barres"), ("dots", "points"), ("strip", "frise"), ("stacked", "barres empilées")],
                            default="line",
                            max_length=12,
                            verbose_name="graphique",
                        ),
                    ),
                    ("verified", models.BooleanField(default=False, verbose_name="définition vérifiée dans un document public")),
                    ("subject_scheme", models.CharField(blank=True, max_length=16, verbose_name="sujet : nomenclature")),
                    ("subject_code", models.CharField(blank=True, max_length=64, verbose_name="sujet : code")),
                    ("compared", models.JSONField(blank=True, default=list, verbose_name="comparés à")),
                    ("search_text", models.TextField(editable=False)),
                    ("axis", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="indicators.axis", verbose_name="axe")),
                    ("measures", models.ManyToManyField(related_name="indicators", through="indicators.Followed", to="figures.measure")),
                ],
                options={
                    "verbose_name": "indicateur",
                    "ordering": ["axis__order", "position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("axis", "position"), name="indicator_place_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("subject_code", ""), ("subject_scheme", "")),
                                models.Q(models.Q(("subject_scheme", ""), _negated=True), models.Q(("subject_code", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="indicator_subject_is_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Followed",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                    ("label", models.CharField(max_length=120, verbose_name="libellé")),
                    ("sentence", models.CharField(blank=True, help_text="{when}, {value}, {of} (« de la zone… ») et {in} (« dans… »).", max_length=200, verbose_name="phrase")),
                    ("gap", models.PositiveSmallIntegerField(default=0, help_text="0 : deux périodes qui se suivent.", verbose_name="années entre deux valeurs comparables")),
                    ("measure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="followed", to="figures.measure")),
                    ("indicator", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="followed", to="indicators.indicator")),
                ],
                options={
                    "verbose_name": "mesure suivie",
                    "ordering": ["order"],
                    "constraints": [models.UniqueConstraint(fields=("indicator", "measure"), name="measure_followed_once")],
                },
            ),
        ),
    ]
