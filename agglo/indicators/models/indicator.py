"""An indicator: a question about the territory, how it is defined, who will answer it, and with which
measures.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from agglo.figures.models import Measure
from agglo.figures.text import search_key
from agglo.indicators.models.axis import Axis

CHARTS = [
    ("line", "courbe"),
    ("bar", "colonnes"),
    ("hbar", "barres"),
    ("dots", "points"),
    ("strip", "frise"),
    ("stacked", "barres empilées"),
]


class IndicatorQuerySet(models.QuerySet):
    def search(self, words: str) -> "IndicatorQuerySet":
        """Those that hold every word, accents and case apart, whatever the column."""
        found = self
        for word in search_key(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Indicator(models.Model):
    """One line of the catalogue. `subject` is what its headline figure is about; `compared` stand beside
    it.
    """

    code = models.CharField("code", max_length=8, unique=True)
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="indicators", verbose_name="axe")
    position = models.PositiveSmallIntegerField("place dans l’axe")
    name = models.CharField("intitulé", max_length=160)
    question = models.CharField("question", max_length=160)
    definition = models.TextField("définition")
    denominator = models.CharField("dénominateur, en mots", max_length=200, blank=True)
    unit = models.CharField("unité", max_length=80)
    source = models.CharField("source", max_length=200)
    rhythm = models.CharField("rythme", max_length=80)
    delay = models.CharField("délai de publication", max_length=120, blank=True)
    level = models.CharField("niveau géographique", max_length=120)
    trap = models.TextField("piège de lecture", blank=True)
    target = models.CharField("cible, en mots", max_length=160, blank=True)
    chart_words = models.CharField("graphique naturel, en mots", max_length=120, blank=True)
    chart = models.CharField("graphique", max_length=12, choices=CHARTS, default="line")
    verified = models.BooleanField("définition vérifiée dans un document public", default=False)
    subject_scheme = models.CharField("sujet : nomenclature", max_length=16, blank=True)
    subject_code = models.CharField("sujet : code", max_length=64, blank=True)
    compared = models.JSONField("comparés à", default=list, blank=True)
    measures = models.ManyToManyField(Measure, through="Followed", related_name="indicators")
    search_text = models.TextField(editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        ordering = ["axis__order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["axis", "position"], name="indicator_place_once"),
            models.CheckConstraint(
                name="indicator_subject_is_whole",
                condition=Q(subject_scheme="", subject_code="")
                | (~Q(subject_scheme="") & ~Q(subject_code="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.code])

    @property
    def subject(self) -> tuple[str, str] | None:
        return (self.subject_scheme, self.subject_code) if self.subject_scheme else None

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """The subject first, then those it is compared with."""
        others = [tuple(pair) for pair in self.compared]
        return ([self.subject] if self.subject else []) + [pair for pair in others if pair != self.subject]


class Followed(models.Model):
    """A measure that answers an indicator; the first one is the headline."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="followed")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="followed")
    order = models.PositiveSmallIntegerField("ordre", default=0)
    label = models.CharField("libellé", max_length=120)
    sentence = models.CharField(
        "phrase",
        max_length=200,
        blank=True,
        help_text="{when}, {value}, {of} (« de la zone… ») et {in} (« dans… »).",
    )
    gap = models.PositiveSmallIntegerField(
        "années entre deux valeurs comparables", default=0, help_text="0 : deux périodes qui se suivent."
    )

    class Meta:
        verbose_name = "mesure suivie"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["indicator", "measure"], name="measure_followed_once")]

    def __str__(self) -> str:
        return self.label
