"""Masks that hold against the attack, and an attack that catches what does not."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agglo.disclosure import (
    Cell,
    Rate,
    Relation,
    Unprotectable,
    hierarchy,
    intervals,
    leaks,
    primary,
    protect,
    rates_as_bounds,
)
from agglo.disclosure import table as crossed
from agglo.disclosure.cells import COMPANIES, PEOPLE, PEOPLE_SENSITIVE, Why, shown

TOTAL = "total"


def cells_of(grid: list[list[int]]) -> tuple[list[Cell], list[Relation]]:
    rows, columns = range(len(grid)), range(len(grid[0]))
    cells = [Cell((r, c), grid[r][c]) for r in rows for c in columns]
    cells += [Cell((r, TOTAL), sum(grid[r]), cost=3) for r in rows]
    cells += [Cell((TOTAL, c), sum(line[c] for line in grid), cost=3) for c in columns]
    cells.append(Cell((TOTAL, TOTAL), sum(map(sum, grid)), cost=9))
    return cells, crossed(rows, columns)


GRID = [[20, 3, 40], [12, 18, 9], [30, 25, 7]]


def test_the_attack_catches_a_table_masked_only_by_its_threshold():
    cells, relations = cells_of(GRID)
    alone = primary(cells, PEOPLE)
    found = leaks(cells, relations, alone, alone, PEOPLE)
    assert set(found) == {(0, 1)}
    assert found[0, 1].low == pytest.approx(3) and found[0, 1].high == pytest.approx(3)


def test_the_attack_catches_an_unmasked_table():
    cells, relations = cells_of(GRID)
    assert set(leaks(cells, relations, {}, primary(cells, PEOPLE), PEOPLE)) == {(0, 1)}


def test_a_protected_table_masks_four_cells_and_keeps_its_margins():
    cells, relations = cells_of(GRID)
    mask = protect(cells, relations, PEOPLE)
    assert len(mask) == 4
    assert not any(TOTAL in key for key in mask)
    assert not leaks(cells, relations, mask, [(0, 1)], PEOPLE)


def grids(rows=(2, 4), columns=(2, 4)):
    return st.integers(*rows).flatmap(
        lambda r: st.integers(*columns).flatmap(
            lambda c: st.lists(st.lists(st.integers(0, 40), min_size=c, max_size=c), min_size=r, max_size=r)
        )
    )


@settings(max_examples=60)
@given(grids())
def test_any_protected_table_resists(grid):
    cells, relations = cells_of(grid)
    sensitive = primary(cells, PEOPLE)
    mask = protect(cells, relations, PEOPLE)
    assert not leaks(cells, relations, mask, sensitive, PEOPLE)
    assert set(sensitive) <= set(mask)


@settings(max_examples=30)
@given(grids(), st.data())
def test_what_a_release_masked_stays_masked_in_the_next(grid, data):
    cells, relations = cells_of(grid)
    before = data.draw(st.sets(st.sampled_from([cell.key for cell in cells]), max_size=3))
    assert before <= set(protect(cells, relations, PEOPLE, frozen=before))


@given(grids())
def test_the_truth_is_always_among_what_the_attacker_finds_possible(grid):
    cells, relations = cells_of(grid)
    mask = {cell.key for cell in cells[::2]}
    true = {cell.key: cell.value for cell in cells}
    for key, known in intervals(cells, relations, mask).items():
        assert known.low - 1e-6 <= true[key] <= known.high + 1e-6


def test_a_hierarchy_is_protected_from_the_top_to_the_months():
    cells = [Cell("epci", 60, cost=9), Cell("a", 25, cost=3), Cell("b", 35, cost=3)]
    cells += [Cell("a1", 2), Cell("a2", 23), Cell("b1", 15), Cell("b2", 20)]
    relations = hierarchy({"epci": ["a", "b"], "a": ["a1", "a2"], "b": ["b1", "b2"]})
    mask = protect(cells, relations, PEOPLE)
    assert set(mask) == {"a1", "a2"}


def test_a_rate_with_its_base_gives_a_masked_cell_away():
    cells = [Cell("top", 3), Cell("other", 97), Cell("base", 100, cost=9)]
    relations = [Relation.of("base", ["top", "other"])]
    mask = protect(cells, relations, PEOPLE)
    assert set(mask) == {"top", "other"}
    published = [*relations, *rates_as_bounds([Rate("top", "base", 3.0)])]
    assert set(leaks(cells, published, mask, ["top"], PEOPLE)) == {"top"}


def test_an_older_release_gives_an_unchanged_cell_away_unless_its_mask_was_frozen():
    cells = [Cell(("t1", "x"), 3), Cell(("t2", "x"), 3)]
    same = [Relation.of(("t1", "x"), [("t2", "x")])]
    assert leaks(cells, same, {("t2", "x")}, [("t2", "x")], PEOPLE)
    assert not leaks(cells, same, {("t1", "x"), ("t2", "x")}, [("t2", "x")], PEOPLE)


@pytest.mark.parametrize(
    ("value", "contributors", "largest", "why"),
    [
        (500, 2, 260, Why.FREQUENCY),
        (500, 8, 430, Why.DOMINANCE),
        (500, 8, 425, None),
        (500, 3, 200, None),
        (0, 0, 0, None),
    ],
)
def test_companies_are_masked_below_three_or_above_85_percent(value, contributors, largest, why):
    assert primary([Cell("x", value, contributors, largest)], COMPANIES).get("x") is why


@pytest.mark.parametrize(
    ("count", "five", "eleven"), [(0, 0, 0), (1, 1, 1), (4, 1, 1), (5, 0, 1), (11, 0, 0)]
)
def test_people_are_masked_below_five_or_eleven(count, five, eleven):
    assert len(primary([Cell("x", count)], PEOPLE)) == five
    assert len(primary([Cell("x", count)], PEOPLE_SENSITIVE)) == eleven


def test_what_was_quoted_elsewhere_is_not_hidden():
    assert primary([Cell("x", 2, already_public=True)], PEOPLE) == {}


def test_a_masked_cell_is_written_s_and_never_zero_or_nothing():
    assert shown(Cell("x", 3), {"x"}) == "s"
    assert shown(Cell("x", 0), {}) == 0


def least(cells, relations, sensitive) -> int:
    """The exact optimum, by trying every set of added cells from the smallest."""
    others = [cell.key for cell in cells if cell.key not in sensitive]
    for more in range(len(others) + 1):
        for added in itertools.combinations(others, more):
            if not leaks(cells, relations, {*sensitive, *added}, sensitive, PEOPLE):
                return len(sensitive) + more
    raise AssertionError("no mask holds")


def test_few_more_cells_are_masked_than_the_exact_optimum():
    ours = best = 0
    for grid in ([[20, 3, 40], [12, 18, 9], [30, 25, 7]], [[2, 30], [25, 14]], [[8, 9, 3], [4, 22, 31]]):
        cells, relations = cells_of(grid)
        flat = [Cell(cell.key, cell.value) for cell in cells]
        ours += len(protect(flat, relations, PEOPLE))
        best += least(flat, relations, primary(flat, PEOPLE))
    assert ours <= 1.2 * best


BOOK = {1: 7, 2: 5, 3: 3, 4: 4, 5: 5, 6: 1, 7: 1, 8: 4}


def book(counts: dict) -> tuple[list[Cell], list[Relation]]:
    total = Cell(TOTAL, sum(counts.values()), already_public=True)
    return [*(Cell(key, count) for key, count in counts.items()), total], [Relation.of(TOTAL, counts)]


def test_two_masked_cells_that_add_up_to_two_are_both_one():
    """Zeros are shown: a reader knows that what is masked is at least one."""
    cells, relations = book(BOOK)
    known = intervals(cells, relations, {6, 7})
    assert (known[6].low, known[6].high) == pytest.approx((1, 1))
    assert set(leaks(cells, relations, {6, 7}, {6, 7}, COMPANIES)) == {6, 7}


def test_small_cells_that_give_each_other_away_get_one_more_beside_them():
    cells, relations = book(BOOK)
    mask = protect(cells, relations, COMPANIES)
    assert {6, 7} < set(mask) and len(mask) == 3
    assert intervals(cells, relations, mask)[6].high > 1


def test_cells_that_are_all_one_cannot_be_protected_under_a_public_total():
    with pytest.raises(Unprotectable):
        protect(*book({1: 1, 2: 1, 3: 1}), COMPANIES)


def test_a_zero_masked_before_stays_possible():
    cells, relations = book({1: 0, 2: 3, 3: 20, 4: 30})
    mask = protect(cells, relations, PEOPLE, frozen={1})
    assert intervals(cells, relations, mask)[1].low == pytest.approx(0)


def by_hand(counts: dict, masked: set) -> dict:
    """What each masked count can be, by writing every book that shows the same: whole numbers from one."""
    left = sum(counts[key] for key in masked)
    told = [
        values for values in itertools.product(range(1, left + 1), repeat=len(masked)) if sum(values) == left
    ]
    return {key: {values[place] for values in told} for place, key in enumerate(sorted(masked))}


@settings(max_examples=60)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=5))
def test_no_count_of_a_protected_book_can_be_worked_out_by_hand(numbers):
    counts = dict(enumerate(numbers))
    try:
        mask = protect(*book(counts), COMPANIES)
    except Unprotectable:
        return
    assert all(len(possible) > 1 for possible in by_hand(counts, set(mask)).values())
