"""The ledger of runs: every refresh leaves a row saying what it read, what it changed and what it refused."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from agglo.figures.models import Dataset, Release

MAX_ATTEMPTS = 3


class Status(models.TextChoices):
    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    SUCCEEDED = "succeeded", "réussie"
    UNCHANGED = "unchanged", "sans changement"
    FAILED = "failed", "en échec"
    IMPLAUSIBLE = "implausible", "retenue : peu vraisemblable"
    WITHDRAWN = "withdrawn", "abandonnée"


ACTIVE = (Status.QUEUED, Status.RUNNING)
GOOD = (Status.SUCCEEDED, Status.UNCHANGED)


class Cause(models.TextChoices):
    SCHEDULE = "schedule", "échéance"
    STAFF = "staff", "demande des services"
    COMMAND = "command", "ligne de commande"


class RunQuerySet(models.QuerySet):
    def held(self) -> "RunQuerySet":
        """Waiting for a person's word: nothing of them is in the ledger."""
        return self.filter(status=Status.IMPLAUSIBLE, decided_at__isnull=True)

    def telling(self) -> "RunQuerySet":
        """Over, and saying how the dataset stands: neither given up nor held because somebody asked to."""
        return self.exclude(status__in=[*ACTIVE, Status.WITHDRAWN]).exclude(
            status=Status.IMPLAUSIBLE, options__has_key="hold"
        )

    def active(self) -> "RunQuerySet":
        return self.filter(status__in=ACTIVE)

    def good(self) -> "RunQuerySet":
        return self.filter(status__in=GOOD)

    def lost(self, before: datetime | None = None) -> "RunQuerySet":
        """Running on paper, but whose worker stopped renewing its lease (before that moment)."""
        return self.filter(status=Status.RUNNING, lease_until__lt=before or timezone.now())

    def waiting_at(self, moment: datetime) -> "RunQuerySet":
        """Asked for by then, and neither begun nor given up by then."""
        return self.filter(queued_at__lte=moment).filter(
            Q(started_at__isnull=True) | Q(started_at__gt=moment),
            Q(finished_at__isnull=True) | Q(finished_at__gt=moment),
        )

    def moved_since(self, moment: datetime) -> bool:
        """A worker began, went on with or ended some run after that moment."""
        return self.filter(Q(started_at__gt=moment) | Q(heartbeat_at__gt=moment)).exists()

    def unsent(self, older_than: timedelta) -> "RunQuerySet":
        """Queued, and whose message went out so long ago that it was probably lost."""
        return self.filter(status=Status.QUEUED, sent_at__lt=timezone.now() - older_than)

    def visible_to(self, user) -> "RunQuerySet":
        """The public sees what became of runs; the technical part is for those who sign in."""
        if getattr(user, "is_authenticated", False):
            return self
        return self.defer("detail", "options", "worker")

    def last_ids(self) -> list[int]:
        """The latest run of each dataset."""
        return list(self.values("code").annotate(last=Max("id")).values_list("last", flat=True))


