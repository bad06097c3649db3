"""Sites, projects, aid and prospects as migrations 1 to 26 left them."""

import datetime
from decimal import Decimal
from pathlib import Path

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import projects.identifiers
import projects.models.confirmation
import projects.models.inventory
import projects.search_parts
from agglo.accounts.audit import audited
from agglo.created_together import CreateTogether

HERE = Path(__file__).parent
# Rules come after the tables they hold; the index of search keys calls functions that must stand before it.
SEARCH = (HERE / "search_parts.sql").read_text(encoding="utf-8")
RULES = ("check_digits", "append_only", "prospects_kept", "aid", "gate_now")
KEPT = """
CREATE TRIGGER verdict_is_kept BEFORE UPDATE ON projects_verdict
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE TRIGGER update_event_is_kept BEFORE UPDATE ON projects_updateevent
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
"""
# What hangs on the functions (triggers, checks) goes with them.
BACK = {
    "check_digits": "projects_is_siret, projects_luhn",
    "append_only": "projects_append_only",
    "prospects_kept": "projects_kept_but_demo",
    "aid": "projects_same_class, projects_movement_stays_on_its_line, projects_shares_make_the_whole",
    "gate_now": "projects_gate_now, projects_passed",
}
TABLES = """
    organisation lot lotstate surface ownership lifestage occupancy
    partner passage milestone planneddate budgetline risk decision bulletin
    commitment verdict jobpool jobclaim departure operationline
    prospect_readers ndaaccess weightset weight confirmationrequest confirmationanswer
    scheme supportcase supportact fundingline beneficiary movement counterpart counterpartcheck undertakinglink
    standardrow updatestep updateevent attachment landunit unitstay inventoryround roundpark
    savedview publication
"""
# An administrator reads the audit trail, and an administrator is no party to the agreements of confidentiality.
SECRET = ["name", "activity", "site_words", "source", "wording"]
SECRET += [f"{what}_{side}" for what in ("jobs", "invest", "area") for side in ("low", "high")]
# What the worker writes about an import under way.
QUIET = ["done", "total", "worker", "lease_until", "sent_at", "attempt", "cancel_asked"]


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0001_initial"),
        ("projects", "0002_check_digits_and_audit"),
        ("projects", "0003_projects"),
        ("projects", "0004_kept_dates_and_audit"),
        ("projects", "0005_commitments_and_jobs"),
        ("projects", "0006_verdicts_kept_and_audit"),
        ("projects", "0007_verdict_dated_in_words"),
        ("projects", "0008_records_counted"),
        ("projects", "0009_prospects_and_confirmations"),
        ("projects", "0010_passages_and_weights_kept_and_audit"),
        ("projects", "0011_support_and_aid"),
        ("projects", "0012_aid_kept_and_audit"),
        ("projects", "0013_standards"),
        ("projects", "0014_claim_once_unless_contested"),
        ("projects", "0015_updates"),
        ("projects", "0016_inventories"),
        ("projects", "0017_prospect_seeks_a_lot"),
        ("projects", "0018_imports"),
        ("projects", "0019_lists_at_scale"),
        ("projects", "0020_publications"),
        ("projects", "0021_lists_sorted_in_an_index"),
        ("projects", "0022_kept_since"),
        ("projects", "0023_imports_released"),
        ("projects", "0024_jobs_of_aid"),
        ("projects", "0025_counts_read_in_an_index"),
        ("projects", "0026_words_few_records_have"),
    ]

    dependencies = [
        ("accounts", "0002_audit_trail"),
        ("figures", "0000_squashed_0008_contest"),
        ("territory", "0000_squashed_0002_membership_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SEARCH, "DROP FUNCTION projects_few, projects_parts"),
        CreateTogether(
            migrations.CreateModel(
                name="Organisation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("slug", models.SlugField(max_length=80, unique=True, verbose_name="identifiant")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("company", "entreprise"),
                                ("public", "organisme public"),
                                ("research", "laboratoire, centre technique"),
                                ("training", "établissement d’enseignement"),
                                ("chamber", "chambre consulaire"),
                                ("other", "autre personne morale"),
                            ],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("siren", models.CharField(blank=True, max_length=9, validators=[projects.identifiers.check_siren], verbose_name="SIREN")),
                    ("role", models.CharField(blank=True, max_length=300, verbose_name="ce qu’elle fait ici")),
                    ("search_key", models.CharField(editable=False, max_length=200)),
                ],
                options={
                    "verbose_name": "organisation",
                    "ordering": ["search_key"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("siren", ""), _negated=True), fields=("siren",), name="organisation_siren_once"),
                        models.CheckConstraint(condition=models.Q(("siren", ""), ("siren__regex", "^[0-9]{9}$"), _connector="OR"), name="organisation_siren_has_nine_digits"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Site",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="adresse de la page")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("industrial", "site industriel"),
                                ("brownfield", "friche"),
                                ("park", "zone d’activité"),
                                ("nursery", "pépinière d’entreprises"),
                                ("campus", "campus"),
                                ("platform", "plateforme multi-activités"),
                            ],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                    ("latitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="latitude")),
                    ("longitude", models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="longitude")),
                    ("position", models.CharField(choices=[("stated", "point relevé"), ("commune", "centre de la commune")], default="commune", max_length=8, verbose_name="précision du point")),
                    ("outline", models.JSONField(blank=True, help_text="Géométrie GeoJSON, WGS84.", null=True, verbose_name="contour")),
                    (
                        "pollution",
                        models.CharField(
                            choices=[("none", "inexistante"), ("treated", "traitée"), ("unlikely", "peu probable"), ("supposed", "supposée"), ("proven", "avérée"), ("unknown", "inconnue")],
                            default="unknown",
                            max_length=10,
                            verbose_name="pollution du sol",
                        ),
                    ),
                    ("pollution_words", models.CharField(blank=True, max_length=300, verbose_name="pollution, précisions")),
                    ("zoning", models.CharField(blank=True, max_length=120, verbose_name="zonage d’urbanisme")),
                    ("networks", models.JSONField(blank=True, default=list, verbose_name="réseaux présents")),
                    ("about", models.TextField(blank=True, verbose_name="présentation")),
                    ("published", models.BooleanField(default=False, verbose_name="publié")),
                    ("search_key", models.CharField(editable=False, max_length=400)),
                    ("updated_at", models.DateTimeField(auto_now=True, verbose_name="mis à jour le")),
                    ("commune", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="located_sites", to="territory.territory", verbose_name="commune")),
                    ("subject", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="site", to="figures.subject", verbose_name="sujet")),
                ],
                options={
                    "verbose_name": "site",
                    "ordering": ["search_key", "pk"],
                    "indexes": [
                        models.Index(fields=["kind"], name="site_by_kind"),
                        models.Index(fields=["published", "search_key", "id"], include=("kind", "commune", "origin"), name="site_in_lists"),
                        models.Index(fields=["published", "id"], include=("kind", "commune", "origin", "latitude", "longitude"), name="site_in_counts"),
                        django.contrib.postgres.indexes.GinIndex(projects.search_parts.Parts("search_key"), gin_pending_list_limit=256, name="site_by_parts"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                models.Q(("latitude__gte", -90), ("latitude__lte", 90), ("longitude__gte", -180), ("longitude__lte", 180)),
                                _connector="OR",
                            ),
                            name="site_point_is_whole",
                        ),
                        models.CheckConstraint(condition=models.Q(models.Q(("position", "stated"), _negated=True), ("latitude__isnull", False), _connector="OR"), name="site_stated_point_is_there"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lot",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("code", models.SlugField(max_length=40, verbose_name="repère")),
                    ("name", models.CharField(max_length=120, verbose_name="nom")),
                    ("square_metres", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="surface, m²")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="projects.site")),
                    ("outline", models.JSONField(blank=True, help_text="Géométrie GeoJSON, WGS84.", null=True, verbose_name="contour")),
                ],
                options={
                    "verbose_name": "lot",
                    "ordering": ["code"],
                    "constraints": [
                        models.UniqueConstraint(fields=("site", "code"), name="lot_once_a_site"),
                        models.CheckConstraint(condition=models.Q(("square_metres__isnull", True), ("square_metres__gt", 0), _connector="OR"), name="lot_area_is_positive"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ownership",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("start", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("end", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("start_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=120, verbose_name="début, en mots")),
                    (
                        "nature",
                        models.CharField(choices=[("legal", "personne morale"), ("natural", "personne physique"), ("unknown", "non connue")], max_length=8, verbose_name="nature du propriétaire"),
                    ),
                    ("lot", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="ownerships", to="projects.lot")),
                    ("owner", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="owned", to="projects.organisation", verbose_name="propriétaire")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="ownerships", to="projects.site")),
                ],
                options={
                    "verbose_name": "propriété",
                    "ordering": ["start", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("start__isnull", True), ("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"), name="ownership_is_ordered"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("nature", "legal"), ("owner__isnull", False)), models.Q(models.Q(("nature", "legal"), _negated=True), ("owner__isnull", True)), _connector="OR"
                            ),
                            name="ownership_names_legal_persons_only",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Occupancy",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("start", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("end", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("start_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=120, verbose_name="début, en mots")),
                    ("siret", models.CharField(blank=True, max_length=14, validators=[projects.identifiers.check_siret], verbose_name="SIRET")),
                    ("activity", models.CharField(blank=True, max_length=200, verbose_name="activité")),
                    ("lot", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="occupancies", to="projects.lot")),
                    ("occupant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="occupancies", to="projects.organisation", verbose_name="occupant")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="occupancies", to="projects.site")),
                ],
                options={
                    "verbose_name": "occupation",
                    "ordering": ["start", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("start__isnull", True), ("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"), name="occupancy_is_ordered"),
                        models.UniqueConstraint(fields=("site", "lot", "occupant", "start"), name="occupancy_once", nulls_distinct=False),
                        models.CheckConstraint(condition=models.Q(("siret", ""), ("siret__regex", "^[0-9]{14}$"), _connector="OR"), name="occupancy_siret_has_fourteen_digits"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LifeStage",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("start", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("end", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("start_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=120, verbose_name="début, en mots")),
                    (
                        "stage",
                        models.SmallIntegerField(
                            choices=[
                                (0, "en activité"),
                                (1, "arrêt annoncé"),
                                (2, "cessation, mise en sécurité"),
                                (3, "maîtrise foncière"),
                                (4, "études, plan de gestion"),
                                (5, "déconstruction, désamiantage"),
                                (6, "dépollution"),
                                (7, "viabilisation"),
                                (8, "commercialisation"),
                                (9, "implantation"),
                                (10, "activité retrouvée"),
                                (11, "reconvertie"),
                            ],
                            verbose_name="étape",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="ce qui s’est passé")),
                    ("lot", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="projects.lot")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="projects.site")),
                ],
                options={
                    "verbose_name": "étape d’un site",
                    "ordering": ["start", "stage", "pk"],
                    "indexes": [models.Index(fields=["stage", "site"], include=("start", "end"), name="life_stage_by_stage")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("start__isnull", True), ("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"), name="life_stage_is_ordered"),
                        models.UniqueConstraint(fields=("site", "lot", "stage", "start"), name="life_stage_once", nulls_distinct=False),
                        models.CheckConstraint(condition=models.Q(("stage__in", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])), name="life_stage_is_known"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Surface",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("ground", "emprise"), ("footprint", "bâti"), ("floor", "plancher"), ("usable", "utile"), ("unspecified", "surface non précisée")],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("square_metres", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="m²")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0, verbose_name="précision")),
                    ("about", models.CharField(blank=True, max_length=200, verbose_name="ce que cela mesure")),
                    ("as_of", models.DateField(blank=True, null=True, verbose_name="situation au")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="surfaces", to="projects.site")),
                ],
                options={
                    "verbose_name": "surface",
                    "ordering": ["kind", "as_of", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("square_metres__gt", 0)), name="surface_is_positive"),
                        models.UniqueConstraint(fields=("site", "kind", "about", "source", "as_of"), name="surface_once", nulls_distinct=False),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LotState",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("since", models.DateField(verbose_name="depuis le")),
                    (
                        "works",
                        models.CharField(
                            choices=[
                                ("not_possible", "non aménageable"),
                                ("raw", "non aménagé, non viabilisé"),
                                ("servicing", "viabilisation en cours"),
                                ("serviced", "viabilisé non aménagé"),
                                ("ready", "viabilisé et aménagé"),
                                ("unknown", "non connu"),
                            ],
                            default="unknown",
                            max_length=12,
                            verbose_name="stade des travaux",
                        ),
                    ),
                    (
                        "sale",
                        models.CharField(
                            choices=[
                                ("not_for_sale", "non commercialisable"),
                                ("not_yet", "non commercialisé"),
                                ("for_sale", "en vente"),
                                ("conditions", "en vente avec contraintes"),
                                ("option", "réservé par option"),
                                ("reserved", "réservé par délibération"),
                                ("sold", "vendu"),
                                ("unknown", "non connu"),
                            ],
                            default="unknown",
                            max_length=12,
                            verbose_name="stade de la vente",
                        ),
                    ),
                    (
                        "use",
                        models.CharField(
                            choices=[
                                ("never_used", "inoccupé"),
                                ("occupied", "occupé"),
                                ("temporary", "occupation transitoire"),
                                ("vacant", "vacant"),
                                ("brownfield", "friche"),
                                ("unknown", "non connu"),
                            ],
                            default="unknown",
                            max_length=12,
                            verbose_name="occupation",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="ce qui a changé")),
                    ("lot", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="states", to="projects.lot")),
                ],
                options={
                    "verbose_name": "état d’un lot",
                    "ordering": ["since"],
                    "constraints": [models.UniqueConstraint(fields=("lot", "since"), name="lot_state_once_a_day")],
                },
            ),
            migrations.CreateModel(
                name="Project",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="adresse de la page")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("site", "transformation d’un site"),
                                ("implantation", "implantation d’entreprise"),
                                ("support", "appui aux entreprises"),
                                ("innovation", "innovation et recherche"),
                                ("training", "formation"),
                                ("digital", "transition numérique"),
                                ("ecology", "transition écologique"),
                                ("partnership", "partenariat"),
                            ],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    (
                        "axis",
                        models.CharField(
                            choices=[
                                ("industrie", "Relever le défi industriel"),
                                ("innovation", "Accompagner l’innovation du territoire"),
                                ("entrepreneuriat-formation", "Investir sur l’entrepreneuriat et la formation"),
                                ("proximite", "Maintenir le tissu économique de proximité"),
                            ],
                            max_length=40,
                            verbose_name="axe stratégique",
                        ),
                    ),
                    ("about", models.TextField(blank=True, verbose_name="présentation")),
                    ("figures", models.JSONField(blank=True, default=list, help_text="[mesure, nomenclature, code] de chacun.", verbose_name="chiffres du registre")),
                    ("published", models.BooleanField(default=False, verbose_name="publié")),
                    ("search_key", models.CharField(editable=False, max_length=400)),
                    ("updated_at", models.DateTimeField(auto_now=True, verbose_name="mis à jour le")),
                    ("delegation", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.delegation", verbose_name="délégation")),
                    ("lead", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="led", to="projects.organisation", verbose_name="porteur")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="projects.site", verbose_name="site")),
                    ("subject", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="project", to="figures.subject", verbose_name="sujet")),
                    ("circular", models.BooleanField(default=False, verbose_name="relève de l’économie circulaire")),
                    (
                        "gate",
                        models.SmallIntegerField(
                            choices=[(1, "réflexion"), (2, "en projet"), (3, "engagé"), (4, "en cours"), (5, "livré"), (8, "suspendu"), (9, "abandonné")],
                            editable=False,
                            null=True,
                            verbose_name="étape",
                        ),
                    ),
                    ("gate_on", models.DateField(editable=False, null=True, verbose_name="étape franchie le")),
                    (
                        "kept_since",
                        models.DateField(
                            default=django.utils.timezone.localdate,
                            help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
                            verbose_name="suivi par nos services depuis le",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "projet",
                    "ordering": ["search_key", "pk"],
                    "indexes": [
                        models.Index(fields=["published", "gate", "search_key"], name="project_by_gate"),
                        models.Index(fields=["published", "search_key", "id"], include=("kind", "axis", "gate", "gate_on", "origin", "lead", "site"), name="project_in_lists"),
                        django.contrib.postgres.indexes.GinIndex(projects.search_parts.Parts("search_key"), gin_pending_list_limit=256, name="project_by_parts"),
                    ],
                    "constraints": [models.CheckConstraint(condition=models.Q(("axis__in", ["industrie", "innovation", "entrepreneuriat-formation", "proximite"])), name="project_axis_is_known")],
                },
            ),
            migrations.CreateModel(
                name="Passage",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "gate",
                        models.SmallIntegerField(choices=[(1, "réflexion"), (2, "en projet"), (3, "engagé"), (4, "en cours"), (5, "livré"), (8, "suspendu"), (9, "abandonné")], verbose_name="étape"),
                    ),
                    ("on", models.DateField(help_text="Ou le premier jour d’une période moins précise.", verbose_name="le")),
                    ("until", models.DateField(verbose_name="au plus tard le")),
                    ("words", models.CharField(blank=True, max_length=120, verbose_name="quand, selon la source")),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="projects.project")),
                ],
                options={
                    "verbose_name": "passage d’étape",
                    "verbose_name_plural": "passages d’étape",
                    "ordering": ["until", "pk"],
                    "indexes": [models.Index(fields=["project", "-until", "-id"], name="passage_latest")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("gate__in", [1, 2, 3, 4, 5, 8, 9])), name="passage_gate_is_known"),
                        models.CheckConstraint(condition=models.Q(("until__gte", models.F("on"))), name="passage_is_ordered"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("gate__in", [8, 9]), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="hold_or_drop_says_why"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Partner",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "role",
                        models.CharField(
                            choices=[("partner", "partenaire"), ("funder", "financeur"), ("owner", "maître d’ouvrage"), ("expert", "appui, expertise"), ("beneficiary", "bénéficiaire")],
                            default="partner",
                            max_length=12,
                            verbose_name="rôle",
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300, verbose_name="ce qu’elle apporte")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="partnerships", to="projects.organisation")),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="projects.project")),
                ],
                options={
                    "verbose_name": "partenaire",
                    "ordering": ["pk"],
                    "constraints": [models.UniqueConstraint(fields=("project", "organisation", "role"), name="partner_once_a_role")],
                },
            ),
            migrations.CreateModel(
                name="Milestone",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=200, verbose_name="jalon")),
                    ("order", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                    ("actual_on", models.DateField(blank=True, null=True, verbose_name="atteint le")),
                    ("evidence", models.CharField(blank=True, max_length=300, verbose_name="preuve")),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="projects.project")),
                ],
                options={
                    "verbose_name": "jalon",
                    "ordering": ["order", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("project", "name"), name="milestone_once"),
                        models.CheckConstraint(condition=models.Q(("actual_on__isnull", True), models.Q(("evidence", ""), _negated=True), _connector="OR"), name="reached_milestone_has_evidence"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("on", models.DateField(verbose_name="le")),
                    ("until", models.DateField(help_text="Le même jour, ou la fin d’une période.", verbose_name="au plus tard le")),
                    ("body", models.CharField(max_length=200, verbose_name="qui a décidé")),
                    ("words", models.CharField(max_length=400, verbose_name="ce qui a été décidé")),
                    ("reference", models.CharField(blank=True, max_length=120, verbose_name="référence")),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="projects.project")),
                ],
                options={
                    "verbose_name": "décision",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("until__gte", models.F("on"))), name="decision_is_ordered"),
                        models.UniqueConstraint(fields=("project", "on", "words"), name="decision_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bulletin",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("as_of", models.DateField(verbose_name="situation au")),
                    ("weather", models.CharField(choices=[("sun", "tout va bien"), ("cloud", "à surveiller"), ("rain", "en difficulté"), ("storm", "bloqué")], max_length=5, verbose_name="météo")),
                    ("synthesis", models.TextField(verbose_name="synthèse")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="bulletins", to="projects.project")),
                ],
                options={
                    "verbose_name": "bulletin",
                    "ordering": ["-as_of"],
                    "constraints": [
                        models.UniqueConstraint(fields=("project", "as_of"), name="bulletin_once_a_day"),
                        models.CheckConstraint(condition=models.Q(("synthesis", ""), _negated=True), name="bulletin_says_why"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BudgetLine",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("label", models.CharField(max_length=200, verbose_name="objet")),
                    ("as_of", models.DateField(verbose_name="situation au")),
                    ("planned", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="prévu, €")),
                    ("actual", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="payé, €")),
                    ("funder", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.organisation", verbose_name="financeur")),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="projects.project")),
                ],
                options={
                    "verbose_name": "ligne de budget",
                    "verbose_name_plural": "lignes de budget",
                    "ordering": ["as_of", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("project", "funder", "label", "as_of"), name="budget_line_once", nulls_distinct=False),
                        models.CheckConstraint(condition=models.Q(models.Q(("planned__lt", 0), _negated=True), models.Q(("actual__lt", 0), _negated=True)), name="budget_is_not_negative"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Risk",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("words", models.CharField(max_length=300, verbose_name="risque")),
                    ("likelihood", models.PositiveSmallIntegerField(choices=[(1, "faible"), (2, "moyen"), (3, "fort")], verbose_name="probabilité")),
                    ("impact", models.PositiveSmallIntegerField(choices=[(1, "faible"), (2, "moyen"), (3, "fort")], verbose_name="gravité")),
                    ("answer", models.CharField(blank=True, max_length=300, verbose_name="ce que l’on fait")),
                    ("opened_on", models.DateField(verbose_name="vu le")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                    ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="risks", to="projects.project")),
                ],
                options={
                    "verbose_name": "risque",
                    "ordering": ["-impact", "-likelihood", "opened_on"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("impact__range", (1, 3)), ("likelihood__range", (1, 3))), name="risk_levels_are_known"),
                        models.CheckConstraint(condition=models.Q(("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"), name="risk_is_ordered"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlannedDate",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("planned_on", models.DateField(verbose_name="prévu le")),
                    ("decided_on", models.DateField(verbose_name="décidé le")),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison du changement")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("milestone", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="projects.milestone")),
                ],
                options={
                    "verbose_name": "date prévue",
                    "verbose_name_plural": "dates prévues",
                    "ordering": ["decided_on", "pk"],
                    "constraints": [models.UniqueConstraint(fields=("milestone", "decided_on"), name="planned_date_once_a_day")],
                },
            ),
            migrations.CreateModel(
                name="Commitment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("slug", models.SlugField(max_length=80, unique=True, verbose_name="repère")),
                    ("promise", models.CharField(max_length=300, verbose_name="promesse")),
                    ("made_on", models.DateField(help_text="Ou le premier jour d’une période moins précise.", verbose_name="promis le")),
                    ("made_until", models.DateField(verbose_name="au plus tard le")),
                    ("counted_unit", models.CharField(blank=True, max_length=80, verbose_name="unité comptée")),
                    ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cible")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0, verbose_name="précision")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="échéance")),
                    ("figure_key", models.CharField(blank=True, max_length=40, verbose_name="repère du chiffre")),
                    ("note", models.CharField(blank=True, max_length=400, verbose_name="à ne pas en conclure")),
                    ("published", models.BooleanField(default=False, verbose_name="publié")),
                    ("search_key", models.CharField(editable=False, max_length=600)),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="projects.project", verbose_name="projet")),
                    ("promiser", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="projects.organisation", verbose_name="qui a promis")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="projects.site", verbose_name="site")),
                    (
                        "kept_since",
                        models.DateField(
                            default=django.utils.timezone.localdate,
                            help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
                            verbose_name="suivi par nos services depuis le",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "engagement",
                    "ordering": ["made_on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("target__isnull", True), models.Q(("counted_unit", ""), _negated=True), _connector="OR"), name="commitment_target_is_counted"),
                        models.CheckConstraint(condition=models.Q(("made_until__gte", models.F("made_on"))), name="commitment_is_ordered"),
                        models.CheckConstraint(condition=models.Q(("due_on__isnull", True), ("due_on__gte", models.F("made_on")), _connector="OR"), name="commitment_due_after_made"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="JobPool",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=80, unique=True, verbose_name="repère")),
                    ("name", models.CharField(max_length=200, verbose_name="ces emplois")),
                    ("shared_with", models.CharField(blank=True, help_text="Une autre autorité qui compte les mêmes emplois.", max_length=200, verbose_name="partagés avec")),
                    (
                        "share",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            help_text="Vide tant qu’aucun accord ne la fixe : ces emplois ne sont alors pas comptés.",
                            max_digits=5,
                            null=True,
                            verbose_name="notre part, %",
                        ),
                    ),
                    ("may_overlap", models.ManyToManyField(blank=True, to="projects.jobpool", verbose_name="peut-être les mêmes que")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="pools", to="projects.project")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="pools", to="projects.site")),
                ],
                options={
                    "verbose_name": "gisement d’emplois",
                    "verbose_name_plural": "gisements d’emplois",
                    "ordering": ["name"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("share__isnull", True), ("share__range", (0, 100)), _connector="OR"), name="pool_share_is_a_percentage"),
                        models.CheckConstraint(condition=models.Q(("share__isnull", True), models.Q(("shared_with", ""), _negated=True), _connector="OR"), name="pool_share_names_the_other"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="JobClaim",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "scheme",
                        models.CharField(
                            choices=[
                                ("implantation", "implantation d’entreprise"),
                                ("reemployment", "anciens salariés d’un plan social"),
                                ("revitalisation", "convention de revitalisation"),
                                ("aid", "aide publique"),
                                ("prospect", "projet à l’étude"),
                            ],
                            max_length=16,
                            verbose_name="dispositif",
                        ),
                    ),
                    ("number", models.PositiveIntegerField(verbose_name="emplois")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0, verbose_name="précision")),
                    ("evidence", models.SmallIntegerField(choices=[(0, "constaté"), (1, "engagé"), (2, "annoncé"), (3, "potentiel"), (4, "estimé"), (5, "objectif")], verbose_name="état de preuve")),
                    ("as_of", models.DateField(help_text="Le jour de l’annonce ou du constat.", verbose_name="situation au")),
                    ("horizon", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="horizon, en mois")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                    ("transferred", models.PositiveIntegerField(default=0, help_text="Emplois déjà sur le territoire, qui ont seulement changé de lieu.", verbose_name="dont transférés")),
                    ("confirmed_by", models.CharField(blank=True, max_length=200, verbose_name="confirmé par")),
                    ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmé le")),
                    ("figure_key", models.CharField(blank=True, max_length=40, verbose_name="repère du chiffre")),
                    ("note", models.CharField(blank=True, max_length=300, verbose_name="à ne pas en conclure")),
                    (
                        "moved_from",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.territory", verbose_name="venus de la commune"),
                    ),
                    ("moved_to", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.territory", verbose_name="vers la commune")),
                    ("organisation", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="job_claims", to="projects.organisation")),
                    ("pool", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="projects.jobpool", verbose_name="gisement")),
                    ("contested_on", models.DateField(blank=True, help_text="L’entreprise a corrigé ou démenti ce nombre.", null=True, verbose_name="contesté le")),
                ],
                options={
                    "verbose_name": "emplois déclarés",
                    "verbose_name_plural": "emplois déclarés",
                    "ordering": ["as_of", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("transferred__lte", models.F("number"))), name="claim_transfers_are_a_part"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_by", ""), ("confirmed_on__isnull", True)),
                                models.Q(models.Q(("confirmed_by", ""), _negated=True), ("confirmed_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="claim_is_confirmed_by_somebody",
                        ),
                        models.CheckConstraint(condition=models.Q(("confirmed_by", ""), ("evidence", 0), _connector="OR"), name="only_observed_jobs_are_confirmed"),
                        models.CheckConstraint(condition=models.Q(("evidence__in", [0, 1, 2, 3, 4, 5])), name="claim_evidence_is_known"),
                        models.CheckConstraint(condition=models.Q(("confirmed_on__isnull", True), ("contested_on__isnull", True), _connector="OR"), name="claim_is_confirmed_or_contested"),
                        models.UniqueConstraint(condition=models.Q(("contested_on__isnull", True)), fields=("pool", "scheme", "evidence", "as_of"), name="claim_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Verdict",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("on", models.DateField(verbose_name="constaté le")),
                    (
                        "status",
                        models.CharField(
                            choices=[("kept", "tenu"), ("partly", "tenu en partie"), ("late", "en retard"), ("dropped", "non tenu ou abandonné"), ("reworded", "reformulé")],
                            max_length=8,
                            verbose_name="état",
                        ),
                    ),
                    ("evidence", models.CharField(max_length=400, verbose_name="preuve")),
                    ("reached", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur atteinte")),
                    ("said_by", models.CharField(max_length=200, verbose_name="qui le dit")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("commitment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="projects.commitment")),
                    ("on_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=60, verbose_name="quand, en mots")),
                ],
                options={
                    "verbose_name": "verdict",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("status__in", ["kept", "partly", "late", "dropped", "reworded"])), name="verdict_status_is_known"),
                        models.CheckConstraint(condition=models.Q(("evidence", ""), _negated=True), name="verdict_has_evidence"),
                        models.CheckConstraint(condition=models.Q(("said_by", ""), _negated=True), name="verdict_names_who_says_it"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Departure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("here", "en activité sur le territoire"), ("elsewhere", "en activité ailleurs"), ("ceased", "a cessé son activité"), ("unknown", "non connu")],
                            max_length=9,
                            verbose_name="devenir",
                        ),
                    ),
                    ("checked_on", models.DateField(verbose_name="vérifié le")),
                    ("occupancy", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="departure", to="projects.occupancy", verbose_name="occupation terminée")),
                ],
                options={
                    "verbose_name": "devenir d’un occupant parti",
                    "verbose_name_plural": "devenirs des occupants partis",
                },
            ),
            migrations.CreateModel(
                name="OperationLine",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("nature", models.CharField(choices=[("expense", "dépense"), ("receipt", "recette"), ("subsidy", "subvention reçue")], max_length=7, verbose_name="nature")),
                    ("label", models.CharField(max_length=200, verbose_name="objet")),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant hors taxes, €")),
                    ("on", models.DateField(help_text="Le jour de la facture, de l’encaissement ou de la décision.", verbose_name="le")),
                    ("site", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="operation_lines", to="projects.site", verbose_name="site")),
                ],
                options={
                    "verbose_name": "ligne du compte d’opération",
                    "verbose_name_plural": "lignes du compte d’opération",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="operation_line_is_positive"),
                        models.UniqueConstraint(fields=("site", "nature", "label", "on"), name="operation_line_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConfirmationRequest",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("addressee", models.CharField(help_text="La fonction et l’entreprise\xa0: «\u202fDirection de …\u202f».", max_length=200, verbose_name="qui répondra")),
                    ("closes_on", models.DateField(default=projects.models.confirmation.month_from_now, verbose_name="jusqu’au")),
                    ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="préparée le")),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("claim", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="projects.jobclaim", verbose_name="emplois déclarés")),
                ],
                options={
                    "verbose_name": "demande de confirmation",
                    "verbose_name_plural": "demandes de confirmation",
                    "ordering": ["-pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("addressee", ""), _negated=True), name="request_names_its_addressee")],
                },
            ),
            migrations.CreateModel(
                name="ConfirmationAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("verdict", models.CharField(choices=[("confirmed", "confirmé"), ("corrected", "corrigé"), ("denied", "démenti")], max_length=9, verbose_name="réponse")),
                    ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="nombre d’emplois")),
                    ("words", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                    ("said_by", models.CharField(max_length=200, verbose_name="au nom de")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçu le")),
                    ("request", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="answer", to="projects.confirmationrequest")),
                ],
                options={
                    "verbose_name": "réponse d’une entreprise",
                    "verbose_name_plural": "réponses des entreprises",
                    "ordering": ["-at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("number__isnull", False), ("verdict", "corrected")), models.Q(models.Q(("verdict", "corrected"), _negated=True), ("number__isnull", True)), _connector="OR"
                            ),
                            name="answer_corrects_with_a_number",
                        ),
                        models.CheckConstraint(condition=models.Q(("said_by", ""), _negated=True), name="answer_says_who"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Prospect",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="adresse de la page")),
                    ("code_name", models.CharField(help_text="Ne doit laisser deviner ni l’entreprise ni le projet.", max_length=80, unique=True, verbose_name="nom de code")),
                    ("name", models.CharField(blank=True, help_text="Confidentiel.", max_length=200, verbose_name="entreprise")),
                    (
                        "confidentiality",
                        models.CharField(
                            choices=[("public", "public"), ("internal", "interne"), ("restricted", "restreint"), ("nda", "accord de confidentialité")],
                            default="restricted",
                            max_length=10,
                            verbose_name="confidentialité",
                        ),
                    ),
                    ("announced_on", models.DateField(blank=True, help_text="Pour un dossier public\xa0: rien n’en paraît avant.", null=True, verbose_name="annoncé le")),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("agency", "Business France, Nord France Invest"),
                                ("own", "prospection de l’agglomération"),
                                ("company", "demande de l’entreprise"),
                                ("local", "entreprise déjà installée ici"),
                                ("other", "autre"),
                            ],
                            default="own",
                            max_length=8,
                            verbose_name="origine",
                        ),
                    ),
                    ("activity", models.CharField(blank=True, max_length=120, verbose_name="activité")),
                    ("site_words", models.CharField(blank=True, max_length=200, verbose_name="terrain ou local recherché")),
                    ("jobs_low", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois, au moins")),
                    ("jobs_high", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois, au plus")),
                    ("jobs_about", models.BooleanField(default=True, verbose_name="ordre de grandeur")),
                    ("transferred", models.PositiveIntegerField(default=0, help_text="Ces emplois changeraient seulement de lieu.", verbose_name="dont déjà sur le territoire")),
                    ("invest_low", models.DecimalField(blank=True, decimal_places=0, max_digits=14, null=True, verbose_name="investissement, au moins, €")),
                    ("invest_high", models.DecimalField(blank=True, decimal_places=0, max_digits=14, null=True, verbose_name="investissement, au plus, €")),
                    ("area_low", models.PositiveIntegerField(blank=True, null=True, verbose_name="surface, au moins, m²")),
                    ("area_high", models.PositiveIntegerField(blank=True, null=True, verbose_name="surface, au plus, m²")),
                    ("entered_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="entré le")),
                    ("last_contact_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="dernier contact le")),
                    ("search_key", models.CharField(editable=False, max_length=300)),
                    ("updated_at", models.DateTimeField(auto_now=True, verbose_name="mis à jour le")),
                    ("owner", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="suivi par")),
                    (
                        "pool",
                        models.ForeignKey(
                            blank=True,
                            help_text="Quand d’autres comptent ces mêmes emplois\xa0: ils sont comptés une fois.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="prospects",
                            to="projects.jobpool",
                            verbose_name="gisement d’emplois",
                        ),
                    ),
                    ("readers", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="personnes qui peuvent lire")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="prospects", to="projects.site", verbose_name="site visé")),
                    ("lot", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="prospects", to="projects.lot", verbose_name="lot visé")),
                ],
                options={
                    "verbose_name": "dossier d’implantation",
                    "verbose_name_plural": "dossiers d’implantation",
                    "ordering": ["search_key", "pk"],
                    "indexes": [models.Index(fields=["confidentiality"], name="prospect_by_class")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("confidentiality", "public"), _negated=True), ("announced_on__isnull", False), _connector="OR"),
                            name="prospect_public_is_announced",
                            violation_error_message="Un dossier public porte la date de son annonce.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("jobs_low__isnull", True), ("jobs_high__isnull", True), ("jobs_low__lte", models.F("jobs_high")), _connector="OR"),
                            name="prospect_jobs_in_order",
                            violation_error_message="Emplois\xa0: le plus petit nombre vient d’abord.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("invest_low__isnull", True), ("invest_high__isnull", True), ("invest_low__lte", models.F("invest_high")), _connector="OR"),
                            name="prospect_invest_in_order",
                            violation_error_message="Investissement\xa0: le plus petit nombre vient d’abord.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("area_low__isnull", True), ("area_high__isnull", True), ("area_low__lte", models.F("area_high")), _connector="OR"),
                            name="prospect_area_in_order",
                            violation_error_message="Surface\xa0: le plus petit nombre vient d’abord.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("last_contact_on__gte", models.F("entered_on"))),
                            name="prospect_contact_after_entry",
                            violation_error_message="Le dernier contact ne peut pas précéder l’entrée du dossier.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NdaAccess",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le")),
                    ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("prospect", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="accesses", to="projects.prospect")),
                ],
                options={
                    "verbose_name": "ouverture d’un dossier sous accord",
                    "verbose_name_plural": "ouvertures des dossiers sous accord",
                    "ordering": ["-at", "-pk"],
                    "indexes": [models.Index(fields=["user", "prospect", "-at"], name="nda_access_latest")],
                },
            ),
            migrations.CreateModel(
                name="ProspectPassage",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "stage",
                        models.SmallIntegerField(
                            choices=[
                                (1, "détecté"),
                                (2, "qualifié"),
                                (3, "sites proposés"),
                                (4, "visite"),
                                (5, "liste courte, offre négociée"),
                                (6, "décision, lettre d’intention"),
                                (7, "engagement (compromis, bail, permis)"),
                                (8, "chantier"),
                                (9, "implanté"),
                                (20, "en suspens"),
                                (21, "perdu"),
                            ],
                            verbose_name="étape",
                        ),
                    ),
                    ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="le")),
                    (
                        "loss",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("competitor", "un autre territoire l’emporte"),
                                ("dropped", "l’entreprise abandonne son projet"),
                                ("postponed", "reporté sans date"),
                                ("criteria", "hors de nos critères"),
                                ("ground", "pas de terrain ou de local qui convienne"),
                                ("silent", "plus de réponse"),
                            ],
                            max_length=12,
                            verbose_name="motif de perte",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("prospect", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="projects.prospect")),
                ],
                options={
                    "verbose_name": "passage d’étape d’un dossier",
                    "verbose_name_plural": "passages d’étape des dossiers",
                    "ordering": ["on", "pk"],
                    "indexes": [models.Index(fields=["prospect", "-on", "-id"], name="prospect_passage_latest")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("stage__in", [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21])), name="prospect_stage_is_known"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("stage", 21), models.Q(("loss", ""), _negated=True)), models.Q(models.Q(("stage", 21), _negated=True), ("loss", "")), _connector="OR"),
                            name="lost_prospect_has_its_ground",
                            violation_error_message="Un dossier perdu, et lui seul, porte un motif de perte.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("stage__in", [20, 21]), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="paused_or_lost_prospect_says_why",
                            violation_error_message="Dites en quelques mots pourquoi le dossier attend ou se perd.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WeightSet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("since", models.DateField(default=django.utils.timezone.localdate, verbose_name="vaut depuis le")),
                    ("decided_by", models.CharField(max_length=200, verbose_name="décidé par")),
                    ("why", models.TextField(max_length=1000, verbose_name="pourquoi ces poids")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "jeu de poids",
                    "verbose_name_plural": "jeux de poids",
                    "ordering": ["-since", "-pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("decided_by", ""), _negated=True), models.Q(("why", ""), _negated=True)), name="weights_say_who_and_why")],
                },
            ),
            migrations.CreateModel(
                name="Weight",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "stage",
                        models.SmallIntegerField(
                            choices=[
                                (1, "détecté"),
                                (2, "qualifié"),
                                (3, "sites proposés"),
                                (4, "visite"),
                                (5, "liste courte, offre négociée"),
                                (6, "décision, lettre d’intention"),
                                (7, "engagement (compromis, bail, permis)"),
                                (8, "chantier"),
                                (9, "implanté"),
                            ],
                            verbose_name="étape",
                        ),
                    ),
                    (
                        "percent",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=5,
                            validators=[django.core.validators.MinValueValidator(Decimal("0")), django.core.validators.MaxValueValidator(Decimal("100"))],
                            verbose_name="poids, %",
                        ),
                    ),
                    ("weights", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="weights", to="projects.weightset")),
                ],
                options={
                    "verbose_name": "poids",
                    "verbose_name_plural": "poids",
                    "ordering": ["stage"],
                    "constraints": [
                        models.UniqueConstraint(fields=("weights", "stage"), name="weight_once_a_stage"),
                        models.CheckConstraint(condition=models.Q(("percent__range", (0, 100))), name="weight_is_a_percentage"),
                        models.CheckConstraint(condition=models.Q(("stage__in", [1, 2, 3, 4, 5, 6, 7, 8, 9])), name="weight_stage_is_weighted"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Scheme",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=60, unique=True, verbose_name="repère")),
                    ("name", models.CharField(max_length=120, verbose_name="dispositif")),
                ],
                options={
                    "verbose_name": "dispositif",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="SupportCase",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("about", models.CharField(max_length=300, verbose_name="objet")),
                    ("opened_on", models.DateField(verbose_name="ouvert le")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                    (
                        "result",
                        models.CharField(
                            blank=True,
                            choices=[("awarded", "lauréat"), ("refused", "non retenu"), ("done", "accompagnement achevé"), ("left", "arrêté par l’entreprise")],
                            max_length=8,
                            verbose_name="résultat",
                        ),
                    ),
                    ("result_on", models.DateField(blank=True, null=True, verbose_name="résultat connu le")),
                    ("investment", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="investissement décidé, €")),
                    ("investment_decided_on", models.DateField(blank=True, null=True, verbose_name="investissement décidé le")),
                    ("search_key", models.CharField(editable=False, max_length=600)),
                    ("adviser", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="suivi par")),
                    (
                        "commune",
                        models.ForeignKey(
                            blank=True,
                            help_text="Là où l’on investit, qui n’est pas toujours le siège.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="territory.territory",
                            verbose_name="commune du projet",
                        ),
                    ),
                    ("company", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="projects.organisation", verbose_name="entreprise")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="projects.project", verbose_name="projet")),
                    ("scheme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="projects.scheme", verbose_name="dispositif")),
                ],
                options={
                    "verbose_name": "dossier d’accompagnement",
                    "verbose_name_plural": "dossiers d’accompagnement",
                    "ordering": ["-opened_on", "-pk"],
                    "indexes": [models.Index(fields=["scheme", "-opened_on"], name="case_by_scheme")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"), name="case_is_ordered"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("result", ""), ("result_on__isnull", True)), models.Q(models.Q(("result", ""), _negated=True), ("result_on__isnull", False)), _connector="OR"),
                            name="case_result_is_dated",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("investment__isnull", True), ("investment_decided_on__isnull", True)),
                                models.Q(("investment__gt", 0), ("investment_decided_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="case_investment_is_dated",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FundingLine",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("about", models.CharField(max_length=256, verbose_name="objet")),
                    (
                        "form",
                        models.CharField(
                            choices=[
                                ("grant", "subvention"),
                                ("in_kind", "aide en nature"),
                                ("rebate", "rabais sur un terrain ou un loyer"),
                                ("loan", "prêt, avance remboursable"),
                                ("guarantee", "garantie"),
                                ("other", "autre forme"),
                            ],
                            default="grant",
                            max_length=9,
                            verbose_name="forme",
                        ),
                    ),
                    (
                        "regime",
                        models.CharField(
                            choices=[
                                ("de_minimis", "de minimis, règlement (UE) 2023/2831"),
                                ("sgei", "de minimis SIEG, règlement (UE) 2023/2832"),
                                ("agriculture", "de minimis agricole, règlement (UE) 1408/2013"),
                                ("fisheries", "de minimis pêche, règlement (UE) 717/2014"),
                                ("exempted", "exempté, règlement (UE) 651/2014 (RGEC)"),
                                ("notified", "notifié et autorisé par la Commission"),
                                ("no_aid", "pas une aide d’État"),
                                ("unknown", "non précisé"),
                            ],
                            default="unknown",
                            max_length=11,
                            verbose_name="régime d’aide",
                        ),
                    ),
                    ("regime_detail", models.CharField(blank=True, help_text="« article 17 », « SA.108054 ».", max_length=120, verbose_name="article ou numéro du régime")),
                    ("legal_basis", models.CharField(blank=True, help_text="« L. 1511-3 du CGCT, délibération du… ».", max_length=200, verbose_name="base juridique")),
                    (
                        "payment",
                        models.CharField(choices=[("unique", "en une fois"), ("échelonné", "en plusieurs fois"), ("autre", "autrement")], default="unique", max_length=9, verbose_name="versement"),
                    ),
                    ("payment_words", models.CharField(blank=True, max_length=256, verbose_name="conditions de versement")),
                    ("pay_from", models.DateField(blank=True, null=True, verbose_name="versé à partir du")),
                    ("pay_until", models.DateField(blank=True, null=True, verbose_name="versé jusqu’au")),
                    ("rae", models.CharField(blank=True, max_length=5, verbose_name="numéro au répertoire des aides")),
                    ("published", models.BooleanField(default=False, help_text="Décidé en public : la ligne se lit sur /aides/.", verbose_name="publié")),
                    ("funder", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="funding_given", to="projects.organisation", verbose_name="financeur")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="funding", to="projects.project", verbose_name="projet")),
                    ("scheme", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="funding", to="projects.scheme", verbose_name="dispositif")),
                    ("case", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="funding", to="projects.supportcase", verbose_name="dossier")),
                    (
                        "jobs",
                        models.PositiveIntegerField(
                            blank=True, help_text="Tels que la décision les dit\u202f; publiés avec elle. Vide tant qu’on ne les sait pas.", null=True, verbose_name="emplois de l’établissement aidé"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "ligne de financement",
                    "verbose_name_plural": "lignes de financement",
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("regime__in", ["de_minimis", "sgei", "agriculture", "fisheries", "exempted", "notified", "no_aid", "unknown"])), name="funding_regime_is_known"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("pay_until__isnull", True), models.Q(("pay_from__isnull", False), ("pay_until__gte", models.F("pay_from"))), _connector="OR"),
                            name="funding_payment_is_ordered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Counterpart",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("jobs_kept", "emplois maintenus"),
                                ("jobs_created", "emplois créés"),
                                ("investment", "investissement"),
                                ("presence", "activité maintenue sur le territoire"),
                                ("other", "autre"),
                            ],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("words", models.CharField(max_length=300, verbose_name="ce qui est promis")),
                    ("counted_unit", models.CharField(blank=True, max_length=80, verbose_name="unité comptée")),
                    ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cible")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0, verbose_name="précision")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="à tenir pour le")),
                    ("check_on", models.DateField(blank=True, null=True, verbose_name="à vérifier le")),
                    (
                        "clawback",
                        models.CharField(
                            choices=[
                                ("unknown", "la source ne le dit pas"),
                                ("none", "aucun reversement prévu"),
                                ("full", "reversement de tout ce qui a été versé"),
                                ("pro_rata", "reversement au prorata de ce qui manque"),
                            ],
                            default="unknown",
                            max_length=8,
                            verbose_name="si elle n’est pas tenue",
                        ),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="counterparts", to="projects.commitment", verbose_name="au registre des engagements"
                        ),
                    ),
                    ("line", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="counterparts", to="projects.fundingline")),
                ],
                options={
                    "verbose_name": "contrepartie",
                    "ordering": ["check_on", "pk"],
                    "indexes": [models.Index(fields=["check_on"], name="counterpart_by_check")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("target__isnull", True), models.Q(("counted_unit", ""), _negated=True), _connector="OR"), name="counterpart_target_is_counted"),
                        models.CheckConstraint(condition=models.Q(("target__isnull", True), ("target__gt", 0), _connector="OR"), name="counterpart_target_is_positive"),
                        models.CheckConstraint(condition=models.Q(models.Q(("clawback", "pro_rata"), _negated=True), ("target__isnull", False), _connector="OR"), name="pro_rata_needs_a_target"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Beneficiary",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("siret", models.CharField(blank=True, max_length=14, validators=[projects.identifiers.check_siret], verbose_name="SIRET")),
                    ("rna", models.CharField(blank=True, max_length=10, verbose_name="numéro RNA")),
                    ("share", models.DecimalField(decimal_places=4, default=1, max_digits=5, verbose_name="part")),
                    ("taken_over_on", models.DateField(blank=True, null=True, verbose_name="reprise le")),
                    ("taken_over_why", models.CharField(blank=True, max_length=300, verbose_name="preuve de la reprise")),
                    ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="funding_received", to="projects.organisation", verbose_name="bénéficiaire")),
                    (
                        "taken_over_by",
                        models.ForeignKey(
                            blank=True,
                            help_text="Scission ou cession : l’aide suit l’activité qu’elle a servie.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="projects.organisation",
                            verbose_name="activité reprise par",
                        ),
                    ),
                    ("line", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="beneficiaries", to="projects.fundingline")),
                ],
                options={
                    "verbose_name": "bénéficiaire",
                    "ordering": ["-share", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("line", "organisation"), name="beneficiary_once_a_line"),
                        models.CheckConstraint(condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="beneficiary_share_is_a_part"),
                        models.CheckConstraint(condition=models.Q(("siret", ""), ("siret__regex", "^[0-9]{14}$"), _connector="OR"), name="beneficiary_siret_has_fourteen_digits"),
                        models.CheckConstraint(condition=models.Q(("rna", ""), ("rna__regex", "^W[0-9]{9}$"), _connector="OR"), name="beneficiary_rna_is_one"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("taken_over_by__isnull", True), ("taken_over_on__isnull", True), ("taken_over_why", "")),
                                models.Q(("taken_over_by__isnull", False), ("taken_over_on__isnull", False), models.Q(("taken_over_why", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="take_over_is_dated_and_proved",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Movement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("asked", "demandé"), ("granted", "accordé"), ("paid", "versé"), ("reclaimed", "réclamé"), ("recovered", "remboursé"), ("cancelled", "écriture annulée")],
                            max_length=9,
                            verbose_name="ce qui s’est passé",
                        ),
                    ),
                    ("amount", models.DecimalField(blank=True, decimal_places=2, help_text="Vide quand personne ne le sait.", max_digits=14, null=True, verbose_name="montant, €")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0, verbose_name="précision")),
                    ("grant_equivalent", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="équivalent-subvention brut, €")),
                    ("on", models.DateField(help_text="Octroi : le jour où le droit est né, pas celui du versement.", verbose_name="le")),
                    ("until", models.DateField(verbose_name="au plus tard le")),
                    ("evidence", models.CharField(max_length=400, verbose_name="preuve")),
                    ("reference", models.CharField(blank=True, max_length=120, verbose_name="référence de la décision")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("cancels", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cancelled_by", to="projects.movement", verbose_name="annule")),
                    ("counterpart", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="projects.counterpart")),
                    ("line", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="movements", to="projects.fundingline")),
                ],
                options={
                    "verbose_name": "mouvement",
                    "ordering": ["until", "pk"],
                    "indexes": [models.Index(fields=["kind", "until"], name="movement_by_kind_and_day")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("until__gte", models.F("on"))), name="movement_is_ordered"),
                        models.CheckConstraint(condition=models.Q(("evidence", ""), _negated=True), name="movement_has_evidence"),
                        models.CheckConstraint(condition=models.Q(("amount__isnull", True), ("amount__gt", 0), _connector="OR"), name="movement_amount_is_positive"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount__isnull", True), ("cancels__isnull", False), ("kind", "cancelled")),
                                models.Q(models.Q(("kind", "cancelled"), _negated=True), ("cancels__isnull", True)),
                                _connector="OR",
                            ),
                            name="cancellation_names_what_it_cancels",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("grant_equivalent__isnull", True), models.Q(("grant_equivalent__gt", 0), ("kind", "granted")), _connector="OR"), name="only_a_grant_has_an_equivalent"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SupportAct",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("visit", "visite"),
                                ("call", "appel, message"),
                                ("meeting", "rendez-vous"),
                                ("diagnosis", "diagnostic"),
                                ("introduction", "mise en relation"),
                                ("application", "aide au montage d’un dossier"),
                                ("training", "atelier, formation"),
                            ],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="le")),
                    ("words", models.CharField(blank=True, max_length=300, verbose_name="en une phrase")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="retiré parce que")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="acts", to="projects.supportcase", verbose_name="dossier")),
                ],
                options={
                    "verbose_name": "acte",
                    "ordering": ["-on", "-pk"],
                    "indexes": [models.Index(fields=["on"], name="act_by_day")],
                },
            ),
            migrations.CreateModel(
                name="UndertakingLink",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("start", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("end", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("start_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=120, verbose_name="début, en mots")),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("votes", "majorité des droits de vote"),
                                ("board", "droit de nommer ou de révoquer la majorité des dirigeants"),
                                ("contract", "influence dominante, par contrat ou par les statuts"),
                                ("agreement", "majorité des votes par accord avec d’autres associés"),
                                ("merger", "fusion ou absorption"),
                            ],
                            max_length=9,
                            verbose_name="lien",
                        ),
                    ),
                    ("controlled", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="controlled_by", to="projects.organisation", verbose_name="celle qui est contrôlée")),
                    ("controller", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="controls", to="projects.organisation", verbose_name="celle qui contrôle")),
                ],
                options={
                    "verbose_name": "lien de groupe",
                    "verbose_name_plural": "liens de groupe",
                    "ordering": ["start", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("start__isnull", True), ("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"), name="undertaking_link_is_ordered"),
                        models.CheckConstraint(condition=models.Q(("controller", models.F("controlled")), _negated=True), name="undertaking_link_ties_two"),
                        models.UniqueConstraint(fields=("controller", "controlled", "ground", "start"), name="undertaking_link_once", nulls_distinct=False),
                        models.CheckConstraint(condition=models.Q(models.Q(("ground", "merger"), _negated=True), ("end__isnull", True), _connector="OR"), name="merger_has_no_end"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CounterpartCheck",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("on", models.DateField(verbose_name="constaté le")),
                    ("on_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=60, verbose_name="quand, en mots")),
                    (
                        "found",
                        models.CharField(
                            choices=[("kept", "tenue"), ("partly", "tenue en partie"), ("broken", "non tenue"), ("on_the_way", "pas encore à l’échéance"), ("unknown", "impossible à dire")],
                            max_length=10,
                            verbose_name="constat",
                        ),
                    ),
                    ("reached", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="valeur atteinte")),
                    ("evidence", models.CharField(max_length=400, verbose_name="preuve")),
                    ("said_by", models.CharField(max_length=200, verbose_name="qui le dit")),
                    ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="enregistré le")),
                    ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("counterpart", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="projects.counterpart")),
                ],
                options={
                    "verbose_name": "vérification",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("evidence", ""), _negated=True), name="check_has_evidence"),
                        models.CheckConstraint(condition=models.Q(("said_by", ""), _negated=True), name="check_names_who_says_it"),
                        models.CheckConstraint(condition=models.Q(("reached__isnull", True), ("reached__gte", 0), _connector="OR"), name="check_reached_is_not_negative"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StandardImport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "standard",
                        models.CharField(
                            choices=[
                                ("friches", "friches"),
                                ("site-eco", "sites économiques"),
                                ("terrain-eco", "terrains économiques"),
                                ("pole-eco", "pôles économiques"),
                                ("etablissement", "établissements"),
                            ],
                            max_length=16,
                            verbose_name="classe",
                        ),
                    ),
                    ("name", models.CharField(max_length=200, verbose_name="fichier")),
                    ("checksum", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                    ("lenient", models.BooleanField(default=False, verbose_name="incomplète par nature")),
                    ("rows", models.JSONField(default=list, verbose_name="lignes lues")),
                    ("remarks", models.JSONField(default=list, verbose_name="remarques sur le fichier")),
                    (
                        "state",
                        models.CharField(
                            choices=[("waiting", "en attente d’un accord"), ("accepted", "acceptée"), ("undone", "annulée"), ("abandoned", "abandonnée")],
                            default="waiting",
                            max_length=9,
                            verbose_name="état",
                        ),
                    ),
                    ("brought_at", models.DateTimeField(auto_now_add=True, verbose_name="apporté le")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                    ("brought_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "importation d’un standard",
                    "ordering": ["-pk"],
                },
            ),
            migrations.CreateModel(
                name="StandardRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "standard",
                        models.CharField(
                            choices=[
                                ("friches", "friches"),
                                ("site-eco", "sites économiques"),
                                ("terrain-eco", "terrains économiques"),
                                ("pole-eco", "pôles économiques"),
                                ("etablissement", "établissements"),
                            ],
                            max_length=16,
                            verbose_name="classe",
                        ),
                    ),
                    ("version", models.CharField(max_length=12, verbose_name="version du schéma")),
                    ("key", models.CharField(max_length=200, verbose_name="identifiant dans le standard")),
                    ("cells", models.JSONField(default=dict, verbose_name="cellules, sous nos noms")),
                    ("line", models.PositiveIntegerField(default=0, verbose_name="ligne du fichier")),
                    ("lot", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="standard_rows", to="projects.lot")),
                    ("occupancy", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="standard_rows", to="projects.occupancy")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="standard_rows", to="projects.site")),
                ],
                options={
                    "verbose_name": "ligne d’un standard",
                    "ordering": ["standard", "line", "key"],
                    "constraints": [
                        models.UniqueConstraint(fields=("standard", "key"), name="standard_row_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("lot__isnull", True), ("occupancy__isnull", True), ("site__isnull", False)), fields=("standard", "site"), name="standard_row_once_a_site"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ImportedRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("line", models.PositiveIntegerField(verbose_name="ligne")),
                    ("key", models.CharField(max_length=200, verbose_name="identifiant")),
                    ("added", models.BooleanField(verbose_name="ajoutée")),
                    ("before", models.JSONField(default=dict, verbose_name="cellules avant")),
                    ("after", models.JSONField(default=dict, verbose_name="cellules après")),
                    ("made", models.JSONField(default=list, verbose_name="créées")),
                    ("changed", models.JSONField(default=list, verbose_name="changées")),
                    ("undone", models.BooleanField(default=False, verbose_name="annulée")),
                    ("kept_because", models.CharField(blank=True, max_length=300, verbose_name="gardée parce que")),
                    ("brought", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="written", to="projects.standardimport")),
                    ("row", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="imports", to="projects.standardrow")),
                ],
                options={
                    "verbose_name": "ligne importée",
                    "ordering": ["line"],
                },
            ),
            migrations.CreateModel(
                name="Update",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("as_of", models.DateField(blank=True, null=True, verbose_name="situation au")),
                    (
                        "weather",
                        models.CharField(blank=True, choices=[("sun", "tout va bien"), ("cloud", "à surveiller"), ("rain", "en difficulté"), ("storm", "bloqué")], max_length=5, verbose_name="météo"),
                    ),
                    ("synthesis", models.TextField(blank=True, verbose_name="synthèse")),
                    ("typed", models.JSONField(blank=True, default=dict, verbose_name="saisie en cours")),
                    ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("changed_at", models.DateTimeField(auto_now=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
                    ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("bulletin", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="update", to="projects.bulletin", verbose_name="bulletin")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="projects.project")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="projects.site")),
                ],
                options={
                    "verbose_name": "mise à jour",
                    "verbose_name_plural": "mises à jour",
                    "ordering": ["-as_of", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("project__isnull", True), ("site__isnull", False)), models.Q(("project__isnull", False), ("site__isnull", True)), _connector="OR"),
                            name="update_is_about_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="update_is_published_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("review", 3), _negated=True),
                                models.Q(
                                    ("as_of__isnull", False),
                                    ("published_at__isnull", False),
                                    ("reviewer__isnull", False),
                                    models.Q(("synthesis", ""), _negated=True),
                                    models.Q(("project__isnull", True), models.Q(("weather", ""), _negated=True), _connector="OR"),
                                ),
                                _connector="OR",
                            ),
                            name="published_update_is_whole",
                        ),
                        models.CheckConstraint(condition=models.Q(models.Q(("review", 2), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"), name="update_sent_back_says_why"),
                        models.UniqueConstraint(condition=models.Q(("review__in", [0, 2, 1])), fields=("project", "site", "author"), name="one_update_under_way_each", nulls_distinct=False),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Remark",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("at", models.DateTimeField(auto_now_add=True, verbose_name="le")),
                    ("words", models.TextField(verbose_name="commentaire")),
                    ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("update", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="projects.update")),
                ],
                options={
                    "verbose_name": "commentaire",
                    "ordering": ["at", "pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="remark_says_something")],
                },
            ),
            migrations.CreateModel(
                name="Attachment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("kind", models.CharField(choices=[("photo", "photo"), ("document", "document")], max_length=8, verbose_name="nature")),
                    ("name", models.CharField(max_length=120, verbose_name="nom du fichier")),
                    ("media_type", models.CharField(max_length=100, verbose_name="type")),
                    ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                    ("size", models.PositiveIntegerField(verbose_name="octets")),
                    ("thumb", models.CharField(blank=True, max_length=64, verbose_name="empreinte de la vignette")),
                    ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="largeur")),
                    ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="hauteur")),
                    ("words", models.CharField(max_length=300, verbose_name="description")),
                    ("credit", models.CharField(blank=True, max_length=120, verbose_name="crédit")),
                    ("at", models.DateTimeField(auto_now_add=True, verbose_name="ajouté le")),
                    ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("update", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="projects.update")),
                ],
                options={
                    "verbose_name": "pièce jointe",
                    "verbose_name_plural": "pièces jointes",
                    "ordering": ["pk"],
                    "indexes": [models.Index(fields=["sha256"], name="attachment_by_sum"), models.Index(fields=["thumb"], name="attachment_by_thumb")],
                    "constraints": [
                        models.UniqueConstraint(fields=("update", "sha256"), name="same_file_once_an_update"),
                        models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="attachment_is_described"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "photo"), _negated=True), models.Q(("height__isnull", False), ("width__isnull", False), models.Q(("thumb", ""), _negated=True)), _connector="OR"
                            ),
                            name="photo_has_its_size",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UpdateEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("started", "commencée"),
                                ("submitted", "soumise"),
                                ("taken_back", "reprise par son auteur"),
                                ("sent_back", "renvoyée avec une remarque"),
                                ("published", "publiée"),
                                ("given_up", "abandonnée"),
                                ("withdrawn", "retirée du public"),
                            ],
                            max_length=10,
                            verbose_name="acte",
                        ),
                    ),
                    ("at", models.DateTimeField(auto_now_add=True, verbose_name="le")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="par")),
                    ("update", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="projects.update")),
                ],
                options={
                    "verbose_name": "acte sur une mise à jour",
                    "ordering": ["at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="UpdateStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("kind", models.CharField(choices=[("reached", "atteint"), ("planned", "replanifié")], max_length=8, verbose_name="ce qui change")),
                    ("on", models.DateField(verbose_name="le")),
                    ("words", models.CharField(max_length=300, verbose_name="preuve ou raison")),
                    ("milestone", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.milestone", verbose_name="jalon")),
                    ("update", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="projects.update")),
                ],
                options={
                    "verbose_name": "jalon d’une mise à jour",
                    "ordering": ["milestone__order", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("update", "milestone"), name="one_step_a_milestone"),
                        models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="update_step_says_why"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Following",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "days",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(730)], verbose_name="après (jours)"
                        ),
                    ),
                    ("muted", models.BooleanField(default=False, verbose_name="en silence")),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="followings", to=settings.AUTH_USER_MODEL)),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="projects.project")),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="projects.site")),
                ],
                options={
                    "verbose_name": "suivi",
                    "verbose_name_plural": "suivis",
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("project__isnull", True), ("site__isnull", False)), models.Q(("project__isnull", False), ("site__isnull", True)), _connector="OR"),
                            name="following_is_of_one_thing",
                        ),
                        models.CheckConstraint(condition=models.Q(("days__isnull", True), ("days__range", (7, 730)), _connector="OR"), name="following_days_are_sound"),
                        models.UniqueConstraint(fields=("person", "project", "site"), name="following_once", nulls_distinct=False),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Letter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("kind", models.CharField(max_length=12, verbose_name="nature")),
                    ("key", models.CharField(max_length=40, verbose_name="objet")),
                    ("claimed_at", models.DateTimeField(auto_now_add=True)),
                    ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "courriel envoyé",
                    "verbose_name_plural": "courriels envoyés",
                    "constraints": [models.UniqueConstraint(fields=("person", "kind", "key"), name="letter_once")],
                },
            ),
            migrations.CreateModel(
                name="Mention",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="lu le")),
                    ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to=settings.AUTH_USER_MODEL)),
                    ("remark", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="projects.remark")),
                ],
                options={
                    "verbose_name": "mention",
                    "ordering": ["pk"],
                    "constraints": [models.UniqueConstraint(fields=("remark", "person"), name="mention_once")],
                },
            ),
            migrations.CreateModel(
                name="Taste",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "rhythm",
                        models.CharField(
                            choices=[("daily", "chaque jour ouvré"), ("weekly", "une fois par semaine"), ("monthly", "une fois par mois, la première semaine"), ("never", "jamais")],
                            default="weekly",
                            max_length=7,
                            verbose_name="récapitulatif",
                        ),
                    ),
                    ("weekday", models.SmallIntegerField(choices=[(0, "lundi"), (1, "mardi"), (2, "mercredi"), (3, "jeudi"), (4, "vendredi")], default=0, verbose_name="jour")),
                    (
                        "days",
                        models.PositiveSmallIntegerField(
                            default=60, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(730)], verbose_name="rappel après (jours)"
                        ),
                    ),
                    ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="reminder_taste", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "réglage des rappels",
                    "verbose_name_plural": "réglages des rappels",
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("weekday__range", (0, 4))), name="taste_weekday_is_worked"),
                        models.CheckConstraint(condition=models.Q(("days__range", (7, 730))), name="taste_days_are_sound"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LandUnit",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("code", models.SlugField(help_text="Court, unique dans la zone : uf-01.", max_length=40, verbose_name="repère")),
                    ("parcels", models.JSONField(blank=True, default=list, validators=[projects.models.inventory.check_parcels], verbose_name="références cadastrales")),
                    ("square_metres", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="surface, m²")),
                    (
                        "owner_kind",
                        models.CharField(
                            choices=[("public", "personne publique"), ("legal", "personne morale privée"), ("natural", "personne physique"), ("unknown", "non connu")],
                            default="unknown",
                            max_length=8,
                            verbose_name="propriétaire",
                        ),
                    ),
                    ("built", models.BooleanField(blank=True, null=True, verbose_name="bâtie")),
                    ("brownfield", models.BooleanField(blank=True, help_text="À remettre en état avant usage.", null=True, verbose_name="friche")),
                    (
                        "cfe",
                        models.CharField(
                            choices=[("active", "une activité y est soumise à la CFE"), ("ended", "plus d’activité soumise à la CFE"), ("never", "jamais d’activité"), ("unknown", "non connue")],
                            default="unknown",
                            max_length=8,
                            verbose_name="activité soumise à la CFE",
                        ),
                    ),
                    ("cfe_ended_on", models.DateField(blank=True, null=True, verbose_name="fin de cette activité")),
                    ("owner", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="land_units", to="projects.organisation", verbose_name="nom")),
                    ("park", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="land_units", to="projects.site", verbose_name="zone d’activité")),
                ],
                options={
                    "verbose_name": "unité foncière",
                    "verbose_name_plural": "unités foncières",
                    "ordering": ["code"],
                    "constraints": [
                        models.UniqueConstraint(fields=("park", "code"), name="land_unit_once_a_park"),
                        models.CheckConstraint(condition=models.Q(("square_metres__isnull", True), ("square_metres__gt", 0), _connector="OR"), name="land_unit_area_is_positive"),
                        models.CheckConstraint(condition=models.Q(("owner__isnull", True), ("owner_kind__in", ["public", "legal"]), _connector="OR"), name="land_unit_names_legal_persons_only"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("cfe", "ended"), ("cfe_ended_on__isnull", False)), models.Q(models.Q(("cfe", "ended"), _negated=True), ("cfe_ended_on__isnull", True)), _connector="OR"
                            ),
                            name="land_unit_cfe_end_is_dated",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitStay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("start", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                    ("end", models.DateField(blank=True, null=True, verbose_name="jusqu’au (exclu)")),
                    ("start_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=120, verbose_name="début, en mots")),
                    ("use", models.CharField(choices=[("occupied", "occupée"), ("empty", "inoccupée"), ("unknown", "non connue")], max_length=8, verbose_name="occupation")),
                    ("occupant", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="unit_stays", to="projects.organisation", verbose_name="occupant")),
                    ("unit", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="projects.landunit")),
                ],
                options={
                    "verbose_name": "occupation d’une unité foncière",
                    "verbose_name_plural": "occupations des unités foncières",
                    "ordering": [models.OrderBy(models.F("start"), nulls_first=True), "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("start__isnull", True), ("end__isnull", True), ("end__gt", models.F("start")), _connector="OR"), name="unit_stay_is_ordered"),
                        models.CheckConstraint(condition=models.Q(("occupant__isnull", True), ("use", "occupied"), _connector="OR"), name="unit_stay_occupant_occupies"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Import",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("sheet", models.CharField(blank=True, max_length=12, verbose_name="contenu")),
                    ("name", models.CharField(max_length=200, verbose_name="fichier")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("reading", "en cours de lecture"),
                                ("ready", "à relire"),
                                ("asked", "attend une autre personne"),
                                ("applying", "en cours d’écriture"),
                                ("applied", "appliqué"),
                                ("undoing", "en cours d’annulation"),
                                ("undone", "annulé après coup"),
                                ("cancelled", "abandonné"),
                                ("failed", "en échec"),
                            ],
                            default="reading",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("brought_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="apporté le")),
                    ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="appliqué le")),
                    ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                    ("columns", models.JSONField(blank=True, default=list, verbose_name="colonnes lues")),
                    ("warnings", models.JSONField(blank=True, default=list, verbose_name="avertissements")),
                    ("read", models.PositiveIntegerField(default=0, verbose_name="lignes lues")),
                    ("added", models.PositiveIntegerField(default=0, verbose_name="ajoutées")),
                    ("changed", models.PositiveIntegerField(default=0, verbose_name="modifiées")),
                    ("unchanged", models.PositiveIntegerField(default=0, verbose_name="inchangées")),
                    ("refused", models.PositiveIntegerField(default=0, verbose_name="refusées")),
                    ("kept", models.PositiveIntegerField(default=0, verbose_name="laissées à l’annulation")),
                    ("error", models.TextField(blank=True, verbose_name="ce qui s’est passé")),
                    ("cancel_asked", models.BooleanField(default=False, verbose_name="arrêt demandé")),
                    ("done", models.PositiveIntegerField(default=0, verbose_name="lignes faites")),
                    ("total", models.PositiveIntegerField(blank=True, null=True, verbose_name="lignes à faire")),
                    ("worker", models.CharField(blank=True, max_length=120, verbose_name="ouvrier")),
                    ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="réservé jusqu’à")),
                    ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="message envoyé le")),
                    ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="tentative")),
                    ("brought_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="apporté par")),
                    ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("note", models.TextField(blank=True, verbose_name="remarque du valideur")),
                    ("public_rows", models.PositiveIntegerField(default=0, verbose_name="que le public lirait")),
                    (
                        "released_by",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="relu et écrit par"),
                    ),
                ],
                options={
                    "verbose_name": "import",
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("state", "failed"), _negated=True), models.Q(("error", ""), _negated=True), _connector="OR"), name="failed_import_says_why"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["applying", "applied", "undoing", "undone"]), _negated=True),
                                ("public_rows", 0),
                                models.Q(("released_by__isnull", False), models.Q(("released_by", models.F("brought_by")), _negated=True)),
                                _connector="OR",
                            ),
                            name="public_import_is_written_by_somebody_else",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulkContent",
                fields=[
                    ("owner", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="file", serialize=False, to="projects.import")),
                    ("content", models.BinaryField(verbose_name="contenu")),
                ],
                options={
                    "verbose_name": "fichier importé",
                },
            ),
            migrations.CreateModel(
                name="BulkRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("line", models.PositiveIntegerField(verbose_name="ligne")),
                    ("change", models.CharField(choices=[("added", "ajoutée"), ("changed", "modifiée"), ("refused", "refusée")], max_length=8, verbose_name="changement")),
                    ("key", models.CharField(blank=True, max_length=64, verbose_name="repère")),
                    ("title", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                    ("record_id", models.BigIntegerField(blank=True, null=True)),
                    ("cells", models.JSONField(default=dict)),
                    ("reasons", models.JSONField(default=list)),
                    ("given", models.JSONField(default=dict)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("", "pas encore"), ("applied", "écrite"), ("undone", "remise comme avant"), ("kept", "laissée : modifiée depuis")],
                            default="",
                            max_length=8,
                            verbose_name="issue",
                        ),
                    ),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="projects.import")),
                ],
                options={
                    "verbose_name": "ligne d’un import",
                    "ordering": ["line"],
                    "indexes": [models.Index(fields=["owner", "change", "line"], name="bulk_row_by_change")],
                    "constraints": [
                        models.UniqueConstraint(fields=("owner", "line"), name="bulk_row_once_a_line"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("change", "refused"), _negated=True), models.Q(("reasons", []), _negated=True), _connector="OR"), name="refused_bulk_row_says_why"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("of", models.CharField(choices=[("sites", "sites"), ("projets", "projets")], max_length=8, verbose_name="liste")),
                    ("name", models.CharField(max_length=80, verbose_name="nom")),
                    ("query", models.CharField(blank=True, max_length=1000, verbose_name="filtres, colonnes et ordre")),
                    ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "vue gardée",
                    "verbose_name_plural": "vues gardées",
                    "ordering": ["name"],
                    "constraints": [models.UniqueConstraint(fields=("owner", "of", "name"), name="saved_view_once_a_name")],
                },
            ),
            migrations.CreateModel(
                name="Publication",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=1, verbose_name="étape")),
                    ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="demandée le")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="demandée par")),
                    ("project", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="projects.project")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="projects.site")),
                ],
                options={
                    "verbose_name": "demande de publication",
                    "verbose_name_plural": "demandes de publication",
                    "ordering": ["-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("project__isnull", True), ("site__isnull", False)), models.Q(("project__isnull", False), ("site__isnull", True)), _connector="OR"),
                            name="publication_is_of_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("review", 3), _negated=True), models.Q(("reviewer__isnull", False), models.Q(("reviewer", models.F("asked_by")), _negated=True)), _connector="OR"
                            ),
                            name="publication_is_decided_by_somebody_else",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("review__in", [2, 4]), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"), name="publication_refused_says_why"
                        ),
                        models.UniqueConstraint(condition=models.Q(("review", 1)), fields=("project", "site"), name="publication_asked_once", nulls_distinct=False),
                    ],
                },
            ),
            migrations.CreateModel(
                name="InventoryRound",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("verbatim", models.BooleanField(default=False, verbose_name="mot pour mot")),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], default=0, verbose_name="classe")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    ("opened_on", models.DateField(verbose_name="ouvert le")),
                    ("consultation_start", models.DateField(blank=True, null=True, verbose_name="consultation, du")),
                    ("consultation_end", models.DateField(blank=True, null=True, verbose_name="au")),
                    ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopté le")),
                    ("act", models.CharField(blank=True, help_text="Arrêté ou délibération, avec sa référence.", max_length=200, verbose_name="acte")),
                    ("parks", models.ManyToManyField(related_name="inventory_rounds", through="projects.RoundPark", to="projects.site")),
                ],
                options={
                    "verbose_name": "inventaire",
                    "ordering": ["-opened_on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("consultation_start__isnull", True),
                                ("consultation_end__isnull", True),
                                (
                                    "consultation_end__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(models.F("consultation_start"), "+", models.Value(datetime.timedelta(days=30))),
                                        "-",
                                        models.Value(datetime.timedelta(days=1)),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="inventory_consultation_lasts_thirty_days",
                        ),
                        models.CheckConstraint(condition=models.Q(("consultation_end__isnull", True), ("consultation_start__isnull", False), _connector="OR"), name="inventory_end_has_a_start"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("act", ""), ("adopted_on__isnull", True)), models.Q(("adopted_on__isnull", False), models.Q(("act", ""), _negated=True)), _connector="OR"),
                            name="inventory_adopted_by_an_act",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("adopted_on__isnull", True), models.Q(("adopted_on__gt", models.F("consultation_end")), ("consultation_end__isnull", False)), _connector="OR"),
                            name="inventory_adopted_after_consultation",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RoundPark",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("units", models.PositiveIntegerField(blank=True, null=True, verbose_name="unités foncières")),
                    ("vacant", models.PositiveIntegerField(blank=True, null=True, verbose_name="dont vacantes")),
                    ("unknown", models.PositiveIntegerField(blank=True, null=True, verbose_name="dont non connues")),
                    ("park", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="counted_in", to="projects.site")),
                    ("round", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="counted", to="projects.inventoryround")),
                ],
                options={
                    "verbose_name": "zone d’un inventaire",
                    "constraints": [
                        models.UniqueConstraint(fields=("round", "park"), name="round_park_once"),
                        models.CheckConstraint(
                            condition=models.Q(("units__isnull", True), ("units__gte", django.db.models.expressions.CombinedExpression(models.F("vacant"), "+", models.F("unknown"))), _connector="OR"),
                            name="round_park_parts_fit",
                        ),
                    ],
                },
            ),
        ),
        *(migrations.RunSQL((HERE / f"{rule}.sql").read_text(encoding="utf-8"), f"DROP FUNCTION {BACK[rule]} CASCADE") for rule in RULES),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        *(audited(f"projects_{table}") for table in TABLES.split()),
        audited("projects_site", silent=["updated_at"]),
        # The trail keeps the passages themselves: where they lead is not a second entry.
        audited("projects_project", silent=["updated_at", "gate", "gate_on"]),
        audited("projects_prospect", secret=SECRET, silent=["updated_at"]),
        audited("projects_prospectpassage", secret=["reason"]),
        audited("projects_standardimport", secret=["rows"]),
        audited("projects_update", secret=["typed", "synthesis"], silent=["typed", "version", "changed_at"]),
        audited("projects_remark", secret=["words"]),
        audited("projects_import", silent=QUIET),
    ]
