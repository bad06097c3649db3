"""Plans, agreements and schools as migrations 1 to 8 left them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited
from agglo.created_together import CreateTogether

TABLES = """
    redundancyplan planevent perimeter category plancategory followup followupline frozenmask planmeasure
    agreement action actionstate helpedcompany agreementreport
    school programme enrolment exit result plannedoffer schoolreport profile
"""


class Migration(migrations.Migration):
    replaces = [
        ("employment", "0001_initial"),
        ("employment", "0002_audit"),
        ("employment", "0003_masks_of_follow_ups"),
        ("employment", "0004_entries"),
        ("employment", "0005_entries_so_far"),
        ("employment", "0006_entries_hold"),
        ("employment", "0007_kept_since"),
        ("employment", "0008_profiles"),
    ]

    dependencies = [
        ("accounts", "0002_audit_trail"),
        ("figures", "0000_squashed_0008_contest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="PlannedOffer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    ("holder", models.CharField(blank=True, max_length=200, verbose_name="porteur")),
                    ("status", models.CharField(max_length=120, verbose_name="où cela en est")),
                    ("quotation", models.CharField(max_length=300, verbose_name="mots de la source")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                ],
                options={
                    "verbose_name": "offre annoncée",
                    "verbose_name_plural": "offres annoncées",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="Category",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=160, verbose_name="intitulé")),
                    ("order", models.PositiveSmallIntegerField(verbose_name="ordre")),
                    ("official", models.BooleanField(default=False, verbose_name="de la liste réglementaire")),
                    ("aliases", models.TextField(blank=True, help_text="Une par ligne, sans accent.", verbose_name="autres écritures")),
                    ("is_solution", models.BooleanField(default=False, verbose_name="est une solution")),
                    ("is_durable", models.BooleanField(default=False, verbose_name="est durable")),
                    ("leaves_market", models.BooleanField(default=False, verbose_name="sort du marché du travail")),
                    ("is_provisional", models.BooleanField(default=False, verbose_name="est provisoire")),
                ],
                options={
                    "verbose_name": "situation",
                    "ordering": ["order"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("is_durable", False), ("is_solution", True), _connector="OR"), name="a_durable_situation_is_a_solution")],
                },
            ),
            migrations.CreateModel(
                name="RedundancyPlan",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="adresse")),
                    ("company", models.CharField(max_length=200, verbose_name="entreprise")),
                    ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                    ("site", models.CharField(max_length=200, verbose_name="site")),
                    ("site_code", models.CharField(blank=True, help_text="Code du sujet de nomenclature SITE.", max_length=64, verbose_name="code du site")),
                    ("commune", models.CharField(blank=True, max_length=5, verbose_name="code de la commune")),
                    ("counting_rule", models.TextField(blank=True, help_text="Par exemple : un CDI compte à la signature.", verbose_name="règle de comptage")),
                    ("adviser", models.CharField(blank=True, max_length=200, verbose_name="cabinet de reclassement")),
                    ("published", models.BooleanField(default=False, verbose_name="publié")),
                    ("subject", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="figures.subject", verbose_name="sujet")),
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
                    "verbose_name": "plan de sauvegarde de l’emploi",
                    "verbose_name_plural": "plans de sauvegarde de l’emploi",
                    "ordering": ["company", "site"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("siren", ""), ("siren__regex", "^[0-9]{9}$"), _connector="OR"), name="plan_siren_has_nine_digits")],
                },
            ),
            migrations.CreateModel(
                name="Perimeter",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=20, verbose_name="code")),
                    ("name", models.CharField(max_length=120, verbose_name="nom")),
                    ("words", models.CharField(help_text="« salariés licenciés ».", max_length=160, verbose_name="dans une phrase")),
                    ("measure", models.SlugField(max_length=80, verbose_name="mesure du registre")),
                    ("order", models.PositiveSmallIntegerField(verbose_name="ordre")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="perimeters", to="employment.redundancyplan")),
                ],
                options={
                    "verbose_name": "périmètre",
                    "ordering": ["order"],
                    "constraints": [models.UniqueConstraint(fields=("plan", "code"), name="perimeter_once")],
                },
            ),
            migrations.CreateModel(
                name="Agreement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="échéance")),
                    ("jobs_cut", models.PositiveIntegerField(blank=True, help_text="Nombre retenu pour calculer l’obligation.", null=True, verbose_name="emplois supprimés")),
                    ("jobs_cut_words", models.CharField(blank=True, max_length=200, verbose_name="d’où vient ce nombre")),
                    ("notified_on", models.DateField(blank=True, help_text="Le Smic en vigueur ce jour s’applique.", null=True, verbose_name="licenciements notifiés le")),
                    ("notified_inferred", models.BooleanField(default=False, verbose_name="date déduite")),
                    ("job_objective", models.PositiveIntegerField(blank=True, null=True, verbose_name="objectif d’emplois")),
                    ("area", models.TextField(blank=True, verbose_name="territoires")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("subject", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="figures.subject", verbose_name="sujet")),
                    ("plan", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="employment.redundancyplan")),
                    (
                        "kept_since",
                        models.DateField(
                            default=django.utils.timezone.localdate,
                            help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
                            verbose_name="suivie par nos services depuis le",
                        ),
                    ),
                    ("communes", models.JSONField(blank=True, default=list, verbose_name="codes des communes")),
                ],
                options={
                    "verbose_name": "convention de revitalisation",
                    "verbose_name_plural": "conventions de revitalisation",
                },
            ),
            migrations.CreateModel(
                name="Action",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=40, verbose_name="code")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    ("provider", models.CharField(blank=True, max_length=200, verbose_name="prestataire")),
                    ("communes", models.JSONField(blank=True, default=list, verbose_name="codes des communes")),
                    ("agreement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="employment.agreement")),
                ],
                options={
                    "verbose_name": "action de revitalisation",
                    "ordering": ["pk"],
                    "constraints": [models.UniqueConstraint(fields=("agreement", "code"), name="action_once")],
                },
            ),
            migrations.CreateModel(
                name="FollowUp",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("start", models.DateField(verbose_name="situation du")),
                    ("end", models.DateField(verbose_name="au")),
                    ("inferred", models.BooleanField(default=False, verbose_name="date déduite")),
                    ("dataset", models.SlugField(max_length=80, verbose_name="jeu de données")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("wording", models.TextField(blank=True, verbose_name="mots de la source")),
                    ("base", models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes du périmètre")),
                    ("total", models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes avec une solution, selon la source")),
                    ("attested", models.BooleanField(default=False, verbose_name="cité d’une source publique")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.followup")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("perimeter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employment.perimeter", verbose_name="périmètre")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="employment.redundancyplan")),
                ],
                options={
                    "verbose_name": "point de suivi",
                    "verbose_name_plural": "points de suivi",
                    "ordering": ["end", "start", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("end__gte", models.F("start"))), name="follow_up_period_is_ordered"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="follow_up_is_approved_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="approved_follow_up_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="correction_says_why",
                        ),
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("plan", "dataset", "start", "end"), name="one_follow_up_in_force"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FollowUpLine",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("label", models.CharField(blank=True, max_length=160, verbose_name="intitulé de la source")),
                    ("count", models.PositiveIntegerField(verbose_name="personnes")),
                    ("qualifier", models.SmallIntegerField(choices=[(0, "exactement"), (1, "environ"), (2, "au moins"), (3, "au plus"), (4, "entre")], default=0)),
                    ("measure", models.SlugField(max_length=80)),
                    ("breakdown", models.CharField(blank=True, max_length=300)),
                    ("category", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employment.category")),
                    ("follow_up", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="employment.followup")),
                ],
                options={
                    "verbose_name": "ligne de suivi",
                    "ordering": ["category__order", "pk"],
                    "constraints": [models.UniqueConstraint(fields=("follow_up", "category"), name="one_line_for_each_situation")],
                },
            ),
            migrations.CreateModel(
                name="PlanEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("opened", "ouverture de l’usine"),
                                ("announced", "annonce de la fermeture"),
                                ("confirmed", "fermeture confirmée"),
                                ("indemnity", "accord sur les indemnités"),
                                ("signed", "signature du plan"),
                                ("validated", "validation par l’administration du travail"),
                                ("last_day", "dernier jour travaillé"),
                                ("site_sold", "accord sur la reprise du site"),
                                ("owner", "changement de propriétaire du site"),
                                ("commission", "réunion de la commission de suivi"),
                                ("agreement", "convention de revitalisation"),
                                ("measures_end", "fin des mesures"),
                                ("closed", "réunion de clôture"),
                                ("other", "autre date"),
                            ],
                            max_length=12,
                            verbose_name="étape",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="date")),
                    ("until", models.DateField(help_text="Le même jour, ou la fin d’une période moins précise.", verbose_name="jusqu’au")),
                    ("inferred", models.BooleanField(default=False, verbose_name="date déduite")),
                    ("words", models.CharField(max_length=300, verbose_name="ce qui s’est passé")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="employment.redundancyplan")),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.planevent")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
                ],
                options={
                    "verbose_name": "date d’un plan",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("until__gte", models.F("on"))), name="plan_event_is_ordered"),
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("plan", "kind", "on"), name="plan_event_once"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="plan_event_is_approved_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="plan_event_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="plan_event_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanCategory",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("is_solution", models.BooleanField(verbose_name="est une solution")),
                    ("is_durable", models.BooleanField(verbose_name="est durable")),
                    ("leaves_market", models.BooleanField(verbose_name="sort du marché du travail")),
                    ("is_provisional", models.BooleanField(verbose_name="est provisoire")),
                    ("category", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employment.category")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="categories", to="employment.redundancyplan")),
                ],
                options={
                    "verbose_name": "situation selon le plan",
                    "ordering": ["category__order"],
                    "constraints": [
                        models.UniqueConstraint(fields=("plan", "category"), name="plan_category_once"),
                        models.CheckConstraint(condition=models.Q(("is_durable", False), ("is_solution", True), _connector="OR"), name="a_durable_situation_of_a_plan_is_a_solution"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HelpedCompany",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("siren", models.CharField(max_length=9, verbose_name="SIREN")),
                    ("name", models.CharField(help_text="D’une personne morale seulement.", max_length=200, verbose_name="raison sociale")),
                    ("commune", models.CharField(blank=True, max_length=5, verbose_name="code de la commune")),
                    ("registered_on", models.DateField(blank=True, null=True, verbose_name="immatriculée le")),
                    ("closed_on", models.DateField(blank=True, null=True, verbose_name="cessée le")),
                    ("checked_on", models.DateField(blank=True, null=True, verbose_name="vérifiée au répertoire le")),
                    ("action", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="companies", to="employment.action")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="companies", to="employment.redundancyplan")),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.helpedcompany")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
                    ("checked_source", models.CharField(blank=True, max_length=200, verbose_name="répertoire lu")),
                    (
                        "checked_state",
                        models.CharField(blank=True, choices=[("active", "active"), ("closed", "cessée"), ("absent", "introuvable au répertoire")], max_length=8, verbose_name="ce qu’il disait"),
                    ),
                ],
                options={
                    "verbose_name": "entreprise suivie",
                    "verbose_name_plural": "entreprises suivies",
                    "ordering": ["name"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("siren__regex", "^[0-9]{9}$")), name="company_siren_has_nine_digits"),
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("plan", "siren"), name="company_once_a_plan"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="company_is_approved_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="company_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="company_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="School",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("slug", models.SlugField(max_length=64, unique=True, verbose_name="adresse")),
                    ("name", models.CharField(max_length=200, verbose_name="nom")),
                    ("commune", models.CharField(max_length=5, verbose_name="code de la commune")),
                    ("uai", models.CharField(blank=True, help_text="Code de l’annuaire de l’éducation.", max_length=8, verbose_name="UAI")),
                    ("about", models.TextField(blank=True, verbose_name="en quelques mots")),
                    ("published", models.BooleanField(default=False, verbose_name="publiée")),
                    ("subject", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="school", to="figures.subject", verbose_name="sujet")),
                    (
                        "kept_since",
                        models.DateField(
                            default=django.utils.timezone.localdate,
                            help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
                            verbose_name="suivie par nos services depuis le",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "école",
                    "ordering": ["name"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("uai", ""), ("uai__regex", "^[0-9]{7}[A-Z]$"), _connector="OR"), name="school_uai_is_well_formed")],
                },
            ),
            migrations.CreateModel(
                name="Programme",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("name", models.CharField(max_length=200, verbose_name="intitulé")),
                    ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="niveau")),
                    ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée, en mois")),
                    (
                        "rncp",
                        models.CharField(
                            blank=True,
                            max_length=9,
                            validators=[django.core.validators.RegexValidator("^RNCP[0-9]{1,5}$", "Un numéro du répertoire s’écrit « RNCP » suivi de chiffres.")],
                            verbose_name="numéro RNCP",
                        ),
                    ),
                    ("capacity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="capacité")),
                    ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                    ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="programmes", to="employment.school")),
                    ("opened_on", models.DateField(blank=True, null=True, verbose_name="ouverte le")),
                ],
                options={
                    "verbose_name": "formation",
                    "ordering": ["name"],
                    "constraints": [
                        models.UniqueConstraint(fields=("school", "name"), name="programme_once"),
                        models.CheckConstraint(condition=models.Q(("rncp", ""), ("rncp__regex", "^RNCP[0-9]{1,5}$"), _connector="OR"), name="programme_rncp_is_well_formed"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgreementReport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    ("as_of", models.DateField(verbose_name="situation au")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("agreement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="employment.agreement")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.agreementreport")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "état d’une convention",
                    "verbose_name_plural": "états d’une convention",
                    "ordering": ["as_of", "pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("agreement", "as_of", "source"), name="agreement_report_once"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"),
                            name="agreement_report_is_approved_by_somebody_else",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="agreement_report_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="agreement_report_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionState",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("budgeted", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="budgété")),
                    ("engaged", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="engagé")),
                    ("paid", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="payé")),
                    ("fees", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="dont frais de prestataire")),
                    ("jobs_objective", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois, objectif")),
                    ("jobs_programmed", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois programmés")),
                    ("jobs_observed", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois constatés")),
                    ("jobs_kept", models.PositiveIntegerField(blank=True, null=True, verbose_name="emplois maintenus à 12 mois")),
                    ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="states", to="employment.action")),
                    ("companies", models.PositiveIntegerField(blank=True, null=True, verbose_name="entreprises aidées")),
                    ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="states", to="employment.agreementreport")),
                ],
                options={
                    "verbose_name": "état d’une action",
                    "ordering": ["action", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("budgeted__lt", 0), _negated=True),
                                models.Q(("engaged__lt", 0), _negated=True),
                                models.Q(("paid__lt", 0), _negated=True),
                                models.Q(("fees__lt", 0), _negated=True),
                            ),
                            name="action_amounts_are_not_negative",
                        ),
                        models.UniqueConstraint(fields=("report", "action"), name="action_state_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlanMeasure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("internal", "reclassement interne"),
                                ("voluntary", "départ volontaire"),
                                ("leave", "congé de reclassement, de mobilité ou contrat de sécurisation"),
                                ("training", "formation, validation des acquis"),
                                ("company", "création ou reprise d’entreprise"),
                                ("mobility", "mobilité géographique"),
                                ("age", "préretraite, mesure d’âge"),
                                ("other", "autre mesure"),
                            ],
                            max_length=12,
                            verbose_name="mesure",
                        ),
                    ),
                    ("words", models.CharField(max_length=300, verbose_name="ce qu’elle prévoit")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.planmeasure")),
                    ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="employment.redundancyplan")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "mesure d’un plan",
                    "verbose_name_plural": "mesures d’un plan",
                    "ordering": ["kind", "pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("plan", "kind", "source"), name="plan_measure_once"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="plan_measure_is_approved_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="plan_measure_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="plan_measure_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SchoolReport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    ("as_of", models.DateField(verbose_name="situation au")),
                    ("source", models.CharField(max_length=200, verbose_name="source")),
                    ("machines", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="machines de l’atelier")),
                    ("orders", models.PositiveIntegerField(blank=True, null=True, verbose_name="commandes de l’année scolaire")),
                    ("partners", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="entreprises partenaires")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.schoolreport")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("school", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="employment.school")),
                ],
                options={
                    "verbose_name": "relevé d’une école",
                    "verbose_name_plural": "relevés d’une école",
                    "ordering": ["as_of", "pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("school", "as_of", "source"), name="school_report_once"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"),
                            name="school_report_is_approved_by_somebody_else",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="school_report_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="school_report_correction_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Exit",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="année scolaire commencée en")),
                    (
                        "why",
                        models.CharField(
                            choices=[("redirected", "réorientation"), ("job", "emploi"), ("dropped", "sans solution"), ("unknown", "raison inconnue")], max_length=12, verbose_name="raison"
                        ),
                    ),
                    ("pupils", models.PositiveSmallIntegerField(verbose_name="élèves")),
                    ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="exits", to="employment.programme")),
                    ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="exits", to="employment.schoolreport")),
                ],
                options={
                    "verbose_name": "sortie",
                    "ordering": ["year", "why"],
                    "constraints": [models.UniqueConstraint(fields=("report", "programme", "year", "why"), name="exit_once")],
                },
            ),
            migrations.CreateModel(
                name="Enrolment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("pupils", models.PositiveSmallIntegerField(verbose_name="élèves")),
                    ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="employment.programme")),
                    ("capacity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="places")),
                    ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="employment.schoolreport")),
                ],
                options={
                    "verbose_name": "effectif",
                    "constraints": [models.UniqueConstraint(fields=("report", "programme"), name="enrolment_once")],
                },
            ),
            migrations.CreateModel(
                name="FrozenMask",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("release", models.CharField(max_length=120)),
                    ("mask", models.JSONField()),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("plan", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="masks", to="employment.redundancyplan")),
                    ("follow_up", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="masks", to="employment.followup")),
                    ("report", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="masks", to="employment.schoolreport")),
                ],
                options={
                    "verbose_name": "masque de publication",
                    "ordering": ["at"],
                },
            ),
            migrations.CreateModel(
                name="Result",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="session")),
                    ("entrants", models.PositiveSmallIntegerField(verbose_name="entrés en première année")),
                    ("presented", models.PositiveSmallIntegerField(verbose_name="présentés")),
                    ("passed", models.PositiveSmallIntegerField(verbose_name="reçus")),
                    ("further", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="en poursuite d’études")),
                    ("working_6", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="en emploi à 6 mois")),
                    ("working_12", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="en emploi à 12 mois")),
                    ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="results", to="employment.programme")),
                    ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="results", to="employment.schoolreport")),
                ],
                options={
                    "verbose_name": "résultat",
                    "ordering": ["year"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("passed__lte", models.F("presented")), ("presented__lte", models.F("entrants"))), name="result_passed_were_presented"),
                        models.UniqueConstraint(fields=("report", "programme", "year"), name="result_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Profile",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("review", models.SmallIntegerField(choices=[(0, "brouillon"), (1, "soumis"), (2, "renvoyé avec une remarque"), (3, "validé"), (4, "retiré")], default=0, verbose_name="étape")),
                    ("note", models.TextField(blank=True, verbose_name="remarque")),
                    ("created_at", models.DateTimeField(auto_now_add=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="connu depuis")),
                    ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="connu jusqu’au")),
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
                            default=0,
                            verbose_name="raison",
                        ),
                    ),
                    ("reason_words", models.TextField(blank=True, verbose_name="raison, en mots")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("plans", "plan de sauvegarde de l’emploi"),
                                ("accords", "convention de revitalisation"),
                                ("etablissements", "école"),
                                ("formations", "formation"),
                                ("offres", "offre annoncée"),
                            ],
                            max_length=16,
                            verbose_name="sorte",
                        ),
                    ),
                    ("about", models.SlugField(blank=True, max_length=64, verbose_name="de quoi")),
                    ("slug", models.SlugField(max_length=64, verbose_name="adresse")),
                    ("said", models.JSONField(default=dict, verbose_name="ce qui est écrit")),
                    ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("corrects", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="employment.profile")),
                    ("reviewer", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "fiche",
                    "ordering": ["kind", "slug", "pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("review", 3), ("superseded_at__isnull", True)), fields=("kind", "about", "slug"), name="profile_in_force_once"),
                        models.CheckConstraint(
                            condition=models.Q(("reviewer__isnull", True), models.Q(("reviewer", models.F("author")), _negated=True), _connector="OR"), name="profile_is_approved_by_somebody_else"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at__isnull", False), ("review", 3)), models.Q(models.Q(("review", 3), _negated=True), ("approved_at__isnull", True)), _connector="OR"
                            ),
                            name="profile_approved_has_its_date",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("corrects__isnull", True), models.Q(models.Q(("reason", 0), _negated=True), models.Q(("reason_words", ""), _negated=True)), _connector="OR"),
                            name="profile_correction_says_why",
                        ),
                    ],
                },
            ),
        ),
        *(audited(f"employment_{table}") for table in TABLES.split()),
    ]
