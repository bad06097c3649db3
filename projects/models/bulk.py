"""A file brought by staff: compared first, written on their word, and able to be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .carried import Carried, CarriedQuerySet


class State(models.TextChoices):
    READING = "reading", "en cours de lecture"
    READY = "ready", "à relire"
    ASKED = "asked", "attend une autre personne"
    APPLYING = "applying", "en cours d’écriture"
    APPLIED = "applied", "appliqué"
    UNDOING = "undoing", "en cours d’annulation"
    UNDONE = "undone", "annulé après coup"
    CANCELLED = "cancelled", "abandonné"
    FAILED = "failed", "en échec"


WRITTEN = (State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE)
BUSY = (State.READING, State.APPLYING, State.UNDOING)


class ImportQuerySet(CarriedQuerySet):
    def visible_to(self, user) -> "ImportQuerySet":
        """The team sees every import, whoever brought it; nobody else sees any."""
        holds = getattr(user, "holds", None)
        return self if holds is not None and holds("staff") else self.none()


class Import(Carried):
    """One file. `state` says what the worker has to do, or what a person may decide."""

    BUSY = BUSY
    TASK = "projects.carry_import"

    sheet = models.CharField("contenu", max_length=12, blank=True)
    name = models.CharField("fichier", max_length=200)
    state = models.CharField("état", max_length=10, choices=State, default=State.READING)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="apporté par"
    )
    brought_at = models.DateTimeField("apporté le", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="relu et écrit par",
    )
    note = models.TextField("remarque du valideur", blank=True)
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)
    columns = models.JSONField("colonnes lues", default=list, blank=True)
    warnings = models.JSONField("avertissements", default=list, blank=True)
    read = models.PositiveIntegerField("lignes lues", default=0)
    added = models.PositiveIntegerField("ajoutées", default=0)
    changed = models.PositiveIntegerField("modifiées", default=0)
    unchanged = models.PositiveIntegerField("inchangées", default=0)
    refused = models.PositiveIntegerField("refusées", default=0)
    public_rows = models.PositiveIntegerField("que le public lirait", default=0)
    kept = models.PositiveIntegerField("laissées à l’annulation", default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="failed_import_says_why", condition=~Q(state="failed") | ~Q(error="")
            ),
            models.CheckConstraint(
                name="public_import_is_written_by_somebody_else",
                condition=~Q(state__in=[str(one) for one in WRITTEN])
                | Q(public_rows=0)
                | (Q(released_by__isnull=False) & ~Q(released_by=F("brought_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (import n° {self.pk})"

    @property
    def writes(self) -> int:
        """Rows that would be written, or were."""
        return self.added + self.changed

    def may_be_written_by(self, user) -> bool:
        """What the public reads, or would, is written by a second person; drafts by whoever brought them."""
        if self.state == State.ASKED:
            return self.brought_by_id != user.pk and user.holds("reviewer")
        return self.state == State.READY and not self.public_rows


class BulkContent(models.Model):
    """Its bytes, apart, so that a list of imports never reads them; saved with the database."""

    owner = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "fichier importé"


class Change(models.TextChoices):
    ADDED = "added", "ajoutée"
    CHANGED = "changed", "modifiée"
    REFUSED = "refused", "refusée"


class Outcome(models.TextChoices):
    NONE = "", "pas encore"
    APPLIED = "applied", "écrite"
    UNDONE = "undone", "remise comme avant"
    KEPT = "kept", "laissée : modifiée depuis"


class BulkRow(models.Model):
    """A line that changes something or is refused. `cells` says, by column, [before, after]; `reasons` which
    column is refused and why; `given` is the whole line as it was read.
    """

    owner = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("ligne")
    change = models.CharField("changement", max_length=8, choices=Change)
    key = models.CharField("repère", max_length=64, blank=True)
    title = models.CharField("nom", max_length=200, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)
    cells = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    outcome = models.CharField("issue", max_length=8, choices=Outcome, default="", blank=True)
    note = models.TextField("remarque", blank=True)

    class Meta:
        verbose_name = "ligne d’un import"
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "line"], name="bulk_row_once_a_line"),
            models.CheckConstraint(
                name="refused_bulk_row_says_why", condition=~Q(change="refused") | ~Q(reasons=[])
            ),
        ]
        indexes = [models.Index(fields=["owner", "change", "line"], name="bulk_row_by_change")]
