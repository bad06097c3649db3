"""What is known of a school: figures of the ledger, cohorts as counts, no rate of a few pupils."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agglo.charts import french
from agglo.figures.figure import Figure
from agglo.figures.models import Observation
from agglo.figures.picking import pick
from agglo.figures.reading import latest, moment_of
from agglo.figures.vocabulary import State
from agglo.opendata.formulas.formula import PREFIX
from agglo.opendata.lateness import lateness_of

from .models import Exit, School
from .school_release import AUTUMN, DROPPED, FACTS, PLACES, RESULTS, SMALLEST_FOR_A_RATE

Worked = Mapping[tuple[str, date | None, date | None], Figure]
REGISTERS, EXITS = "registres-emploi", "ecole-sorties"
REASONS = {f"RAISON={why.value.upper()}": why.label for why in Exit.Why}


@dataclass(frozen=True, slots=True)
class Session:
    """Results of one session, or of several cumulated; a masked number says « s »."""

    title: str
    figures: dict[str, Figure]
    cumulated: bool
    worked: dict[str, Figure]  # rates of the same dates, as the ledger works them out

    @property
    def cells(self) -> list[Figure | None]:
        return [self.figures.get(measure) for measure in RESULTS]

    def value(self, measure: str) -> int | None:
        held = self.figures.get(measure)
        return int(held.value) if held is not None and held.has_value else None

    @property
    def rates(self) -> list["Share"]:
        """Of those large enough; leavers are the presented without those who study further."""
        presented, entrants = self.value("ecole-presentes"), self.value("ecole-entrants")
        further = self.value("ecole-poursuites")
        leaving = presented - further if None not in (presented, further) else None
        said = (
            ("ecole-taux-reussite", "des présentés sont reçus", "ecole-recus", presented),
            ("ecole-taux-reussite-entrants", "des entrés sont reçus", "ecole-recus", entrants),
            ("ecole-taux-emploi-6", "des sortants ont un emploi à 6 mois", "ecole-en-emploi-6", leaving),
            ("ecole-taux-emploi-12", "des sortants ont un emploi à 12 mois", "ecole-en-emploi-12", leaving),
        )
        found = [
            share(words, self.value(part), whole, self.worked.get(code)) for code, words, part, whole in said
        ]
        return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage in words, and the figure of the ledger that it is, once worked out there."""

    text: str
    words: str
    whole: int
    figure: Figure | None


def share(words: str, part: int | None, whole: int | None, figure: Figure | None) -> Share | None:
    """None of a part or a whole unknown or masked, nor of fewer pupils than a rate may be told of."""
    if part is None or whole is None or whole < SMALLEST_FOR_A_RATE:
        return None
    return Share(french.percent(100 * part / whole, 1), words, whole, figure)


def shown(school: School, day: date | None) -> dict[str, object]:
    found = figures(school, day)
    ours = [figure for figure in found if figure.series.dataset == REGISTERS and not _gone(figure)]
    worked = {(f.series.measure, f.start, f.end): f for f in found if f.series.dataset.startswith(PREFIX)}
    sessions = sessions_of(ours, worked)
    national = latest(["ecoles-production"], [("FRANCE", "F")], known_on=day)
    return {
        "lateness": None if day else lateness_of(found),
        "figures": [
            figure
            for figure in found
            if figure.series.dataset != REGISTERS and not figure.series.dataset.startswith(PREFIX)
        ],
        "pupils": [figure for figure in found if figure.series.measure == "ecole-eleves"],
        "enrolled": [f for f in ours if f.series.measure in ("ecole-inscrits", "ecole-capacite")],
        "exits": [(f, REASONS.get(f.series.breakdown, "")) for f in ours if f.series.measure == EXITS],
        "sessions": sessions,
        "rates": sessions[-1].rates if sessions else [],
        "cumulated": next((one for one in sessions if one.cumulated), None),
        "workshop": [figure for figure in ours if figure.series.measure in FACTS],
        "years": years_of(ours, worked),
        "smallest": SMALLEST_FOR_A_RATE,
        "masked": any(figure.state == State.CONFIDENTIAL for figure in ours),
        "national": list(national.values()),
    }


def _gone(figure: Figure) -> bool:
    return figure.state == State.MISSING


def figures(school: School, day: date | None = None) -> list[Figure]:
    rows = Observation.objects.visible_to(None).known_on(moment_of(day))
    found = pick(rows.filter(series__subject=school.subject_id).values_list("pk", flat=True))
    return sorted(found.values(), key=lambda f: (f.series.name, f.start or date.max, f.id))


def years_of(ours: list[Figure], worked: Worked) -> list[Share]:
    """How full the school is and who drops out, over the school years added up, or the last one."""
    found = []
    for rate, words, part, whole in (
        ("ecole-taux-remplissage", "des places sont occupées", AUTUMN, PLACES),
        ("ecole-taux-rupture", "des inscrits partent sans solution", DROPPED, AUTUMN),
    ):
        held = {(f.series.measure, f.start, f.end): f for f in ours if f.has_value}
        dates = [one[1:] for one in held if one[0] == part and (whole, *one[1:]) in held]
        # The longest count, then the latest one.
        for start, end in sorted(dates, key=lambda one: (one[1] - one[0], one[1]), reverse=True)[:1]:
            top, bottom = (int(held[measure, start, end].value) for measure in (part, whole))
            said = f"{words}, rentrées {start.year} à {end.year - 1}" if end.year - start.year > 1 else words
            if one := share(said, top, bottom, worked.get((rate, start, end))):
                found.append(one)
    return found


def sessions_of(ours: list[Figure], worked: Worked) -> list[Session]:
    """Each session, then the longest cumulation; shorter ones were of former releases."""
    by_dates: dict[tuple[date, date], dict[str, Figure]] = {}
    for figure in ours:
        if figure.series.measure in RESULTS:
            by_dates.setdefault((figure.start, figure.end), {})[figure.series.measure] = figure
    single = [(dates, held) for dates, held in sorted(by_dates.items()) if dates[0].year == dates[1].year]
    long = [(dates, held) for dates, held in by_dates.items() if dates[0].year != dates[1].year]
    rates: dict[tuple, dict[str, Figure]] = {}
    for (measure, *dates), figure in worked.items():
        rates.setdefault(tuple(dates), {})[measure] = figure
    found = [Session(f"{dates[0].year}", held, False, rates.get(dates, {})) for dates, held in single]
    if long:
        (start, end), held = max(long, key=lambda one: one[0][1])
        found.append(Session(f"{start.year} à {end.year}, cumul", held, True, rates.get((start, end), {})))
    return found
