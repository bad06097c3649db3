"""What files of open standards told us: rows as they were written, files brought, what each one changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .carried import Carried, CarriedQuerySet
from .ground import Lot
from .life import Occupancy
from .site import Site


class StandardRow(models.Model):
    """A row of a standard, kept whole under our own names, beside the record of ours that it is about.

    The record speaks for the fields that it holds; the row for all the others, and for how they were written.
    """

    class Class(models.TextChoices):
        FRICHES = "friches", "friches"
        SITE = "site-eco", "sites économiques"
        LAND = "terrain-eco", "terrains économiques"
        POLE = "pole-eco", "pôles économiques"
        ESTABLISHMENT = "etablissement", "établissements"

    standard = models.CharField("classe", max_length=16, choices=Class)
    version = models.CharField("version du schéma", max_length=12)
    key = models.CharField("identifiant dans le standard", max_length=200)
    cells = models.JSONField("cellules, sous nos noms", default=dict)
    line = models.PositiveIntegerField("ligne du fichier", default=0)
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="standard_rows")
    lot = models.ForeignKey(Lot, models.SET_NULL, null=True, blank=True, related_name="standard_rows")
    occupancy = models.ForeignKey(
        Occupancy, models.SET_NULL, null=True, blank=True, related_name="standard_rows"
    )

    class Meta:
        verbose_name = "ligne d’un standard"
        ordering = ["standard", "line", "key"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "key"], name="standard_row_once"),
            models.UniqueConstraint(
                fields=["standard", "site"],
                condition=Q(site__isnull=False, lot__isnull=True, occupancy__isnull=True),
                name="standard_row_once_a_site",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class StandardImport(Carried):
    """A file that somebody brought: compared by a worker, its rows wait until they are accepted."""

    class State(models.TextChoices):
        READING = "reading", "en cours de comparaison"
        WAITING = "waiting", "en attente d’un accord"
        WRITING = "writing", "en cours d’écriture"
        ACCEPTED = "accepted", "acceptée"
        UNDOING = "undoing", "en cours d’annulation"
        UNDONE = "undone", "annulée"
        ABANDONED = "abandoned", "abandonnée"
        FAILED = "failed", "en échec"

    BUSY = (State.READING, State.WRITING, State.UNDOING)
    TASK = "projects.carry_standard_import"

    standard = models.CharField("classe", max_length=16, choices=StandardRow.Class)
    name = models.CharField("fichier", max_length=200)
    checksum = models.CharField("empreinte SHA-256", max_length=64)
    lenient = models.BooleanField("incomplète par nature", default=False)
    remarks = models.JSONField("remarques sur le fichier", default=list)
    state = models.CharField("état", max_length=9, choices=State, default=State.READING)
    added = models.PositiveIntegerField("ajoutées", default=0)
    changed = models.PositiveIntegerField("changées", default=0)
    unchanged = models.PositiveIntegerField("inchangées", default=0)
    refused = models.PositiveIntegerField("refusées", default=0)
    compared_at = models.DateTimeField("comparée le", null=True, blank=True)
    # What whoever accepted it chose: identifiers, or null for every added and changed row.
    chosen = models.JSONField("lignes acceptées", null=True, blank=True)
    publishes = models.BooleanField("publie les sites ajoutés", default=False)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField("apporté le", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        verbose_name = "importation d’un standard"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="failed_standard_import_says_why", condition=~Q(state="failed") | ~Q(error="")
            )
        ]

    def __str__(self) -> str:
        return f"n°\u00a0{self.pk}, {self.name}"

    @property
    def rows(self) -> list[dict]:
        """As they were read: line, cells, what refuses it already, remarks."""
        return self.content.rows

    @property
    def acceptable(self) -> int:
        return self.added + self.changed

    def may_be_accepted_by(self, user) -> bool:
        return self.state == self.State.WAITING and self.brought_by_id != user.pk and user.holds("reviewer")


class StandardContent(models.Model):
    """Its rows, apart, so that neither lists nor the signs of life of a worker read them."""

    owner = models.OneToOneField(StandardImport, models.CASCADE, primary_key=True, related_name="content")
    rows = models.JSONField("lignes lues", default=list)

    class Meta:
        verbose_name = "lignes d’un fichier de standard"


class ComparedRow(models.Model):
    """What accepting one row would do, as it was compared. `differences`: [field, ours, theirs] of each."""

    class Verdict(models.TextChoices):
        CHANGED = "changed", "changée"
        ADDED = "added", "ajoutée"
        REFUSED = "refused", "refusée"
        UNCHANGED = "unchanged", "inchangée"

    brought = models.ForeignKey(StandardImport, models.CASCADE, related_name="compared")
    line = models.PositiveIntegerField("ligne")
    key = models.TextField("identifiant", blank=True)
    label = models.TextField("nom", blank=True)
    verdict = models.CharField("issue", max_length=9, choices=Verdict)
    differences = models.JSONField("différences", default=list)
    reasons = models.JSONField("raisons", default=list)
    remarks = models.JSONField("remarques", default=list)
    kept_because = models.CharField("laissée parce que", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne comparée"
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["brought", "line"], name="compared_row_once_a_line"),
            models.CheckConstraint(
                name="refused_compared_row_says_why", condition=~Q(verdict="refused") | ~Q(reasons=[])
            ),
        ]

    @property
    def name(self) -> str:
        return self.label or self.key


class ImportedRow(models.Model):
    """What accepting one row wrote, so that it can be taken back as long as nobody changed it since."""

    brought = models.ForeignKey(StandardImport, models.CASCADE, related_name="written")
    row = models.ForeignKey(StandardRow, models.SET_NULL, null=True, related_name="imports")
    line = models.PositiveIntegerField("ligne")
    key = models.CharField("identifiant", max_length=200)
    added = models.BooleanField("ajoutée")
    before = models.JSONField("cellules avant", default=dict)
    after = models.JSONField("cellules après", default=dict)
    # Rows of ours that were made, and others with what they said before.
    made = models.JSONField("créées", default=list)
    changed = models.JSONField("changées", default=list)
    undone = models.BooleanField("annulée", default=False)
    kept_because = models.CharField("gardée parce que", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne importée"
        ordering = ["line"]
