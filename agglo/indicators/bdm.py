"""Insee's macro-economic bank (BDM), as pure functions: which series is which, and what its figures are.

A series is recognised by its number (idbank), or by its dimensions where no number is known; and its title
must say what we take it for, so that a wrong number never passes for a rate of unemployment.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from agglo.figures.text import search_key
from agglo.indicators import sdmx
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Edition, Row, edition_by_date
from agglo.opendata.errors import FinalError, WrongAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One series we follow: whose it is, how to find it, which words its title holds."""

    measure: str
    scheme: str
    code: str
    title: tuple[str, ...]
    idbank: str = ""
    where: Mapping[str, str] = field(default_factory=dict)

    def is_it(self, series: sdmx.Series) -> bool:
        if self.idbank:
            return series.said.get("IDBANK") == self.idbank
        return all(series.said.get(name) == value for name, value in self.where.items()) and self.named(
            series
        )

    def named(self, series: sdmx.Series) -> bool:
        title = f" {search_key(series.title)} "
        return all(f" {search_key(word)} " in title for word in self.title)


def reader(*wanted: Wanted) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` for these series. Each must be there once, under the title it should have."""

    def parse(answer: Answer) -> Iterator[Row]:
        found: dict[int, sdmx.Series] = {}
        titles = []
        for series in sdmx.read(answer):
            titles.append(f"{series.said.get('IDBANK', '?')} {series.title}")
            for rank, one in enumerate(wanted):
                if one.is_it(series):
                    _check(one, series, found.get(rank))
                    found[rank] = series
        missing = [one for rank, one in enumerate(wanted) if rank not in found]
        if missing:
            raise WrongAnswer(
                f"La réponse n’a pas {_words(missing)}\u00a0: la série a été arrêtée ou renumérotée."
                " Son nouveau numéro (idbank) se donne dans OPENDATA_DATASETS.",
                " ; ".join(titles)[:500],
            )
        line = 0
        for rank, one in enumerate(wanted):
            for period, value, status in found[rank].points:
                line += 1
                yield Row(line, one.scheme, one.code, one.measure, "", period, value, status)

    return parse


def _check(one: Wanted, series: sdmx.Series, other: sdmx.Series | None) -> None:
    if not one.named(series):
        raise WrongAnswer(
            f"La série {one.idbank} s’intitule «\u202f{series.title}\u202f»\u00a0: ce n’est pas celle"
            " que nous suivons"
            f" ({', '.join(one.title)}). Son numéro est à revoir.",
            str(dict(series.said))[:300],
        )
    if other is not None:
        numbers = [s.said.get("IDBANK", "?") for s in (other, series)]
        raise WrongAnswer(
            f"Plusieurs séries répondent à la même question\u00a0: {' et '.join(numbers)}."
            " Choisissez-en une et donnez son numéro (idbank) dans OPENDATA_DATASETS.",
            f"{other.title}\u202f; {series.title}",
        )


def _words(missing: Iterable[Wanted]) -> str:
    return " ni ".join(f"la série {one.idbank or ', '.join(one.title)}" for one in missing)


def edition(answers: list[Answer]) -> Edition:
    """The latest update a series speaks of: the message itself is dated by the second of the request."""
    days = sorted(
        series.said["LAST_UPDATE"][:10]
        for answer in answers
        for series in sdmx.read(answer)
        if series.said.get("LAST_UPDATE")
    )
    if not days:
        return edition_by_date(answers)
    return Edition(code=days[-1], published_on=date.fromisoformat(days[-1]))


def explain(status: int, body: str) -> FinalError | None:
    """The bank says in XML, with a 404, that it found nothing: trying again would change nothing."""
    words = sdmx.error_words(body)
    if words is None:
        return None
    return (
        FinalError(
            "La banque de données macroéconomiques de l’Insee répond\u00a0:"
            f" «\u202f{words.strip().rstrip('.')}\u202f»."
            " Un numéro de série ou un jeu de données a sans doute changé."
        )
        if status in (400, 404)
        else None
    )
