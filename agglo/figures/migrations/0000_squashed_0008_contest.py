"""The ledger of figures as migrations 1 to 8 left it, and its rules in the database."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agglo.figures.models.observation
from agglo.accounts.audit import audited
from agglo.created_together import CreateTogether

NAMES = ("triggers", "references", "more_references", "observation_closing")
RULES = [Path(__file__).with_name(f"{name}.sql") for name in NAMES]
# Triggers, on accounts too, go with the functions they call.
BACK = """
DROP FUNCTION
    figures_only_closing, figures_refuse_change, figures_refuse_reopening, figures_no_deletion,
    figures_no_truncation, figures_no_overlap, figures_log_change, figures_definition_is_versioned,
    figures_known_references, figures_still_referenced
    CASCADE
"""


class Migration(migrations.Migration):
    replaces = [
        ("figures", "0001_initial"),
        ("figures", "0002_triggers"),
        ("figures", "0003_quotation_value_words_quotation_verbatim"),
        ("figures", "0004_references_by_statement"),
        ("figures", "0005_more_references_by_statement"),
        ("figures", "0006_closing_compares_columns"),
        ("figures", "0007_choices_dated"),
        ("figures", "0008_contest"),
    ]

    dependencies = [
        ("accounts", "0002_audit_trail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="Breakdown",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("key", models.CharField(blank=True, max_length=300, unique=True, verbose_name="clé")),
                    ("label", models.CharField(blank=True, max_length=300, verbose_name="libellé")),
                ],
                options={
                    "verbose_name": "ventilation",
                },
            ),
            migrations.CreateModel(
                name="Change",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("txid", models.BigIntegerField(unique=True)),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "verbose_name": "changement",
                },
            ),
            migrations.CreateModel(
                name="Dimension",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    ("exclusive", models.BooleanField(default=False, verbose_name="valeurs exclusives")),
                    ("complete", models.BooleanField(default=False, verbose_name="valeurs complètes")),
                ],
                options={
                    "verbose_name": "dimension",
                },
            ),
            migrations.CreateModel(
                name="Measure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                ],
                options={
                    "verbose_name": "mesure",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="Source",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("producer", "producteur officiel"), ("press", "presse"), ("deliberation", "délibération"), ("staff", "saisie des services"), ("computed", "calcul")],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ],
                options={
                    "verbose_name": "source",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="Dataset",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                    ("title", models.CharField(max_length=300, verbose_name="titre")),
                    ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                    ("licence", models.CharField(blank=True, max_length=80, verbose_name="licence")),
                    (
                        "rhythm",
                        models.CharField(
                            choices=[
                                ("daily", "quotidien"),
                                ("weekly", "hebdomadaire"),
                                ("monthly", "mensuel"),
                                ("quarterly", "trimestriel"),
                                ("yearly", "annuel"),
                                ("irregular", "irrégulier"),
                                ("once", "une fois"),
                            ],
                            default="irregular",
                            max_length=12,
                            verbose_name="rythme",
                        ),
                    ),
                    ("publication_delay", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="délai de publication, en jours")),
                    ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="datasets", to="figures.source", verbose_name="source")),
                ],
                options={
                    "verbose_name": "jeu de données",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="MeasureVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="en vigueur depuis")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    ("definition", models.TextField(blank=True, verbose_name="définition")),
                    ("method", models.TextField(blank=True, verbose_name="méthode")),
                    ("traps", models.TextField(blank=True, verbose_name="pièges de lecture")),
                    ("counted_unit", models.CharField(help_text="Au pluriel : « personnes ».", max_length=80, verbose_name="unité comptée")),
                    ("counted_unit_one", models.CharField(blank=True, max_length=80, verbose_name="unité, au singulier")),
                    ("symbol", models.CharField(blank=True, help_text="%, €, ha ; vide pour un décompte.", max_length=16, verbose_name="symbole")),
                    ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="décimales")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("stock", "stock"), ("flow", "flux"), ("ratio", "rapport"), ("rate", "taux"), ("index", "indice"), ("attribute", "caractéristique")],
                            max_length=12,
                            verbose_name="nature",
                        ),
                    ),
                    (
                        "direction",
                        models.CharField(
                            choices=[("up", "une hausse est favorable"), ("down", "une baisse est favorable"), ("neutral", "ni l’une ni l’autre")], default="neutral", max_length=8, verbose_name="sens"
                        ),
                    ),
                    (
                        "time_rule",
                        models.CharField(
                            choices=[("sum", "somme"), ("latest", "dernière valeur"), ("mean", "moyenne"), ("max", "maximum"), ("none", "ne se cumule pas")],
                            default="latest",
                            max_length=8,
                            verbose_name="dans le temps",
                        ),
                    ),
                    (
                        "territory_rule",
                        models.CharField(
                            choices=[("sum", "somme"), ("recompute", "rapport à recalculer"), ("none", "ne s’additionne pas")], default="none", max_length=12, verbose_name="entre territoires"
                        ),
                    ),
                    ("producer", models.CharField(blank=True, max_length=160, verbose_name="producteur")),
                    (
                        "rhythm",
                        models.CharField(
                            choices=[
                                ("daily", "quotidien"),
                                ("weekly", "hebdomadaire"),
                                ("monthly", "mensuel"),
                                ("quarterly", "trimestriel"),
                                ("yearly", "annuel"),
                                ("irregular", "irrégulier"),
                                ("once", "une fois"),
                            ],
                            default="irregular",
                            max_length=12,
                            verbose_name="rythme",
                        ),
                    ),
                    ("publication_delay", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="délai de publication, en jours")),
                    ("axis", models.CharField(blank=True, max_length=60, verbose_name="axe")),
                    ("natural_chart", models.CharField(default="line", max_length=12, verbose_name="graphique")),
                    ("min_count", models.PositiveSmallIntegerField(default=0, help_text="Un effectif plus petit et non nul est masqué au public.", verbose_name="seuil de publication")),
                    ("denominator", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="figures.measure", verbose_name="dénominateur")),
                    ("measure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="figures.measure", verbose_name="mesure")),
                    ("numerator", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="figures.measure", verbose_name="numérateur")),
                ],
                options={
                    "verbose_name": "définition de mesure",
                    "constraints": [
                        models.UniqueConstraint(fields=("measure", "number"), name="measure_version_once"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("kind__in", ["ratio", "rate"]), _negated=True), models.Q(("denominator__isnull", False), ("numerator__isnull", False)), _connector="OR"),
                            name="ratio_names_its_denominator",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("kind__in", ["ratio", "rate", "index"]), _negated=True), models.Q(("territory_rule", "sum"), _negated=True), _connector="OR"),
                            name="ratio_is_never_summed_over_territory",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("edition", models.CharField(help_text="Par exemple « 2025-T4 ».", max_length=80, verbose_name="édition")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publiée le")),
                    ("published_words", models.CharField(blank=True, help_text="Quand le jour n’est pas connu.", max_length=200, verbose_name="date de publication, en mots")),
                    ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                    ("licence", models.CharField(blank=True, max_length=80, verbose_name="licence")),
                    ("checksum", models.CharField(blank=True, max_length=64, verbose_name="empreinte SHA-256")),
                    ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="reçue le")),
                    ("dataset", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="figures.dataset", verbose_name="jeu de données")),
                ],
                options={
                    "verbose_name": "édition",
                    "constraints": [models.UniqueConstraint(fields=("dataset", "edition", "checksum"), name="release_once")],
                },
            ),
            migrations.CreateModel(
                name="Quotation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("key", models.CharField(help_text="Par exemple « F01 ».", max_length=40, verbose_name="repère")),
                    ("wording", models.TextField(verbose_name="citation")),
                    ("speaker", models.CharField(blank=True, max_length=200, verbose_name="qui le dit")),
                    ("perimeter", models.CharField(blank=True, max_length=300, verbose_name="périmètre, selon la source")),
                    ("dating_words", models.CharField(blank=True, max_length=200, verbose_name="date, selon la source")),
                    ("caution", models.TextField(blank=True, verbose_name="à ne pas en conclure")),
                    ("release", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="quotations", to="figures.release", verbose_name="édition")),
                    ("value_words", models.CharField(blank=True, help_text="« une quarantaine », « la moitié ».", max_length=80, verbose_name="valeur, en mots")),
                    ("verbatim", models.BooleanField(default=True, verbose_name="mot pour mot")),
                ],
                options={
                    "verbose_name": "citation",
                    "constraints": [models.UniqueConstraint(fields=("release", "key"), name="quotation_once")],
                },
            ),
            migrations.CreateModel(
                name="Break",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("on", models.DateField(verbose_name="date")),
                    ("cause", models.CharField(max_length=300, verbose_name="cause")),
                    ("detail", models.TextField(blank=True, verbose_name="explication")),
                    ("measure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="breaks", to="figures.measure")),
                    ("source", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="figures.source")),
                ],
                options={
                    "verbose_name": "rupture de série",
                    "verbose_name_plural": "ruptures de série",
                    "ordering": ["on"],
                    "constraints": [models.UniqueConstraint(fields=("measure", "on"), name="break_once")],
                },
            ),
            migrations.CreateModel(
                name="Subject",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("scheme", models.CharField(max_length=16, verbose_name="nomenclature")),
                    ("code", models.CharField(max_length=64, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    ("kind_label", models.CharField(help_text="Par exemple « commune », « zone d’emploi ».", max_length=60, verbose_name="nature")),
                    ("path", models.CharField(blank=True, max_length=200, verbose_name="page publique")),
                    ("search_key", models.CharField(editable=False, max_length=200)),
                ],
                options={
                    "verbose_name": "sujet",
                    "constraints": [models.UniqueConstraint(fields=("scheme", "code"), name="subject_scheme_code_once")],
                },
            ),
            migrations.CreateModel(
                name="Series",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="ordre de lecture")),
                    ("public", models.BooleanField(default=True, verbose_name="publique")),
                    ("breakdown", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="series", to="figures.breakdown")),
                    ("dataset", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="series", to="figures.dataset")),
                    ("measure_version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="series", to="figures.measureversion")),
                    ("subject", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="series", to="figures.subject")),
                ],
                options={
                    "verbose_name": "série",
                    "verbose_name_plural": "séries",
                    "constraints": [models.UniqueConstraint(fields=("measure_version", "subject", "breakdown", "dataset"), name="series_once")],
                },
            ),
            migrations.CreateModel(
                name="Observation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("period_start", models.DateField(blank=True, null=True)),
                    ("period_end", models.DateField(blank=True, null=True)),
                    ("value", agglo.figures.models.observation.NumericField(blank=True, decimal_places=8, max_digits=24, null=True)),
                    ("value_high", agglo.figures.models.observation.NumericField(blank=True, decimal_places=8, max_digits=24, null=True)),
                    ("known_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("known_to", models.DateTimeField(blank=True, null=True)),
                    ("state", models.SmallIntegerField(choices=[(0, "valeur"), (1, "non disponible"), (2, "sans objet"), (3, "à paraître"), (4, "secret statistique")], db_default=0)),
                    ("evidence", models.SmallIntegerField(choices=[(0, "constaté"), (1, "engagé"), (2, "annoncé"), (3, "potentiel"), (4, "estimé"), (5, "objectif")], db_default=0)),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], db_default=0)),
                    ("dating", models.SmallIntegerField(choices=[(0, "date donnée par la source"), (1, "date déduite"), (2, "date inconnue")], db_default=0)),
                    ("origin", models.SmallIntegerField(choices=[(0, "attesté"), (1, "attesté, autre source"), (2, "fictif – démonstration")], db_default=0)),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], db_default=3)),
                    (
                        "reason",
                        models.SmallIntegerField(
                            choices=[
                                (0, "première connaissance"),
                                (1, "révision par la source"),
                                (2, "erreur de saisie"),
                                (3, "changement de périmètre"),
                                (4, "changement de définition"),
                                (5, "retrait par la source"),
                            ],
                            db_default=0,
                        ),
                    ),
                    ("obs_status", models.CharField(db_default="A", max_length=1, verbose_name="SDMX OBS_STATUS")),
                    ("reason_words", models.TextField(blank=True, null=True)),
                    (
                        "author",
                        models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                    ),
                    ("quotation", models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="figures.quotation")),
                    ("release", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="figures.release")),
                    ("series", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="figures.series")),
                ],
                options={
                    "verbose_name": "observation",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", 0), ("value__isnull", False)),
                                models.Q(models.Q(("state", 0), _negated=True), ("value__isnull", True), ("value_high__isnull", True)),
                                _connector="OR",
                            ),
                            name="observation_value_goes_with_its_state",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("value_high__isnull", True), ("value_high__gte", models.F("value")), _connector="OR"), name="observation_interval_has_two_ordered_ends"
                        ),
                        models.CheckConstraint(condition=models.Q(models.Q(("qualifier", 4), _negated=True), ("value_high__isnull", False), _connector="OR"), name="observation_between_has_two_ends"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("dating", 2), ("period_end__isnull", True), ("period_start__isnull", True)), ("period_start__lte", models.F("period_end")), _connector="OR"),
                            name="observation_period_is_ordered",
                        ),
                        models.CheckConstraint(condition=models.Q(("known_to__isnull", True), ("known_to__gt", models.F("known_from")), _connector="OR"), name="observation_knowledge_is_ordered"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Contradiction",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                    ("question", models.CharField(max_length=300, verbose_name="question")),
                    ("explanation", models.TextField(blank=True, verbose_name="pourquoi les sources divergent")),
                    ("observations", models.ManyToManyField(related_name="contradictions", to="figures.observation")),
                    ("subject", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contradictions", to="figures.subject")),
                ],
                options={
                    "verbose_name": "contradiction",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="RetainedChoice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("reason", models.TextField(verbose_name="raison")),
                    ("chosen_by", models.CharField(max_length=200, verbose_name="choisi par")),
                    ("chosen_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="choisi le")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="remplacé le")),
                    ("chosen_by_user", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("contradiction", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="figures.contradiction")),
                    ("observation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="retained_in", to="figures.observation")),
                ],
                options={
                    "verbose_name": "valeur retenue",
                    "ordering": ["-chosen_at"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("superseded_at__isnull", True)), fields=("contradiction",), name="one_retained_choice"),
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="retained_choice_says_why"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReviewEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")])),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("at", models.DateTimeField(auto_now_add=True)),
                    ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("observation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="review_events", to="figures.observation")),
                ],
                options={
                    "verbose_name": "étape de validation",
                    "ordering": ["at"],
                },
            ),
            migrations.CreateModel(
                name="Target",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("due_on", models.DateField(verbose_name="échéance")),
                    ("value", agglo.figures.models.observation.NumericField(decimal_places=8, max_digits=24, verbose_name="cible")),
                    ("start_on", models.DateField(blank=True, null=True, verbose_name="départ de la trajectoire")),
                    ("start_value", agglo.figures.models.observation.NumericField(blank=True, decimal_places=8, max_digits=24, null=True, verbose_name="valeur de départ")),
                    ("decided_by", models.CharField(max_length=300, verbose_name="décidé par")),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    ("recorded_at", models.DateTimeField(auto_now_add=True)),
                    ("superseded_at", models.DateTimeField(blank=True, null=True)),
                    ("measure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="figures.measure")),
                    ("subject", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="figures.subject")),
                ],
                options={
                    "verbose_name": "objectif",
                    "constraints": [models.UniqueConstraint(fields=("measure", "subject", "due_on", "version"), name="target_version_once")],
                },
            ),
            migrations.CreateModel(
                name="Contest",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("wrong", models.TextField(verbose_name="ce qui est faux")),
                    ("proof", models.TextField(blank=True, verbose_name="ce qui le montre")),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse pour répondre")),
                    ("sender", models.CharField(blank=True, editable=False, max_length=32, verbose_name="empreinte de l’envoi")),
                    ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="reçue le")),
                    (
                        "outcome",
                        models.SmallIntegerField(
                            choices=[
                                (0, "à l’étude"),
                                (1, "fondée, le chiffre est corrigé"),
                                (2, "le chiffre reste, avec une explication"),
                                (3, "non fondée"),
                                (4, "écartée, sans rapport avec le chiffre"),
                            ],
                            default=0,
                            verbose_name="suite",
                        ),
                    ),
                    ("answer", models.TextField(blank=True, verbose_name="réponse publique")),
                    ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                    ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("observation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contests", to="figures.observation")),
                ],
                options={
                    "verbose_name": "contestation",
                    "ordering": ["-received_at"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("wrong", ""), _negated=True), name="contest_says_what_is_wrong"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", ""), ("answered_at", None), ("answered_by", None), ("outcome", 0)),
                                models.Q(models.Q(("outcome", 0), _negated=True), models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="contest_answer_is_whole",
                        ),
                    ],
                },
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        *(migrations.RunSQL(rule.read_text(encoding="utf-8"), migrations.RunSQL.noop) for rule in RULES),
        audited("figures_contest", secret=["wrong", "proof", "email", "sender"], silent=["sender"]),
    ]
