"""Companies of a plan, told anew each time one is entered or checked: all publications together hold."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from agglo.disclosure import Cell, Relation, leaks, primary, protect
from agglo.disclosure.cells import COMPANIES
from agglo.figures.models import Observation
from agglo.figures.vocabulary import Reason, Review
from employment import company_release
from employment.company_release import ACTIVE, BORN, CHECKED, REACHED, Told, told
from employment.entering import approve_entry
from employment.models import FrozenMask, HelpedCompany, RedundancyPlan
from employment.registers import record_registers
from tests.employment.published import documents, figures
from tests.people import person

SIRENS = ("552100554", "542107651", "383474814", "632012100", "552032534", "318250719", "330703844")
MEASURES = (BORN, REACHED, CHECKED, ACTIVE)
OLD, YOUNG = date(2021, 9, 1), date.today() - timedelta(days=100)
# Each publication: place of the company entered or corrected, its birth, its end, when it was looked up.
STEPS = [
    *((place, OLD, None, None) for place in range(4)),
    (4, YOUNG, None, None),
    (0, OLD, date(2022, 5, 1), date(2025, 1, 10)),
    (1, OLD, None, date(2025, 1, 12)),
    (2, OLD, None, date(2025, 1, 14)),
    (5, OLD, None, date(2025, 2, 1)),
    (3, OLD, date(2023, 6, 1), date(2025, 2, 3)),
    (6, OLD, None, date(2025, 2, 4)),
]


@pytest.fixture
def plan(employment) -> RedundancyPlan:
    plan, author, reviewer = RedundancyPlan.objects.get(), person("staff"), person("reviewer")
    for which, born, closed, checked in STEPS:
        held = HelpedCompany.objects.in_force().filter(siren=SIRENS[which]).first()
        why = {"corrects": held, "reason": Reason.SOURCE_REVISED, "reason_words": "Lu."} if held else {}
        row = HelpedCompany.objects.create(
            plan=plan,
            siren=SIRENS[which],
            name=f"Société {which}",
            registered_on=born,
            closed_on=closed,
            checked_on=checked,
            checked_state="" if checked is None else "closed" if closed else "active",
            checked_source="Sirene" if checked else "",
            author=author,
            review=Review.SUBMITTED,
            **why,
        )
        approve_entry(row, reviewer)
    return plan


def moments(plan: RedundancyPlan) -> list[datetime]:
    """When each publication was made, oldest first."""
    return list(plan.companies.order_by("approved_at").values_list("approved_at", flat=True))


def truths(plan: RedundancyPlan) -> list[Told]:
    return [told(plan, moment) for moment in moments(plan)]


def read(plan: RedundancyPlan) -> set[tuple[int, str]]:
    """Publication and measure of each number that any card or file tells, today or as it was before."""
    said, known, found = truths(plan), moments(plan), set()
    for one in figures():
        if one["mesure"] in MEASURES and one["valeur"] not in (None, ""):
            # Files tell the second; publications of this test follow each other faster.
            at = Observation.objects.get(pk=one["identifiant"]).known_from
            place = max(n for n, moment in enumerate(known) if moment <= at)
            assert said[place].counts[one["mesure"]] == float(one["valeur"])
            found.add((place, one["mesure"]))
    return found


def attack(said: list[Told], seen: set[tuple[int, str]]) -> dict:
    """The equations of every publication; a number that did not move is one unknown."""
    cells: dict[tuple, Cell] = {}
    relations, shown = [], set()
    last: dict[str, tuple] = {}
    for place, one in enumerate(said):
        here, ties = one.release
        names = {}
        for cell in here:
            former = last.get(cell.key)
            name = former if former and cells[former].value == cell.value else (place, cell.key)
            names[cell.key] = last[cell.key] = name
            cells[name] = Cell(name, cell.value)
            if (place, cell.key) in seen:
                shown.add(name)
        relations += [
            Relation({names[k]: f for k, f in tie.terms.items()}, tie.low, tie.high) for tie in ties
        ]
    every = list(cells.values())
    return leaks(every, relations, set(cells) - shown, primary(every, COMPANIES), COMPANIES)


def test_nothing_public_pins_a_masked_number_of_companies(plan):
    seen = read(plan)
    assert {measure for _, measure in seen} >= {BORN}
    assert attack(truths(plan), seen) == {}


def test_masks_made_night_after_night_would_not_have_held(plan):
    """What each publication would mask for itself, read together, gives a few companies away."""
    said, seen = truths(plan), set()
    for place, one in enumerate(said):
        cells, ties = one.release
        mask = protect(cells, ties, COMPANIES)
        seen |= {(place, cell.key) for cell in cells if cell.key not in mask and cell.key in MEASURES}
    assert attack(said, seen)


def test_the_attack_sees_a_number_told_elsewhere(plan):
    seen = read(plan) | {(len(STEPS) - 1, measure) for measure in MEASURES}
    assert attack(truths(plan), seen)


def test_recording_every_night_freezes_no_new_mask_and_writes_nothing(plan):
    before = FrozenMask.objects.count()
    again = record_registers()
    assert (again.added, again.revised) == (0, 0)
    assert FrozenMask.objects.count() == before


def test_no_page_writes_a_masked_number(plan):
    new, mask = company_release.publish(plan, timezone.now())
    hidden = {one for one in MEASURES if one in mask}
    assert hidden, "this plan needs a number masked today"
    assert all(new.counts[one] for one in hidden)
    page = documents([None])["/plans/bridgestone-bethune/"]
    facts = page[page.index('id="creations"') :].split("</section>")[0]
    assert facts.count("secret statistique") == len(hidden)


def test_what_nothing_protects_any_more_is_not_told_and_the_night_goes_on(plan):
    """Publications of before showed everything: what moves by one company since is masked whole."""
    FrozenMask.objects.filter(release__startswith="entreprises:").update(mask={})
    row = HelpedCompany.objects.in_force().get(siren=SIRENS[6])
    HelpedCompany.objects.filter(pk=row.pk).update(closed_on=date(2022, 1, 1), checked_state="closed")
    new, mask = company_release.publish(plan, timezone.now())
    shown = {(len(STEPS), one) for one in MEASURES if one not in mask}
    before = {(place, one) for place in range(len(STEPS)) for one in MEASURES}
    told_before = set(attack(truths(plan), before))
    assert set(attack([*truths(plan), new], before | shown)) <= told_before | {(len(STEPS), "closed")}