class Run(models.Model):
    """One refresh of one dataset, from the queue to its outcome."""

    code = models.SlugField("jeu de données", max_length=80)
    dataset = models.ForeignKey(Dataset, models.PROTECT, null=True, blank=True, related_name="runs")
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="runs")
    status = models.CharField("état", max_length=12, choices=Status, default=Status.QUEUED)
    cause = models.CharField("cause", max_length=10, choices=Cause, default=Cause.COMMAND)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    options = models.JSONField("options", default=dict, blank=True)
    queued_at = models.DateTimeField("demandée le", default=timezone.now)
    sent_at = models.DateTimeField("message envoyé le", default=timezone.now)
    started_at = models.DateTimeField("commencée le", null=True, blank=True)
    finished_at = models.DateTimeField("finie le", null=True, blank=True)
    heartbeat_at = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    lease_until = models.DateTimeField("réservée jusqu’à", null=True, blank=True)
    worker = models.CharField("ouvrier", max_length=120, blank=True)
    attempt = models.PositiveSmallIntegerField("tentative", default=0)
    read = models.PositiveBigIntegerField("lignes lues", default=0)
    added = models.PositiveBigIntegerField("ajoutées", default=0)
    revised = models.PositiveBigIntegerField("révisées", default=0)
    unchanged = models.PositiveBigIntegerField("inchangées", default=0)
    withdrawn = models.PositiveBigIntegerField("retirées", default=0)
    refused = models.PositiveBigIntegerField("refusées", default=0)
    skipped = models.PositiveBigIntegerField("hors de notre suivi", default=0)
    repeated = models.PositiveBigIntegerField("répétées", default=0)
    bytes = models.PositiveBigIntegerField("octets reçus", default=0)
    fingerprint = models.CharField("empreinte de ce qui a été lu, et comment", max_length=64, blank=True)
    edition = models.CharField("édition", max_length=80, blank=True)
    published_on = models.DateField("publiée le", null=True, blank=True)
    covers_until = models.DateField("dernière période couverte", null=True, blank=True)
    modified = models.CharField("dernière modification selon la source", max_length=200, blank=True)
    columns = models.JSONField("colonnes vues", default=list, blank=True)
    warnings = models.JSONField("avertissements", default=list, blank=True)
    error = models.TextField("ce qui s’est passé", blank=True)
    detail = models.TextField("détail technique", blank=True)
    retryable = models.BooleanField("un nouvel essai peut suffire", default=False)
    # What the worker is doing, one entry a step with its moment, written with its heartbeat.
    steps = models.JSONField("étapes", default=list, blank=True)
    # What a held answer would change: some differences of each kind, kept because nothing was written.
    sample = models.JSONField("différences relevées", default=list, blank=True)
    # The word of a person (or of a later run) on a held or queued run.
    decision = models.TextField("décision et raison", blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replays = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replayed_by", verbose_name="relit"
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "actualisation"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(status__in=["queued", "running"]),
                name="one_active_run_per_dataset",
            ),
            models.CheckConstraint(
                name="running_run_holds_a_lease",
                condition=~Q(status="running") | Q(lease_until__isnull=False, started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="failed_run_says_why", condition=~Q(status__in=["failed", "implausible"]) | ~Q(error="")
            ),
            models.CheckConstraint(
                name="withdrawn_run_says_why", condition=~Q(status="withdrawn") | ~Q(decision="")
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(status="implausible", decided_at__isnull=True),
                name="one_held_run_per_dataset",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "-id"], name="run_by_dataset"),
            models.Index(fields=["status"], condition=Q(status__in=["queued", "running"]), name="run_active"),
            models.Index(fields=["-finished_at"], name="run_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.code} n° {self.pk}, {self.get_status_display()}"

    @property
    def is_finished(self) -> bool:
        return self.status not in ACTIVE

    @property
    def is_held(self) -> bool:
        return self.status == Status.IMPLAUSIBLE and self.decided_at is None

    @property
    def state_words(self) -> str:
        """The state as staff read it: who holds a run, and whether it was let go."""
        if self.status != Status.IMPLAUSIBLE:
            return self.get_status_display()
        if self.decided_at:
            return "retenue, puis libérée"
        return "retenue : à confirmer" if "hold" in self.options else self.get_status_display()


class RawAnswer(models.Model):
    """One answer as received: where it lies in the archive and what the service said around it."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="answers")
    rank = models.PositiveIntegerField("rang", default=0)
    url = models.TextField("adresse")
    checksum = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("octets")
    status = models.PositiveSmallIntegerField("statut HTTP", default=200)
    received_at = models.DateTimeField("reçue le")
    headers = models.JSONField("en-têtes", default=dict, blank=True)
    probe = models.BooleanField("posée pour savoir si le jeu a changé", default=False)

    class Meta:
        verbose_name = "réponse brute"
        verbose_name_plural = "réponses brutes"
        ordering = ["run", "rank"]
        constraints = [models.UniqueConstraint(fields=["run", "rank"], name="raw_answer_once_per_run")]

    def __str__(self) -> str:
        return self.url


class RefusedRow(models.Model):
    """A row we did not take, as it stood, and why."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="refused_rows")
    line = models.PositiveBigIntegerField("ligne")
    content = models.TextField("contenu")
    reason = models.CharField("raison", max_length=300)

    class Meta:
        verbose_name = "ligne refusée"
        verbose_name_plural = "lignes refusées"
        ordering = ["run", "line"]

    def __str__(self) -> str:
        return f"ligne {self.line}\u00a0: {self.reason}"


class PauseKind(models.TextChoices):
    STAFF = "staff", "mise en pause par nos services"
    PRODUCER = "producer", "suspendu par le producteur"


class Pause(models.Model):
    """A time during which a dataset, or all those of a producer, is not asked by itself."""

    code = models.SlugField("jeu de données", max_length=80, blank=True)
    producer = models.SlugField("producteur", max_length=80, blank=True)
    kind = models.CharField("nature", max_length=10, choices=PauseKind, default=PauseKind.STAFF)
    reason = models.TextField("raison")
    notice_url = models.URLField("annonce du producteur", max_length=500, blank=True)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("levée le", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "pause"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="pause_names_a_dataset_or_a_producer",
                condition=(~Q(code="") & Q(producer="")) | (Q(code="") & ~Q(producer="")),
            ),
            models.CheckConstraint(name="pause_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                fields=["code", "producer"],
                condition=Q(ended_at__isnull=True),
                name="one_open_pause_per_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.producer}\u00a0: {self.get_kind_display()}"
