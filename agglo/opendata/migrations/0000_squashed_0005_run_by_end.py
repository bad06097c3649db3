"""Runs of official datasets as migrations 1 to 5 left them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited
from agglo.created_together import CreateTogether

# What a run under way writes about itself is no change worth an entry.
QUIET = ["heartbeat_at", "lease_until", "sent_at", "steps", "worker"]


class Migration(migrations.Migration):
    replaces = [("opendata", "0001_initial"), ("opendata", "0002_host_limits"), ("opendata", "0003_runs_held_and_paused"), ("opendata", "0004_told_to_owners"), ("opendata", "0005_run_by_end")]

    dependencies = [
        ("accounts", "0002_audit_trail"),
        ("figures", "0000_squashed_0008_contest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="Run",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(max_length=80, verbose_name="jeu de données")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("queued", "en attente"),
                                ("running", "en cours"),
                                ("succeeded", "réussie"),
                                ("unchanged", "sans changement"),
                                ("failed", "en échec"),
                                ("implausible", "retenue : peu vraisemblable"),
                                ("withdrawn", "abandonnée"),
                            ],
                            default="queued",
                            max_length=12,
                            verbose_name="état",
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            choices=[("schedule", "échéance"), ("staff", "demande des services"), ("command", "ligne de commande")], default="command", max_length=10, verbose_name="cause"
                        ),
                    ),
                    ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                    ("queued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandée le")),
                    ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="message envoyé le")),
                    ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="commencée le")),
                    ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finie le")),
                    ("heartbeat_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier signe de vie")),
                    ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="réservée jusqu’à")),
                    ("worker", models.CharField(blank=True, max_length=120, verbose_name="ouvrier")),
                    ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="tentative")),
                    ("read", models.PositiveBigIntegerField(default=0, verbose_name="lignes lues")),
                    ("added", models.PositiveBigIntegerField(default=0, verbose_name="ajoutées")),
                    ("revised", models.PositiveBigIntegerField(default=0, verbose_name="révisées")),
                    ("unchanged", models.PositiveBigIntegerField(default=0, verbose_name="inchangées")),
                    ("withdrawn", models.PositiveBigIntegerField(default=0, verbose_name="retirées")),
                    ("refused", models.PositiveBigIntegerField(default=0, verbose_name="refusées")),
                    ("skipped", models.PositiveBigIntegerField(default=0, verbose_name="hors de notre suivi")),
                    ("repeated", models.PositiveBigIntegerField(default=0, verbose_name="répétées")),
                    ("bytes", models.PositiveBigIntegerField(default=0, verbose_name="octets reçus")),
                    ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="empreinte de ce qui a été lu, et comment")),
                    ("edition", models.CharField(blank=True, max_length=80, verbose_name="édition")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publiée le")),
                    ("covers_until", models.DateField(blank=True, null=True, verbose_name="dernière période couverte")),
                    ("error", models.TextField(blank=True, verbose_name="ce qui s’est passé")),
                    ("detail", models.TextField(blank=True, verbose_name="détail technique")),
                    ("retryable", models.BooleanField(default=False, verbose_name="un nouvel essai peut suffire")),
                    ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("dataset", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="figures.dataset")),
                    ("release", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="figures.release")),
                    ("columns", models.JSONField(blank=True, default=list, verbose_name="colonnes vues")),
                    ("modified", models.CharField(blank=True, max_length=200, verbose_name="dernière modification selon la source")),
                    ("warnings", models.JSONField(blank=True, default=list, verbose_name="avertissements")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                    ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("decision", models.TextField(blank=True, verbose_name="décision et raison")),
                    ("replays", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replayed_by", to="opendata.run", verbose_name="relit")),
                    ("sample", models.JSONField(blank=True, default=list, verbose_name="différences relevées")),
                    ("steps", models.JSONField(blank=True, default=list, verbose_name="étapes")),
                ],
                options={
                    "verbose_name": "actualisation",
                    "ordering": ["-id"],
                    "indexes": [
                        models.Index(fields=["code", "-id"], name="run_by_dataset"),
                        models.Index(condition=models.Q(("status__in", ["queued", "running"])), fields=["status"], name="run_active"),
                        models.Index(fields=["-finished_at"], name="run_by_end"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("status__in", ["queued", "running"])), fields=("code",), name="one_active_run_per_dataset"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("status", "running"), _negated=True), models.Q(("lease_until__isnull", False), ("started_at__isnull", False)), _connector="OR"),
                            name="running_run_holds_a_lease",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("status__in", ["failed", "implausible"]), _negated=True), models.Q(("error", ""), _negated=True), _connector="OR"), name="failed_run_says_why"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("status", "withdrawn"), _negated=True), models.Q(("decision", ""), _negated=True), _connector="OR"), name="withdrawn_run_says_why"
                        ),
                        models.UniqueConstraint(condition=models.Q(("decided_at__isnull", True), ("status", "implausible")), fields=("code",), name="one_held_run_per_dataset"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RefusedRow",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("line", models.PositiveBigIntegerField(verbose_name="ligne")),
                    ("content", models.TextField(verbose_name="contenu")),
                    ("reason", models.CharField(max_length=300, verbose_name="raison")),
                    ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="refused_rows", to="opendata.run")),
                ],
                options={
                    "verbose_name": "ligne refusée",
                    "verbose_name_plural": "lignes refusées",
                    "ordering": ["run", "line"],
                },
            ),
            migrations.CreateModel(
                name="RawAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("rank", models.PositiveIntegerField(default=0, verbose_name="rang")),
                    ("url", models.TextField(verbose_name="adresse")),
                    ("checksum", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                    ("size", models.PositiveBigIntegerField(verbose_name="octets")),
                    ("status", models.PositiveSmallIntegerField(default=200, verbose_name="statut HTTP")),
                    ("received_at", models.DateTimeField(verbose_name="reçue le")),
                    ("headers", models.JSONField(blank=True, default=dict, verbose_name="en-têtes")),
                    ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="opendata.run")),
                    ("probe", models.BooleanField(default=False, verbose_name="posée pour savoir si le jeu a changé")),
                ],
                options={
                    "verbose_name": "réponse brute",
                    "verbose_name_plural": "réponses brutes",
                    "ordering": ["run", "rank"],
                    "constraints": [models.UniqueConstraint(fields=("run", "rank"), name="raw_answer_once_per_run")],
                },
            ),
            migrations.CreateModel(
                name="HostTurn",
                fields=[
                    ("host", models.CharField(max_length=255, primary_key=True, serialize=False, verbose_name="hôte")),
                    ("next_at", models.DateTimeField(verbose_name="prochain tour libre")),
                    ("paused_until", models.DateTimeField(blank=True, null=True, verbose_name="laissé en paix jusqu’à")),
                ],
                options={
                    "verbose_name": "tour d’un hôte",
                    "verbose_name_plural": "tours des hôtes",
                },
            ),
            migrations.CreateModel(
                name="Pause",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("code", models.SlugField(blank=True, max_length=80, verbose_name="jeu de données")),
                    ("producer", models.SlugField(blank=True, max_length=80, verbose_name="producteur")),
                    (
                        "kind",
                        models.CharField(choices=[("staff", "mise en pause par nos services"), ("producer", "suspendu par le producteur")], default="staff", max_length=10, verbose_name="nature"),
                    ),
                    ("reason", models.TextField(verbose_name="raison")),
                    ("notice_url", models.URLField(blank=True, max_length=500, verbose_name="annonce du producteur")),
                    ("since", models.DateField(verbose_name="depuis le")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
                    ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("ended_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    "verbose_name": "pause",
                    "ordering": ["-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(models.Q(("code", ""), _negated=True), ("producer", "")), models.Q(("code", ""), models.Q(("producer", ""), _negated=True)), _connector="OR"),
                            name="pause_names_a_dataset_or_a_producer",
                        ),
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="pause_says_why"),
                        models.CheckConstraint(condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"), name="pause_ends_after_it_began"),
                        models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("code", "producer"), name="one_open_pause_per_target"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Digest",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("owner", models.EmailField(max_length=254, verbose_name="destinataire")),
                    ("changes", models.JSONField(verbose_name="changements")),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le")),
                    ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier essai d’envoi")),
                    ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                    ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                ],
                options={
                    "verbose_name": "courriel de veille",
                    "verbose_name_plural": "courriels de veille",
                    "ordering": ["-id"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("changes", []), _negated=True), name="digest_says_something")],
                },
            ),
            migrations.CreateModel(
                name="Said",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("owner", models.EmailField(max_length=254, verbose_name="destinataire")),
                    ("key", models.CharField(max_length=200, verbose_name="de quoi")),
                    ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                    ("state", models.CharField(max_length=20, verbose_name="état dit")),
                    ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="dit le")),
                ],
                options={
                    "verbose_name": "dernier mot",
                    "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="one_last_word_per_owner")],
                },
            ),
        ),
        audited("opendata_run", silent=QUIET),
        audited("opendata_pause"),
    ]
