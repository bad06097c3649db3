"""Who is late with a figure, in a few words, nothing when nobody is; and whether that has changed."""

import hashlib
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from agglo.figures.reading import Figure, SeriesInfo
from agglo.opendata.declaration import declared
from agglo.opendata.duties import Entered, entered
from agglo.opendata.formulas import measures_behind, official_behind
from agglo.opendata.freshness import Freshness, Standing, freshness_of

# The first that holds is said.
WORDS = {
    Standing.FAILED: "notre actualisation a échoué",
    Standing.STAFF_LATE: "saisie en retard, chez nous",
    Standing.SOURCE_LATE: "source en retard",
    Standing.SUSPENDED: "suspendu par le producteur",
    Standing.PAUSED: "actualisation en pause, par nous",
}

# One text of the day given; compared in SQL by whoever keeps made pages.
STAMP = """concat_ws(' ', (SELECT count(*) || '-' || max(id) FROM figures_change),
    (SELECT extract(epoch FROM max(finished_at)) FROM opendata_run),
    (SELECT count(*) || '-' || count(ended_at) FROM opendata_pause), %s::text)"""


class Lateness:
    """What is late among datasets and things owed, asked once for a whole page."""

    def __init__(self, standing: Iterable[Freshness], owed: Iterable[Entered]) -> None:
        self._datasets = {fresh.code: fresh.state for fresh in standing if fresh.state in WORDS}
        self._owed = [one for one in owed if one.is_late]
        self._said: dict[tuple[str, str, str, str], str] = {}

    def words(self, info: SeriesInfo) -> str:
        """Of the figures of a series, empty when nobody is late with them."""
        key = (info.dataset, info.measure, info.scheme, info.code)
        if key not in self._said:
            self._said[key] = self._words(*key)
        return self._said[key]

    def of_measure(self, measure: str) -> str:
        """Of a measure wherever it is told, by the official datasets that tell it."""
        told = [c for c, d in declared().items() if measure in {m.measure for m in d.measures}]
        behind = {code for dataset in told for code in official_behind(dataset)}
        return _first({self._datasets[code] for code in behind if code in self._datasets})

    @property
    def digest(self) -> str:
        """The same as long as the same things are late, for the same reason."""
        said = [*sorted(self._datasets.items()), *sorted(one.key for one in self._owed)]
        return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()

    def _words(self, dataset: str, measure: str, *subject: str) -> str:
        if not self._datasets and not self._owed:
            return ""
        states = {self._datasets[code] for code in official_behind(dataset) if code in self._datasets}
        about = [one for one in self._owed if one.owed.subject == subject]
        if about:
            behind = measures_behind([measure])
            states |= {one.state for one in about if behind & set(one.duty.measures)}
        return _first(states)


def _first(states: set[Standing]) -> str:
    return next((words for state, words in WORDS.items() if state in states), "")


def lateness() -> Lateness:
    """Of everything: five queries, and those of the rooms that owe something."""
    return Lateness(freshness_of(), entered())


def lateness_of(shown: Iterable[Figure]) -> Lateness:
    """Of what these figures rest on, and nothing else; as many queries at most."""
    infos = {figure.series for figure in shown}
    codes = {code for dataset in {info.dataset for info in infos} for code in official_behind(dataset)}
    measures = measures_behind({info.measure for info in infos})
    owed = entered(measures, {(info.scheme, info.code) for info in infos}) if infos else []
    return Lateness(freshness_of(sorted(codes)) if codes else [], owed)


def stamp() -> str:
    """Changes with the ledger, the end of a run, a pause and the day: what made pages hang on. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STAMP}", [today()])
        return cursor.fetchone()[0]


def today() -> str:
    return timezone.localdate().isoformat()
