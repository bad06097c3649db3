"""The statutory inventory of business parks: land units, who occupied them, the rounds that fix it."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from projects.areas import area_words
from projects.inventory import rounds, vacancy

from .organisation import Organisation
from .site import Site
from .told import Span, Told, ordered_span

PARCEL = re.compile(r"[0-9A-B]{2}[0-9]{6}[0-9A-Z]{2}[0-9]{4}")


def check_parcels(references: list) -> None:
    """Fourteen characters each, as the cadastre has them. Raises ValidationError."""
    wrong = [one for one in references if not isinstance(one, str) or not PARCEL.fullmatch(one)]
    if wrong:
        raise ValidationError(
            f"« {str(wrong[0])[:20]} » n’est pas une référence cadastrale : quatorze caractères, commune,"
            " préfixe, section et numéro, par exemple 62119000AB0012."
        )


class LandUnitQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LandUnitQuerySet":
        """Units one by one are for those who sign in; the public reads counts of published parks."""
        return self if getattr(user, "is_authenticated", False) else self.none()

    def whole(self) -> "LandUnitQuerySet":
        """With who occupied them, all that their standing is worked out of."""
        return self.select_related("owner").prefetch_related("stays__occupant")


class LandUnit(Told):
    """Adjoining parcels of one owner in a park. A natural person who owns it is counted, never named."""

    class Owner(models.TextChoices):
        PUBLIC = "public", "personne publique"
        LEGAL = "legal", "personne morale privée"
        NATURAL = "natural", "personne physique"
        UNKNOWN = "unknown", "non connu"

    class Cfe(models.TextChoices):
        ACTIVE = "active", "une activité y est soumise à la CFE"
        ENDED = "ended", "plus d’activité soumise à la CFE"
        NEVER = "never", "jamais d’activité"
        UNKNOWN = "unknown", "non connue"

    park = models.ForeignKey(Site, models.CASCADE, related_name="land_units", verbose_name="zone d’activité")
    code = models.SlugField("repère", max_length=40, help_text="Court, unique dans la zone : uf-01.")
    parcels = models.JSONField("références cadastrales", default=list, blank=True, validators=[check_parcels])
    square_metres = models.DecimalField("surface, m²", max_digits=14, decimal_places=2, null=True, blank=True)
    owner_kind = models.CharField("propriétaire", max_length=8, choices=Owner, default=Owner.UNKNOWN)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="land_units", verbose_name="nom"
    )
    built = models.BooleanField("bâtie", null=True, blank=True)
    brownfield = models.BooleanField(
        "friche", null=True, blank=True, help_text="À remettre en état avant usage."
    )
    cfe = models.CharField("activité soumise à la CFE", max_length=8, choices=Cfe, default=Cfe.UNKNOWN)
    cfe_ended_on = models.DateField("fin de cette activité", null=True, blank=True)

    objects = LandUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "unité foncière"
        verbose_name_plural = "unités foncières"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["park", "code"], name="land_unit_once_a_park"),
            models.CheckConstraint(
                name="land_unit_area_is_positive",
                condition=Q(square_metres__isnull=True) | Q(square_metres__gt=0),
            ),
            models.CheckConstraint(
                name="land_unit_names_legal_persons_only",
                condition=Q(owner__isnull=True) | Q(owner_kind__in=["public", "legal"]),
            ),
            models.CheckConstraint(
                name="land_unit_cfe_end_is_dated",
                condition=Q(cfe="ended", cfe_ended_on__isnull=False)
                | (~Q(cfe="ended") & Q(cfe_ended_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def area(self) -> str:
        return area_words(self.square_metres)

    def told(self) -> vacancy.Unit:
        """What the rule of vacancy asks for."""
        return vacancy.Unit(
            vacancy.Cfe(self.cfe),
            self.cfe_ended_on,
            tuple(stay.told() for stay in self.stays.all()),
            self.square_metres,
            self.brownfield,
        )

    def standing(self, day) -> vacancy.Standing:
        return vacancy.standing(self.told(), day)


class UnitStay(Told, Span):
    """A unit was occupied, or was not, over a stretch of time; the occupant when it is a legal person."""

    class Use(models.TextChoices):
        OCCUPIED = "occupied", "occupée"
        EMPTY = "empty", "inoccupée"
        UNKNOWN = "unknown", "non connue"

    unit = models.ForeignKey(LandUnit, models.CASCADE, related_name="stays")
    use = models.CharField("occupation", max_length=8, choices=Use)
    occupant = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unit_stays",
        verbose_name="occupant",
    )

    class Meta:
        verbose_name = "occupation d’une unité foncière"
        verbose_name_plural = "occupations des unités foncières"
        ordering = [F("start").asc(nulls_first=True), "pk"]
        constraints = [
            ordered_span("unit_stay_is_ordered"),
            models.CheckConstraint(
                name="unit_stay_occupant_occupies", condition=Q(occupant__isnull=True) | Q(use="occupied")
            ),
        ]

    def told(self) -> vacancy.Stay:
        known = None if self.use == self.Use.UNKNOWN else self.use == self.Use.OCCUPIED
        return vacancy.Stay(self.start, self.end, known)


class InventoryRound(Told):
    """One inventory of one or several parks, from its opening to the act that adopts it."""

    name = models.CharField("intitulé", max_length=200)
    parks = models.ManyToManyField(Site, through="RoundPark", related_name="inventory_rounds")
    opened_on = models.DateField("ouvert le")
    consultation_start = models.DateField("consultation, du", null=True, blank=True)
    consultation_end = models.DateField("au", null=True, blank=True)
    adopted_on = models.DateField("adopté le", null=True, blank=True)
    act = models.CharField(
        "acte", max_length=200, blank=True, help_text="Arrêté ou délibération, avec sa référence."
    )

    class Meta:
        verbose_name = "inventaire"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="inventory_consultation_lasts_thirty_days",
                condition=Q(consultation_start__isnull=True)
                | Q(consultation_end__isnull=True)
                | Q(consultation_end__gte=F("consultation_start") + rounds.CONSULTATION - rounds.DAY),
            ),
            models.CheckConstraint(
                name="inventory_end_has_a_start",
                condition=Q(consultation_end__isnull=True) | Q(consultation_start__isnull=False),
            ),
            models.CheckConstraint(
                name="inventory_adopted_by_an_act",
                condition=Q(adopted_on__isnull=True, act="") | (Q(adopted_on__isnull=False) & ~Q(act="")),
            ),
            models.CheckConstraint(
                name="inventory_adopted_after_consultation",
                condition=Q(adopted_on__isnull=True)
                | Q(consultation_end__isnull=False, adopted_on__gt=F("consultation_end")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def step(self, day) -> rounds.Step:
        return rounds.step(self.consultation_start, self.consultation_end, self.adopted_on, day)

    @property
    def next_due(self):
        return rounds.next_due(self.adopted_on) if self.adopted_on else None


class RoundPark(models.Model):
    """A park of a round, with the counts that its act adopted: later corrections do not rewrite them."""

    round = models.ForeignKey(InventoryRound, models.CASCADE, related_name="counted")
    park = models.ForeignKey(Site, models.CASCADE, related_name="counted_in")
    units = models.PositiveIntegerField("unités foncières", null=True, blank=True)
    vacant = models.PositiveIntegerField("dont vacantes", null=True, blank=True)
    unknown = models.PositiveIntegerField("dont non connues", null=True, blank=True)

    class Meta:
        verbose_name = "zone d’un inventaire"
        constraints = [
            models.UniqueConstraint(fields=["round", "park"], name="round_park_once"),
            models.CheckConstraint(
                name="round_park_parts_fit",
                condition=Q(units__isnull=True) | Q(units__gte=F("vacant") + F("unknown")),
            ),
        ]
