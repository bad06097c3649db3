"""A place where activity stands, stood or is to come: the hub of lots, occupants, stages and projects."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Prefetch, Q
from django.utils import timezone

from agglo.figures.models import Subject
from agglo.figures.text import search_key
from agglo.territory.models import Territory
from projects.search_keys import site_renamed
from projects.search_parts import by_parts_index

from .stage_bits import bits_on
from .told import SearchedQuerySet, Told, in_span

SCHEME = "SITE"
STAGE_BITS = ("stage_bits", "stage_bits_since", "stage_bits_until")


class SiteQuerySet(SearchedQuerySet):
    index_of_parts = "site_by_parts"

    def visible_to(self, user) -> "SiteQuerySet":
        """The public sees what is published; those who sign in see everything."""
        return self if getattr(user, "is_authenticated", False) else self.filter(published=True)

    def published(self) -> "SiteQuerySet":
        return self.filter(published=True)

    def at_stage(self, stage: int, day=None) -> "SiteQuerySet":
        """Sites with this life-cycle stage in force; several stages may be at once."""
        held = self.alias(at_stage=self._bits_on(day).bitand(1 << stage))
        return held.filter(at_stage__gt=0)

    def with_bits(self, day=None) -> "SiteQuerySet":
        """With `bits`, the stages in force that day: the bit of each is set."""
        return self.annotate(bits=self._bits_on(day))

    def _bits_on(self, day):
        stages = self.model._meta.get_field("stages").related_model.objects
        return bits_on(day or timezone.localdate(), stages)

    def follow_stages(self, day) -> int:
        """Has the database work out again what holds no longer on that day; how many sites. Every one is read
        right without it, the later the slower.
        """
        return self.filter(stage_bits_until__lte=day).update(stage_bits=None)

    def for_list(self) -> "SiteQuerySet":
        """With all that a row of the list shows; two queries whatever the number of rows."""
        stages = self.model._meta.get_field("stages").related_model.objects
        return self.select_related("commune__subject").prefetch_related(
            Prefetch(
                "stages",
                queryset=stages.filter(in_span(timezone.localdate())).order_by("stage"),
                to_attr="stages_now",
            )
        )

    def with_stages(self) -> "SiteQuerySet":
        """With `stage_codes`, the stages in force today, in the query of the sites itself."""
        stages = self.model._meta.get_field("stages").related_model.objects
        held = stages.filter(in_span(timezone.localdate()), site=OuterRef("pk")).order_by("stage")
        return self.annotate(stage_codes=ArraySubquery(held.values("stage")))


class Site(Told):
    """One site. What is counted about it stands in the ledger under `subject`."""

    class Kind(models.TextChoices):
        INDUSTRIAL = "industrial", "site industriel"
        BROWNFIELD = "brownfield", "friche"
        PARK = "park", "zone d’activité"
        NURSERY = "nursery", "pépinière d’entreprises"
        CAMPUS = "campus", "campus"
        PLATFORM = "platform", "plateforme multi-activités"

    class Position(models.TextChoices):
        STATED = "stated", "point relevé"
        COMMUNE = "commune", "centre de la commune"

    class Pollution(models.TextChoices):
        """The CNIG words for polluted ground."""

        NONE = "none", "inexistante"
        TREATED = "treated", "traitée"
        UNLIKELY = "unlikely", "peu probable"
        SUPPOSED = "supposed", "supposée"
        PROVEN = "proven", "avérée"
        UNKNOWN = "unknown", "inconnue"

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="site", verbose_name="sujet")
    slug = models.SlugField("adresse de la page", max_length=64, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    commune = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="located_sites", verbose_name="commune"
    )
    address = models.CharField("adresse", max_length=300, blank=True)
    latitude = models.DecimalField("latitude", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("longitude", max_digits=8, decimal_places=5, null=True, blank=True)
    position = models.CharField(
        "précision du point", max_length=8, choices=Position, default=Position.COMMUNE
    )
    outline = models.JSONField("contour", null=True, blank=True, help_text="Géométrie GeoJSON, WGS84.")
    pollution = models.CharField(
        "pollution du sol", max_length=10, choices=Pollution, default=Pollution.UNKNOWN
    )
    pollution_words = models.CharField("pollution, précisions", max_length=300, blank=True)
    zoning = models.CharField("zonage d’urbanisme", max_length=120, blank=True)
    networks = models.JSONField("réseaux présents", default=list, blank=True)
    about = models.TextField("présentation", blank=True)
    published = models.BooleanField("publié", default=False)
    # The stages it is at, and for which days that holds; the database works it out (stages_now.sql).
    stage_bits = models.IntegerField("étapes en cours", null=True, editable=False)
    stage_bits_since = models.DateField("vrai depuis le", null=True, editable=False)
    stage_bits_until = models.DateField("vrai jusqu’au (exclu)", null=True, editable=False)
    search_key = models.CharField(max_length=400, editable=False)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = "site"
        ordering = ["search_key", "pk"]
        indexes = [
            # Lists are sorted, searched and filtered in this one, without reading the sites.
            models.Index(
                fields=["published", "search_key", "id"],
                include=["kind", "commune", "origin", *STAGE_BITS],
                name="site_in_lists",
            ),
            # What counts and maps them all reads no more than this of each: a third of the pages.
            models.Index(
                fields=["published", "id"],
                include=["kind", "commune", "origin", "latitude", "longitude", *STAGE_BITS],
                name="site_in_counts",
            ),
            models.Index(fields=["kind"], name="site_by_kind"),
            by_parts_index(SiteQuerySet.index_of_parts),
        ]
        constraints = [
            models.CheckConstraint(
                name="site_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            ),
            models.CheckConstraint(
                name="site_stated_point_is_there",
                condition=~Q(position="stated") | Q(latitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_search_key(self) -> None:
        self.search_key = search_key(
            f"{self.name} {self.commune.name if self.commune else ''} {self.address}"
        )[:400]

    def save(self, *args, **kwargs) -> None:
        known = self.pk is not None
        self.fill_search_key()
        super().save(*args, **kwargs)
        if known:
            site_renamed([self.pk])

    def get_absolute_url(self) -> str:
        return f"/sites/{self.slug}/"

    @property
    def key(self) -> tuple[str, str]:
        return SCHEME, self.slug

    @property
    def point(self) -> tuple[float, float] | None:
        """(longitude, latitude) to draw it at: its own, else the centre of its commune, else nothing."""
        for place in (self, self.commune):
            if place is not None and place.latitude is not None:
                return float(place.longitude), float(place.latitude)
        return None
