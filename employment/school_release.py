"""What a school’s reports add up to, and which of these few pupils’ numbers may be shown."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from agglo.disclosure import Cell, Relation, Release, protect_release
from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Observation

from .models import Exit, Programme, School, SchoolReport

Key = tuple[str, str, date, date]  # measure, breakdown, first and last day
RESULTS = {
    "ecole-entrants": "entrants",
    "ecole-presentes": "presented",
    "ecole-recus": "passed",
    "ecole-poursuites": "further",
    "ecole-en-emploi-6": "working_6",
    "ecole-en-emploi-12": "working_12",
}
FACTS = {"ecole-machines": "machines", "ecole-commandes": "orders", "ecole-partenaires": "partners"}
# What a reader takes away from a total to find those who did not: total, part, name of the rest.
RESTS = (
    ("ecole-presentes", "ecole-recus", "refusés"),
    ("ecole-entrants", "ecole-presentes", "absents"),
    ("ecole-presentes", "ecole-poursuites", "sortants"),
    ("sortants", "ecole-en-emploi-6", "sans emploi à 6 mois"),
    ("sortants", "ecole-en-emploi-12", "sans emploi à 12 mois"),
    ("ecole-inscrits-rentree", "ecole-ruptures", "restés"),
)
NOT_PEOPLE = {"ecole-capacite", "ecole-places-rentree", *FACTS}
# Below, a rate of pupils says nothing and may tell of one: counts are shown, and years added up.
SMALLEST_FOR_A_RATE = 30
AUTUMN, PLACES, DROPPED = "ecole-inscrits-rentree", "ecole-places-rentree", "ecole-ruptures"
# What is added up over the same school years, to be divided.
TOGETHER = ((AUTUMN, PLACES), (AUTUMN, DROPPED))


def reports(school: School, moment: datetime | None = None) -> list[SchoolReport]:
    """Those in force at that moment, oldest situation first."""
    held = school.reports.in_force(moment).order_by("as_of", "approved_at")
    return list(held.prefetch_related("enrolments__programme", "exits", "results"))


def numbers(school: School, told: Iterable[SchoolReport]) -> dict[Key, int]:
    """Sums over programmes, where every programme is told; a later report takes the place of an earlier one.

    Results are given by session and cumulated over all sessions.
    """
    programmes = list(school.programmes.all())
    found: dict[Key, int] = {}
    for report in told:
        day = report.as_of
        for measure, name in FACTS.items():
            if (value := getattr(report, name)) is not None:
                found[measure, "", day, day] = value
        sums: dict[Key, list[int | None]] = defaultdict(list)
        for one in report.enrolments.all():
            sums["ecole-inscrits", "", day, day].append(one.pupils)
            sums["ecole-capacite", "", day, day].append(one.capacity or one.programme.capacity)
        for left in report.exits.all():
            year = date(left.year, 9, 1), date(left.year + 1, 8, 31)
            sums["ecole-sorties", f"RAISON={left.why.upper()}", *year].append(left.pupils)
            if left.why == Exit.Why.DROPPED:
                sums["ecole-ruptures", "", *year].append(left.pupils)
        for result in report.results.all():
            year = date(result.year, 1, 1), date(result.year, 12, 31)
            for measure, name in RESULTS.items():
                sums[measure, "", *year].append(getattr(result, name))
        for key, values in sums.items():
            if len(values) == expected(programmes, key) and None not in values:
                found[key] = sum(values)
    found |= autumns(found)
    return found | cumulated(found) | added_up(found)


def expected(programmes: Iterable[Programme], key: Key) -> int:
    """How many programmes must tell this number for its sum to be whole: those that had pupils then."""
    measure, _, start, end = key
    if measure in RESULTS:
        return sum(one.examines(end.year) for one in programmes)
    return sum(one.teaches(end if start == end else start) for one in programmes)


def autumns(found: dict[Key, int]) -> dict[Key, int]:
    """Of each school year the pupils, and places, told nearest to the fifteenth of October."""
    days = {day for measure, _, day, _ in found if measure == "ecole-inscrits" and day.month >= 9}
    nearest = sorted(days, key=lambda day: (abs(day - date(day.year, 10, 15)), day), reverse=True)
    said = {}
    for year, day in {day.year: day for day in nearest}.items():
        for measure, one in ((AUTUMN, "ecole-inscrits"), (PLACES, "ecole-capacite")):
            if (value := found.get((one, "", day, day))) is not None:
                said[measure, "", date(year, 9, 1), date(year + 1, 8, 31)] = value
    return said


def added_up(found: dict[Key, int]) -> dict[Key, int]:
    """Pupils and places, pupils and drop-outs over the last school years in a row that tell both."""
    said = {}
    for pair in TOGETHER:
        years = {
            key[2:]
            for key in found
            if key[0] == pair[0] and (pair[1], *key[1:]) in found and (key[3] - key[2]).days < 400
        }
        row = _in_a_row(sorted(years))
        if len(row) > 1:
            for measure in pair:
                said[measure, "", row[0][0], row[-1][1]] = sum(found[measure, "", *one] for one in row)
    return said


def _in_a_row(years: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """The last ones that follow each other."""
    row: list[tuple[date, date]] = []
    for one in years:
        row = [*row, one] if row and row[-1][1] + timedelta(1) == one[0] else [one]
    return row


def cumulated(found: dict[Key, int]) -> dict[Key, int]:
    """Over all sessions, for each result that every session gives; nothing of a single session."""
    sessions = sorted({key[2:] for key in found if key[0] == "ecole-presentes"})
    if len(sessions) < 2:
        return {}
    years = sessions[0][0], sessions[-1][1]
    sums = {measure: [found.get((measure, "", *one)) for one in sessions] for measure in RESULTS}
    return {(m, "", *years): sum(values) for m, values in sums.items() if None not in values}


def cells_of(found: dict[Key, int]) -> tuple[list[Cell], list[Relation]]:
    """The numbers of people and what ties them: totals, rests, years; costs keep what spans years longest."""
    values: dict[Key, int] = {key: value for key, value in found.items() if key[0] not in NOT_PEOPLE}
    relations = []
    for whole, part, rest in RESTS:
        for dates in sorted({key[2:] for key in values}):
            total, piece, left = ((name, "", *dates) for name in (whole, part, rest))
            if total in values and values.get(piece, total) != total and values[piece] <= values[total]:
                values[left] = values[total] - values[piece]
                relations.append(Relation.of(total, [piece, left]))
    for key in [key for key in values if key[0] == DROPPED]:
        by_reason = ("ecole-sorties", "RAISON=DROPPED", *key[2:])
        relations += [Relation.of(key, [by_reason])] if by_reason in values else []
    for year in [key for key in values if key[0] == AUTUMN]:
        same = [
            key
            for key in values
            if key[0] == "ecole-inscrits" and year[2] <= key[2] <= year[3] and values[key] == values[year]
        ]
        # The autumn count is one of these, told once more.
        relations += [Relation.of(year, [same[0]])] if same else []
    long = {key for key in values if (key[3] - key[2]).days > 400}
    for key in long:
        same = [k for k in values if k[:2] == key[:2] and k not in long]
        parts = [k for k in same if key[2] <= k[2] and k[3] <= key[3]]
        if parts and sum(values[part] for part in parts) == values[key]:
            relations.append(Relation.of(key, parts))
    return [Cell(k, v, cost=9 if k in long else 1) for k, v in values.items()], relations


def released(school: School) -> list[tuple[SchoolReport, dict[Key, int], Release]]:
    """What the public could read after each approval, with what was masked then.

    Counts of autumn came to the ledger one day: before it, nobody had read them.
    """
    told = Observation.objects.filter(series__subject=school.subject_id)
    told = told.filter(series__measure_version__measure__code=AUTUMN).order_by("known_from")
    since = told.values_list("known_from", flat=True).first()
    approved = school.reports.filter(approved_at__isnull=False).order_by("approved_at", "pk")
    found = []
    for report in approved.prefetch_related("masks"):
        said = numbers(school, reports(school, report.approved_at))
        masked = {written: True for held in report.masks.all() for written in held.mask}
        cells, relations = cells_of(said)
        published = bool(report.masks.all())
        unread = published and (since is None or report.approved_at < since)
        masked_keys = frozenset(
            cell.key
            for cell in cells
            if spelled(cell.key) in masked or (unread and cell.key[0] in (AUTUMN, "restés"))
        )
        found.append((report, said, Release(cells, relations, masked_keys)))
    return found


def needed(school: School) -> dict[Key, object]:
    """What the newest report, just approved, must mask. Raises Unprotectable."""
    releases = [release for _, _, release in released(school)]
    frozen = {key for one in releases for key in one.masked}
    return protect_release(releases, len(releases) - 1, PEOPLE, frozen=frozen)


def spelled(key: Key) -> str:
    measure, breakdown, start, end = key
    return f"{measure}|{breakdown}|{start}|{end}"
