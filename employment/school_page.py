"""What is known of a school: figures of the ledger, cohorts as counts, never a rate of a few pupils."""

from dataclasses import dataclass
from datetime import date

from agglo.charts import french
from agglo.figures.figure import Figure
from agglo.figures.models import Observation
from agglo.figures.picking import pick
from agglo.figures.reading import latest, moment_of
from agglo.figures.vocabulary import State
from agglo.opendata.lateness import lateness_of

from .models import Exit, School
from .school_release import FACTS, RESULTS

SMALLEST_FOR_A_RATE = 30
REGISTERS, EXITS = "registres-emploi", "ecole-sorties"
REASONS = {f"RAISON={why.value.upper()}": why.label for why in Exit.Why}


@dataclass(frozen=True, slots=True)
class Session:
    """Results of one session, or of several cumulated; a masked number says « s »."""

    title: str
    figures: dict[str, Figure]
    cumulated: bool

    @property
    def cells(self) -> list[Figure | None]:
        return [self.figures.get(measure) for measure in RESULTS]

    def value(self, measure: str) -> int | None:
        held = self.figures.get(measure)
        return int(held.value) if held is not None and held.has_value else None

    def share(self, part: str, whole: int | None) -> str:
        """A percentage, as long as it is not one of a few pupils."""
        top = self.value(part)
        if top is None or whole is None or whole < SMALLEST_FOR_A_RATE:
            return ""
        return french.percent(100 * top / whole, 1)

    @property
    def rates(self) -> list[str]:
        presented, entrants = self.value("ecole-presentes"), self.value("ecole-entrants")
        further = self.value("ecole-poursuites")
        leaving = presented - further if None not in (presented, further) else None
        said = (
            ("des présentés sont reçus", self.share("ecole-recus", presented)),
            ("des entrés sont reçus", self.share("ecole-recus", entrants)),
            ("des sortants ont un emploi à 6 mois", self.share("ecole-en-emploi-6", leaving)),
            ("des sortants ont un emploi à 12 mois", self.share("ecole-en-emploi-12", leaving)),
        )
        return [f"{rate} {words}" for words, rate in said if rate]


def shown(school: School, day: date | None) -> dict[str, object]:
    found = figures(school, day)
    ours = [figure for figure in found if figure.series.dataset == REGISTERS and not _gone(figure)]
    sessions = sessions_of(ours)
    national = latest(["ecoles-production"], [("FRANCE", "F")], known_on=day)
    return {
        "lateness": None if day else lateness_of(found),
        "figures": [figure for figure in found if figure.series.dataset != REGISTERS],
        "pupils": [figure for figure in found if figure.series.measure == "ecole-eleves"],
        "enrolled": [f for f in ours if f.series.measure in ("ecole-inscrits", "ecole-capacite")],
        "exits": [(f, REASONS.get(f.series.breakdown, "")) for f in ours if f.series.measure == EXITS],
        "sessions": sessions,
        "cumulated": next((one for one in sessions if one.cumulated), None),
        "workshop": [figure for figure in ours if figure.series.measure in FACTS],
        "masked": any(figure.state == State.CONFIDENTIAL for figure in ours),
        "national": list(national.values()),
    }


def _gone(figure: Figure) -> bool:
    return figure.state == State.MISSING


def figures(school: School, day: date | None = None) -> list[Figure]:
    rows = Observation.objects.visible_to(None).known_on(moment_of(day))
    found = pick(rows.filter(series__subject=school.subject_id).values_list("pk", flat=True))
    return sorted(found.values(), key=lambda f: (f.series.name, f.start or date.max, f.id))


def sessions_of(ours: list[Figure]) -> list[Session]:
    """Each session, then the longest cumulation; shorter ones were of former releases."""
    by_dates: dict[tuple[date, date], dict[str, Figure]] = {}
    for figure in ours:
        if figure.series.measure in RESULTS:
            by_dates.setdefault((figure.start, figure.end), {})[figure.series.measure] = figure
    single = [(dates, held) for dates, held in sorted(by_dates.items()) if dates[0].year == dates[1].year]
    long = [(dates, held) for dates, held in by_dates.items() if dates[0].year != dates[1].year]
    found = [Session(f"{start.year}", held, False) for (start, _), held in single]
    if long:
        (start, end), held = max(long, key=lambda one: one[0][1])
        found.append(Session(f"{start.year} à {end.year}, cumul", held, True))
    return found
