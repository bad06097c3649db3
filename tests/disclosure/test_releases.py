"""Releases read together: what one masks, the next does not give away, whatever moved between them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agglo.disclosure import Cell, Relation, Release, leaks_of, primary, protect, protect_release
from agglo.disclosure.cells import PEOPLE, Why

KEYS = ("a", "b", "c", "d")


def release(counts: dict[str, int], masked=frozenset()) -> Release:
    cells = [Cell(key, value) for key, value in counts.items()]
    cells.append(Cell("total", sum(counts.values()), cost=9))
    return Release(cells, [Relation.of("total", counts)], frozenset(masked))


def published(releases: list[dict[str, int]]) -> list[Release]:
    """One after the other, each protected beside those before it."""
    out: list[Release] = []
    for counts in releases:
        new = release(counts)
        mask = protect_release([*out, new], len(out), PEOPLE)
        out.append(Release(new.cells, new.relations, frozenset(mask)))
    return out


FIRST = {"a": 3, "b": 40, "c": 25, "d": 60}
SECOND = FIRST | {"a": 9, "c": 31}


def test_a_number_that_did_not_move_is_not_shown_beside_one_that_was_masked_with_it():
    first, second = published([FIRST, SECOND])
    (beside,) = first.masked - {"a"}
    assert beside in ("b", "c", "d")
    assert not leaks_of([first, second], PEOPLE)


def test_releases_protected_alone_leak_when_they_are_read_together():
    first = release(FIRST)
    first = Release(first.cells, first.relations, frozenset(protect(first.cells, first.relations, PEOPLE)))
    (beside,) = first.masked - {"a"}
    second = release(FIRST | {"a": 9, next(k for k in "bcd" if k != beside): 90})
    assert not primary(second.cells, PEOPLE)
    assert set(leaks_of([first, second], PEOPLE)) == {(0, "a")}


counts = st.fixed_dictionaries({key: st.integers(0, 30) for key in KEYS})
changes = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 30), max_size=2)


@settings(max_examples=40)
@given(counts, st.lists(changes, min_size=1, max_size=3))
def test_any_course_of_releases_holds(start, moved):
    said = [start]
    for change in moved:
        said.append(said[-1] | change)
    assert not leaks_of(published(said), PEOPLE)


@settings(max_examples=30)
@given(counts, changes)
def test_a_release_put_between_two_others_gives_neither_away(start, change):
    first, last = published([start, start | change])
    middle = release(start)
    mask = protect_release([first, middle, last], 1, PEOPLE)
    assert not leaks_of([first, Release(middle.cells, middle.relations, frozenset(mask)), last], PEOPLE)


def test_what_was_masked_for_a_date_stays_masked_in_its_correction():
    first = published([FIRST])[0]
    new = release(FIRST | {"a": 12})
    mask = protect_release([first, new], 1, PEOPLE, frozen=first.masked)
    assert first.masked <= set(mask)
    assert mask["a"] == Why.FROZEN


def test_the_few_that_a_wide_population_has_more_than_its_part_are_not_told():
    """830 dismissed, of whom 786 accompanied: three more creations are three people who were not."""
    wide = {"a": 118, "b": 400, "c": 312}
    narrow = {"a": 115, "b": 380, "c": 291}
    first = published([narrow])[0]
    new = release(wide)
    assert not protect_release([first, new], 1, PEOPLE)
    mask = protect_release([first, new], 1, PEOPLE, nested=[(1, 0)])
    assert "a" in mask
    told = Release(new.cells, new.relations, frozenset(mask))
    assert not leaks_of([first, told], PEOPLE, nested=[(1, 0)])
    assert leaks_of([first, new], PEOPLE, nested=[(1, 0)])


def test_what_older_releases_gave_away_stays_masked_and_bars_no_later_release():
    """Masked when a reader was thought to know less: two cells that add up to two."""
    counts = {"a": 1, "b": 1, "c": 25, "d": 60}
    cells = [Cell(key, value) for key, value in counts.items()] + [Cell("total", 87, cost=9)]
    first = Release(cells, [Relation.of("total", counts)], frozenset({"a", "b"}))
    assert leaks_of([first], PEOPLE)
    new = release(counts | {"c": 26})
    mask = protect_release([first, new], 1, PEOPLE)
    assert {"a", "b"} <= set(mask)
    small = release(counts | {"c": 26, "d": 2})
    told = Release(small.cells, small.relations, frozenset(protect_release([first, small], 1, PEOPLE)))
    assert {key for key in leaks_of([first, told], PEOPLE) if key[0] == 1} == set()
