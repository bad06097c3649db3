"""What every record of this room says of itself: who told it, in which words, and of which class it is."""

from datetime import timedelta
from typing import Self

from django.db import models

from agglo.charts.french import date_long
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.search_parts import by_parts


class ToldQuerySet(models.QuerySet):
    def attested(self) -> Self:
        """Without demonstration records: the only ones that may be counted in public."""
        return self.exclude(origin=Origin.DEMO)


class SearchedQuerySet(ToldQuerySet):
    index_of_parts = ""  # of the kinds of record that are many: where words that few of them have are found

    def search(self, words: str) -> Self:
        """Those whose search key holds every word, accents and case apart."""
        found, said = self, search_key(words).split()
        for word in said:
            found = found.filter(search_key__contains=word)
        return found.filter(by_parts(self.index_of_parts, said)) if self.index_of_parts else found


class Told(models.Model):
    """A record with its proof. Demonstration records are of class *fictional* and never mix with others."""

    source = models.CharField("source", max_length=200)
    wording = models.TextField("mots de la source", blank=True)
    verbatim = models.BooleanField("mot pour mot", default=False)
    origin = models.SmallIntegerField("classe", choices=Origin, default=Origin.ATTESTED)

    class Meta:
        abstract = True

    @property
    def is_demo(self) -> bool:
        return self.origin == Origin.DEMO

    @property
    def quoted(self) -> str:
        """« mot pour mot », or the same as noted down."""
        if not self.wording:
            return ""
        return f"«\u202f{self.wording}\u202f»" if self.verbatim else f"{self.wording} (relevé)"


class Span(models.Model):
    """A stretch of time: [start, end[; an unknown start keeps the words that the source has for it."""

    start = models.DateField("depuis le", null=True, blank=True)
    end = models.DateField("jusqu’au (exclu)", null=True, blank=True)
    start_words = models.CharField(
        "début, en mots", max_length=120, blank=True, help_text="Quand le jour n’est pas connu."
    )

    class Meta:
        abstract = True

    @property
    def when(self) -> str:
        """« depuis le 1er janvier 2022 », « 1961 – 30 avril 2021 » (last day included)."""
        begin = self.start_words or (date_long(self.start) if self.start else "")
        if self.end:
            return f"{begin or 'début non connu'} – {date_long(self.end - timedelta(days=1))}"
        if not begin:
            return "début non connu"
        return begin if self.start_words else f"depuis le {begin}"


def in_span(day, prefix: str = "") -> models.Q:
    """Stretches that hold on that day; an unknown start holds as long as no end came."""
    begun = models.Q(**{f"{prefix}start__lte": day}) | models.Q(**{f"{prefix}start__isnull": True})
    return begun & (models.Q(**{f"{prefix}end__gt": day}) | models.Q(**{f"{prefix}end__isnull": True}))


def ordered_span(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(start__isnull=True)
        | models.Q(end__isnull=True)
        | models.Q(end__gt=models.F("start")),
    )
