"""A small school, session after session and corrected once: nothing public pins a masked number."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from agglo.disclosure import Cell, Relation, leaks, primary, protect
from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Observation
from agglo.figures.vocabulary import Reason, Review
from agglo.indicators.loading import load_indicators
from employment.entering import approve_entry
from employment.models import Enrolment, Exit, Programme, Result, SchoolReport
from employment.school_page import SMALLEST_FOR_A_RATE
from employment.school_release import RESULTS, cells_of, numbers, reports
from tests.employment.published import documents, figures
from tests.people import person

# Of each report: its day, the session it tells, its six results, pupils who dropped out; whether it corrects.
TOLD = [
    (date(2023, 11, 1), 2023, (12, 10, 9, 4, 3, 4), 2, False),
    (date(2024, 11, 1), 2024, (14, 13, 7, 6, 5, 6), 1, False),
    (date(2024, 11, 1), 2024, (14, 13, 8, 6, 5, 6), 1, True),
    (date(2025, 11, 1), 2025, (15, 14, 13, 5, 6, 7), 3, False),
]
NAMES = tuple(RESULTS.values())


def known(place: int) -> datetime:
    return datetime(2026, 7, 10 + place, 12, tzinfo=UTC)


@pytest.fixture
def told(employment) -> list[SchoolReport]:
    load_indicators()
    programme, author, reviewer = Programme.objects.get(), person("staff"), person("reviewer")
    rows: list[SchoolReport] = []
    for place, (day, session, results, dropped, correction) in enumerate(TOLD):
        why = {"reason": Reason.ENTRY_ERROR, "reason_words": "Un reçu oublié."} if correction else {}
        row = SchoolReport.objects.create(
            school=programme.school,
            as_of=day,
            source="École",
            author=author,
            review=Review.SUBMITTED,
            corrects=rows[-1] if correction else None,
            **why,
        )
        Enrolment.objects.create(report=row, programme=programme, pupils=12 + place, capacity=16)
        Exit.objects.create(
            report=row, programme=programme, year=session - 1, why=Exit.Why.DROPPED, pupils=dropped
        )
        Result.objects.create(
            report=row, programme=programme, year=session, **dict(zip(NAMES, results, strict=True))
        )
        rows.append(approve_entry(row, reviewer, known(place)))
    return rows


def truths(rows: list[SchoolReport]) -> list[dict]:
    return [numbers(row.school, reports(row.school, row.approved_at)) for row in rows]


def read(rows: list[SchoolReport]) -> set[tuple[int, tuple]]:
    """Place of the release and key of each number that cards, files and pages tell."""
    found, truth = set(), truths(rows)
    days = [known(place).date() for place in range(len(rows))]
    for one in figures():
        if one["code_sujet"] != "ep2b" or one["valeur"] in (None, "") or "registre" not in one["edition"]:
            continue
        at = datetime.fromisoformat(one["connu_depuis"]).date()
        until = one["connu_jusqua"]
        dates = (date.fromisoformat(one["periode_debut"]), date.fromisoformat(one["periode_fin"]))
        key = (one["mesure"], one["ventilation"], *dates)
        for place, day in enumerate(days):
            held = at <= day and (until is None or datetime.fromisoformat(until).date() > day)
            if held and key in truth[place]:
                assert truth[place][key] == float(one["valeur"])
                found.add((place, key))
    return found


def attack(rows: list[SchoolReport], seen: set[tuple[int, tuple]]) -> dict:
    """The equations of every release; a number that did not move is one unknown."""
    cells: dict[tuple, Cell] = {}
    relations, shown, before = [], set(), {}
    for place, said in enumerate(truths(rows)):
        here, ties = cells_of(said)
        names = {}
        for cell in here:
            held = before.get(cell.key)
            name = held[0] if held and held[1] == cell.value else (place, cell.key)
            names[cell.key], before[cell.key] = name, (name, cell.value)
            cells[name] = Cell(name, cell.value)
            if (place, cell.key) in seen:
                shown.add(name)
        relations += [
            Relation({names[k]: f for k, f in one.terms.items()}, one.low, one.high) for one in ties
        ]
    every = list(cells.values())
    return leaks(every, relations, set(cells) - shown, primary(every, PEOPLE), PEOPLE)


def test_nothing_public_pins_a_masked_number_of_a_school(told):
    seen = read(told)
    assert any(key[0] == "ecole-inscrits" for _, key in seen)
    assert attack(told, seen) == {}


def test_sessions_protected_one_by_one_would_not_have_held(told):
    """What is masked release by release is found again by taking away two cumulations."""
    seen = set()
    for place, said in enumerate(truths(told)):
        mask = protect(*cells_of(said), PEOPLE)
        seen |= {(place, key) for key in said if key not in mask}
    assert attack(told, seen)


def test_the_attack_sees_a_session_published_whole(told):
    seen = read(told) | {(0, key) for key in truths(told)[0]}
    assert attack(told, seen)


def test_no_document_writes_a_masked_number_nor_a_rate_of_few_pupils(told):
    papers = documents([*(known(place).date() for place in range(len(told))), None])
    page = papers["/ecoles/ep2b/"]
    results = page[page.index('id="resultats"') :].split("</section>")[0]
    assert ">s</td>" in results
    assert "nombre masqué" in results
    presented = sum(one[2][1] for one in TOLD if not one[4] and one[1] != 2024) + 13
    assert presented >= SMALLEST_FOR_A_RATE
    for place in range(2):
        early = papers[f"/ecoles/ep2b/?connu_le={known(place).date()}"]
        shown = early[early.index('id="resultats"') :].split("</section>")[0]
        assert not re.search(r"\d\s*%", shown.replace("\u202f", " ")), "a rate of a few pupils"
    for code in ("FOR-06", "FOR-07", "FOR-08"):
        assert json.loads(papers[f"/indicateurs/{code}.json"])


def test_what_was_masked_once_stays_masked(told):
    rows = Observation.objects.filter(
        series__measure_version__measure__code="ecole-ruptures", period_end__year=2023
    )
    assert {row.value for row in rows} == {None}
