"""Where things stand: communes and the territories they belong to, each dated, with what overlaps what."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agglo.figures.models import Subject
from agglo.figures.text import search_key


class Kind(models.TextChoices):
    """Levels of territory, under the codes Insee gives them."""

    COMMUNE = "COM", "commune"
    EPCI = "EPCI", "intercommunalité"
    ZONE = "ZE2020", "zone d’emploi"
    DEPARTEMENT = "DEP", "département"
    REGION = "REG", "région"
    COUNTRY = "FRANCE", "pays"


def in_force(on: date, prefix: str = "") -> Q:
    """Links stated to hold on that day.

    A link whose start nobody gave holds from the day it was found (`as_of`); before, nothing is said.
    """
    started = Q(**{f"{prefix}valid_from__lte": on}) | Q(
        **{f"{prefix}valid_from__isnull": True, f"{prefix}as_of__lte": on}
    )
    return started & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on}))


def _today(on: date | None) -> date:
    return on or timezone.localdate()


class TerritoryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "TerritoryQuerySet":
        """Territories are public, whoever asks."""
        return self.all()

    def named(self) -> "TerritoryQuerySet":
        """With their names, sorted as French sorts them: accents and capitals apart."""
        return self.select_related("subject").order_by("subject__search_key", "subject__code")

    def coded(self, kind: str, code: str) -> "TerritoryQuerySet":
        return self.filter(kind=kind, subject__code=code)

    def search(self, words: str) -> "TerritoryQuerySet":
        """Those whose name, code or postcode holds every word, accents and case apart."""
        found = self
        for word in search_key(words).split():
            word = {"st": "saint", "ste": "sainte"}.get(word, word)
            found = found.filter(
                Q(subject__search_key__contains=word)
                | Q(subject__code__startswith=word)
                | Q(postcodes__startswith=word)
                | Q(postcodes__contains=f" {word}")
            )
        return found

    def communes_of(self, code: str | None = None, on: date | None = None) -> "TerritoryQuerySet":
        """Communes of an EPCI (ours when no code is given) on a day (today when none is given)."""
        links = Membership.objects.filter(
            in_force(_today(on)),
            parent__kind=Kind.EPCI,
            parent__subject__code=code or settings.EPCI_CODE,
        )
        return self.filter(kind=Kind.COMMUNE, pk__in=links.values("child"))

    def zones_of(self, code: str | None = None, on: date | None = None) -> "TerritoryQuerySet":
        """Employment zones that hold at least one commune of the EPCI on that day."""
        communes = Territory.objects.communes_of(code, on).values("pk")
        links = Membership.objects.filter(in_force(_today(on)), child__in=communes, parent__kind=Kind.ZONE)
        return self.filter(pk__in=links.values("parent"))

    def in_zone(self, code: str, on: date | None = None) -> "TerritoryQuerySet":
        """Communes of an employment zone."""
        links = Membership.objects.filter(
            in_force(_today(on)), parent__kind=Kind.ZONE, parent__subject__code=code
        )
        return self.filter(pk__in=links.values("child"))

    def with_zone(self, on: date | None = None) -> "TerritoryQuerySet":
        """Annotated with `zone_code` and `zone_name`, the employment zone of each commune."""
        links = Membership.objects.filter(
            in_force(_today(on)), child=models.OuterRef("pk"), parent__kind=Kind.ZONE
        )
        return self.annotate(
            zone_code=models.Subquery(links.values("parent__subject__code")[:1]),
            zone_name=models.Subquery(links.values("parent__subject__name")[:1]),
        )

    def with_population(self, year: int | None = None) -> "TerritoryQuerySet":
        """Annotated with `population` (municipale) and `population_year`, read from the ledger as known now.

        Without a year, the last one held. For a past state of knowledge, use `agglo.figures.reading`.
        """
        from agglo.territory.population import population_subquery

        return self.annotate(
            population=population_subquery("value", year),
            population_year=population_subquery("period_end__year", year),
        )

    def without_contour(self) -> "TerritoryQuerySet":
        return self.defer("contour")


class Territory(models.Model):
    """A commune, EPCI, employment zone, département, region or France: one row of the ledger's subjects.

    `contour` is a GeoJSON geometry (WGS84) as received; None until the geographic service has answered.
    `valid_from`..`valid_to` bound its existence ([start, end[); None where no source states the day.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, primary_key=True, related_name="territory", verbose_name="sujet"
    )
    kind = models.CharField("niveau", max_length=8, choices=Kind)
    nature = models.CharField("nature juridique", max_length=8, blank=True, help_text="CA, CU, CC, METRO.")
    siren = models.CharField("SIREN", max_length=9, blank=True)
    postcodes = models.CharField("codes postaux", max_length=120, blank=True)
    latitude = models.DecimalField(
        "latitude du centre", max_digits=7, decimal_places=4, null=True, blank=True
    )
    longitude = models.DecimalField(
        "longitude du centre", max_digits=7, decimal_places=4, null=True, blank=True
    )
    contour = models.JSONField("contour", null=True, blank=True)
    contour_source = models.CharField("origine du contour", max_length=200, blank=True)
    contour_on = models.DateField("contour reçu le", null=True, blank=True)
    neighbours = models.ManyToManyField("self", blank=True, verbose_name="communes limitrophes")
    valid_from = models.DateField("existe depuis", null=True, blank=True)
    valid_to = models.DateField("n’existe plus à partir du", null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        constraints = [
            models.CheckConstraint(name="territory_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="territory_validity_is_ordered",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="territory_centre_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            models.CheckConstraint(
                name="territory_siren_has_nine_digits", condition=Q(siren="") | Q(siren__regex=r"^\d{9}$")
            ),
            models.CheckConstraint(
                name="territory_contour_names_its_source",
                condition=Q(contour__isnull=True) | (~Q(contour_source="") & Q(contour_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["kind"], name="territory_by_kind")]

    def __str__(self) -> str:
        return self.subject.name

    def get_absolute_url(self) -> str:
        return self.subject.path

    @property
    def code(self) -> str:
        return self.subject.code

    @property
    def name(self) -> str:
        return self.subject.name


class Membership(models.Model):
    """A territory belongs to a larger one, over [valid_from, valid_to[.

    A child has one parent of each kind at a time (trigger). `valid_from` None: the start is not known, the
    link was found true on `as_of`.
    """

    child = models.ForeignKey(Territory, models.PROTECT, related_name="parents", verbose_name="territoire")
    parent = models.ForeignKey(
        Territory, models.PROTECT, related_name="children", verbose_name="fait partie de"
    )
    valid_from = models.DateField("depuis le", null=True, blank=True)
    valid_to = models.DateField("jusqu’au (exclu)", null=True, blank=True)
    as_of = models.DateField("constaté au")

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(
                fields=["child", "parent", "valid_from"], name="membership_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="membership_is_not_of_itself", condition=~Q(child=F("parent"))),
            models.CheckConstraint(
                name="membership_validity_is_ordered",
                condition=Q(valid_to__isnull=True)
                | (Q(valid_from__isnull=True) & Q(valid_to__gt=F("as_of")))
                | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} dans {self.parent}"


class Overlap(models.Model):
    """What an employment zone and an EPCI share, counted on a population year.

    `zone_communes` and `zone_population` are None where the part outside the EPCI is not known to us.
    """

    zone = models.ForeignKey(Territory, models.PROTECT, related_name="overlaps_with_epci")
    epci = models.ForeignKey(Territory, models.PROTECT, related_name="overlaps_with_zones")
    year = models.PositiveSmallIntegerField("année de population")
    communes = models.PositiveSmallIntegerField("communes communes aux deux")
    population = models.PositiveIntegerField("population commune aux deux")
    epci_communes = models.PositiveSmallIntegerField("communes de l’EPCI")
    epci_population = models.PositiveIntegerField("population de l’EPCI")
    zone_communes = models.PositiveSmallIntegerField("communes de la zone", null=True, blank=True)
    zone_population = models.PositiveIntegerField("population de la zone", null=True, blank=True)

    class Meta:
        verbose_name = "recouvrement"
        ordering = ["-population"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "epci", "year"], name="overlap_once"),
            models.CheckConstraint(
                name="overlap_is_a_part",
                condition=Q(communes__lte=F("epci_communes"), population__lte=F("epci_population")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} et {self.epci}, {self.year}"

    @property
    def share_of_epci(self) -> float:
        """Percent of the EPCI's population that lives in the zone."""
        return 100 * self.population / self.epci_population if self.epci_population else 0.0

    @property
    def share_of_zone(self) -> float | None:
        """Percent of the zone's population that lives in the EPCI; None when its total is not known."""
        return 100 * self.population / self.zone_population if self.zone_population else None


class Outline(models.Model):
    """A contour made ready to be drawn: simplified with its neighbours, projected, written as an SVG path."""

    class Scale(models.IntegerChoices):
        WHOLE = 1, "ensemble"
        CLOSE = 2, "rapprochée"

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="outlines")
    scale = models.SmallIntegerField("échelle", choices=Scale)
    path = models.TextField("tracé")
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()

    class Meta:
        verbose_name = "tracé"
        constraints = [models.UniqueConstraint(fields=["territory", "scale"], name="outline_once")]

    def __str__(self) -> str:
        return f"{self.territory}, {self.get_scale_display()}"
