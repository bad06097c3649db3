"""What happens on a site in time: life-cycle stages that may coexist and go back, occupants."""

from django.db import models
from django.db.models import Q

from projects.identifiers import check_siret

from .ground import Lot
from .organisation import Organisation
from .site import Site
from .told import Span, Told, ordered_span


class Stage(models.IntegerChoices):
    """From activity to activity. The usual order; a site may go back, and be at several at once."""

    ACTIVE = 0, "en activité"
    CLOSURE_ANNOUNCED = 1, "arrêt annoncé"
    CLOSED = 2, "cessation, mise en sécurité"
    LAND_SECURED = 3, "maîtrise foncière"
    STUDIES = 4, "études, plan de gestion"
    DEMOLITION = 5, "déconstruction, désamiantage"
    CLEAN_UP = 6, "dépollution"
    SERVICING = 7, "viabilisation"
    MARKETING = 8, "commercialisation"
    SETTLING = 9, "implantation"
    ACTIVE_AGAIN = 10, "activité retrouvée"
    CONVERTED = 11, "reconvertie"


class LifeStage(Told, Span):
    """A stage over a stretch of time, of the whole site or of one lot."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="stages")
    lot = models.ForeignKey(Lot, models.CASCADE, null=True, blank=True, related_name="stages")
    stage = models.SmallIntegerField("étape", choices=Stage)
    reason = models.CharField("ce qui s’est passé", max_length=300, blank=True)

    class Meta:
        verbose_name = "étape d’un site"
        ordering = ["start", "stage", "pk"]
        indexes = [
            # Holds the dates too: which sites are at a stage today is read nowhere else.
            models.Index(fields=["stage", "site"], include=["start", "end"], name="life_stage_by_stage")
        ]
        constraints = [
            ordered_span("life_stage_is_ordered"),
            models.UniqueConstraint(
                fields=["site", "lot", "stage", "start"], name="life_stage_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="life_stage_is_known", condition=Q(stage__in=Stage.values)),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()


class Occupancy(Told, Span):
    """An establishment on a site or a lot, from when to when."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="occupancies")
    lot = models.ForeignKey(Lot, models.CASCADE, null=True, blank=True, related_name="occupancies")
    occupant = models.ForeignKey(
        Organisation, models.PROTECT, related_name="occupancies", verbose_name="occupant"
    )
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[check_siret])
    activity = models.CharField("activité", max_length=200, blank=True)

    class Meta:
        verbose_name = "occupation"
        ordering = ["start", "pk"]
        constraints = [
            ordered_span("occupancy_is_ordered"),
            models.UniqueConstraint(
                fields=["site", "lot", "occupant", "start"], name="occupancy_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="occupancy_siret_has_fourteen_digits",
                condition=Q(siret="") | Q(siret__regex=r"^[0-9]{14}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupant}, {self.when}"


class Departure(Told):
    """What became of an occupant that left, looked at later: for nurseries, two years after."""

    class Outcome(models.TextChoices):
        HERE = "here", "en activité sur le territoire"
        ELSEWHERE = "elsewhere", "en activité ailleurs"
        CEASED = "ceased", "a cessé son activité"
        UNKNOWN = "unknown", "non connu"

    occupancy = models.OneToOneField(
        Occupancy, models.CASCADE, related_name="departure", verbose_name="occupation terminée"
    )
    outcome = models.CharField("devenir", max_length=9, choices=Outcome)
    checked_on = models.DateField("vérifié le")

    class Meta:
        verbose_name = "devenir d’un occupant parti"
        verbose_name_plural = "devenirs des occupants partis"


def goes_back(stages) -> set[int]:
    """Keys of the stages that began once a later one was over: shown as steps back.

    Stages that overlap only coexist, and lots are told apart. Pure.
    """
    dated = [one for one in stages if one.start]
    return {
        one.pk
        for one in dated
        if any(
            other.lot_id == one.lot_id and other.stage > one.stage and other.end and other.end <= one.start
            for other in dated
        )
    }
