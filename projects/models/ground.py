"""What a site is made of: lots and their states, surfaces by kind as each source tells them, owners."""

from django.db import models
from django.db.models import Q

from agglo.figures.vocabulary import Qualifier
from projects.areas import area_words, to_hectares

from .organisation import Organisation
from .site import Site
from .told import Span, Told, ordered_span


class Lot(Told):
    """A plot of a site that is made ready, sold and occupied on its own."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="lots")
    code = models.SlugField("repère", max_length=40)
    name = models.CharField("nom", max_length=120)
    square_metres = models.DecimalField("surface, m²", max_digits=14, decimal_places=2, null=True, blank=True)
    outline = models.JSONField("contour", null=True, blank=True, help_text="Géométrie GeoJSON, WGS84.")

    class Meta:
        verbose_name = "lot"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="lot_once_a_site"),
            models.CheckConstraint(
                name="lot_area_is_positive",
                condition=Q(square_metres__isnull=True) | Q(square_metres__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> str:
        return area_words(self.square_metres)


class LotState(Told):
    """Where a lot stands from a day on, in the words of the CNIG standard. The last one holds."""

    class Works(models.TextChoices):
        NOT_POSSIBLE = "not_possible", "non aménageable"
        RAW = "raw", "non aménagé, non viabilisé"
        SERVICING = "servicing", "viabilisation en cours"
        SERVICED = "serviced", "viabilisé non aménagé"
        READY = "ready", "viabilisé et aménagé"
        UNKNOWN = "unknown", "non connu"

    class Sale(models.TextChoices):
        NOT_FOR_SALE = "not_for_sale", "non commercialisable"
        NOT_YET = "not_yet", "non commercialisé"
        FOR_SALE = "for_sale", "en vente"
        CONDITIONS = "conditions", "en vente avec contraintes"
        OPTION = "option", "réservé par option"
        RESERVED = "reserved", "réservé par délibération"
        SOLD = "sold", "vendu"
        UNKNOWN = "unknown", "non connu"

    class Use(models.TextChoices):
        """Three that are often confused: never used, free without works, in need of works."""

        NEVER_USED = "never_used", "inoccupé"
        OCCUPIED = "occupied", "occupé"
        TEMPORARY = "temporary", "occupation transitoire"
        VACANT = "vacant", "vacant"
        BROWNFIELD = "brownfield", "friche"
        UNKNOWN = "unknown", "non connu"

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="states")
    since = models.DateField("depuis le")
    works = models.CharField("stade des travaux", max_length=12, choices=Works, default=Works.UNKNOWN)
    sale = models.CharField("stade de la vente", max_length=12, choices=Sale, default=Sale.UNKNOWN)
    use = models.CharField("occupation", max_length=12, choices=Use, default=Use.UNKNOWN)
    reason = models.CharField("ce qui a changé", max_length=300, blank=True)

    class Meta:
        verbose_name = "état d’un lot"
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["lot", "since"], name="lot_state_once_a_day")]


class Surface(Told):
    """One source's account of one surface. Sources that disagree stand side by side."""

    class Kind(models.TextChoices):
        GROUND = "ground", "emprise"
        FOOTPRINT = "footprint", "bâti"
        FLOOR = "floor", "plancher"
        USABLE = "usable", "utile"
        UNSPECIFIED = "unspecified", "surface non précisée"

    site = models.ForeignKey(Site, models.CASCADE, related_name="surfaces")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    square_metres = models.DecimalField("m²", max_digits=14, decimal_places=2)
    qualifier = models.SmallIntegerField("précision", choices=Qualifier, default=Qualifier.EXACT)
    about = models.CharField("ce que cela mesure", max_length=200, blank=True)
    as_of = models.DateField("situation au", null=True, blank=True)

    class Meta:
        verbose_name = "surface"
        ordering = ["kind", "as_of", "pk"]
        constraints = [
            models.CheckConstraint(name="surface_is_positive", condition=Q(square_metres__gt=0)),
            models.UniqueConstraint(
                fields=["site", "kind", "about", "source", "as_of"], name="surface_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.words}"

    @property
    def hectares(self):
        return to_hectares(self.square_metres)

    @property
    def words(self) -> str:
        said = area_words(self.square_metres)
        return said if self.qualifier == Qualifier.EXACT else f"{Qualifier(self.qualifier).label} {said}"


class Ownership(Told, Span):
    """Who owned a site, from when to when. A natural person is never named, here or in public."""

    class Nature(models.TextChoices):
        LEGAL = "legal", "personne morale"
        NATURAL = "natural", "personne physique"
        UNKNOWN = "unknown", "non connue"

    site = models.ForeignKey(Site, models.CASCADE, related_name="ownerships")
    lot = models.ForeignKey(Lot, models.CASCADE, null=True, blank=True, related_name="ownerships")
    nature = models.CharField("nature du propriétaire", max_length=8, choices=Nature)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="owned", verbose_name="propriétaire"
    )

    class Meta:
        verbose_name = "propriété"
        ordering = ["start", "pk"]
        constraints = [
            ordered_span("ownership_is_ordered"),
            models.CheckConstraint(
                name="ownership_names_legal_persons_only",
                condition=Q(nature="legal", owner__isnull=False)
                | (~Q(nature="legal") & Q(owner__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_name}, {self.when}"

    @property
    def public_name(self) -> str:
        return self.owner.name if self.owner else self.get_nature_display()
