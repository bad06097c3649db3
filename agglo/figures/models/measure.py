"""What is measured: a code that lasts, and definitions that are versioned."""

from django.db import models
from django.db.models import Q

from agglo.figures.vocabulary import Direction, Kind, Rhythm, TerritoryRule, TimeRule


class Measure(models.Model):
    """A quantity we follow, named once; what it means stands in its versions."""

    code = models.SlugField("code", max_length=80, unique=True)

    class Meta:
        verbose_name = "mesure"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def current(self) -> "MeasureVersion":
        return self.versions.latest("number")


class MeasureVersion(models.Model):
    """One definition of a measure. A changed definition is a new version, never an edit."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="versions", verbose_name="mesure")
    number = models.PositiveSmallIntegerField("version", default=1)
    valid_from = models.DateField("en vigueur depuis", null=True, blank=True)
    name = models.CharField("intitulé", max_length=200)
    definition = models.TextField("définition", blank=True)
    method = models.TextField("méthode", blank=True)
    traps = models.TextField("pièges de lecture", blank=True)
    counted_unit = models.CharField("unité comptée", max_length=80, help_text="Au pluriel : « personnes ».")
    counted_unit_one = models.CharField("unité, au singulier", max_length=80, blank=True)
    symbol = models.CharField(
        "symbole", max_length=16, blank=True, help_text="%, €, ha ; vide pour un décompte."
    )
    decimals = models.PositiveSmallIntegerField("décimales", default=0)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    direction = models.CharField("sens", max_length=8, choices=Direction, default=Direction.NEUTRAL)
    time_rule = models.CharField("dans le temps", max_length=8, choices=TimeRule, default=TimeRule.LATEST)
    territory_rule = models.CharField(
        "entre territoires", max_length=12, choices=TerritoryRule, default=TerritoryRule.NONE
    )
    numerator = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="numérateur"
    )
    denominator = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dénominateur"
    )
    producer = models.CharField("producteur", max_length=160, blank=True)
    rhythm = models.CharField("rythme", max_length=12, choices=Rhythm, default=Rhythm.IRREGULAR)
    publication_delay = models.PositiveSmallIntegerField(
        "délai de publication, en jours", null=True, blank=True
    )
    axis = models.CharField("axe", max_length=60, blank=True)
    natural_chart = models.CharField("graphique", max_length=12, default="line")
    min_count = models.PositiveSmallIntegerField(
        "seuil de publication", default=0, help_text="Un effectif plus petit et non nul est masqué au public."
    )

    class Meta:
        verbose_name = "définition de mesure"
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_version_once"),
            models.CheckConstraint(
                name="ratio_names_its_denominator",
                condition=~Q(kind__in=[Kind.RATIO, Kind.RATE])
                | Q(numerator__isnull=False, denominator__isnull=False),
            ),
            models.CheckConstraint(
                name="ratio_is_never_summed_over_territory",
                condition=~Q(kind__in=[Kind.RATIO, Kind.RATE, Kind.INDEX])
                | ~Q(territory_rule=TerritoryRule.SUM),
            ),
        ]

    def __str__(self) -> str:
        return self.name
