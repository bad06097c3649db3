"""Every official format × every fault of content, through its real declaration: cells are in
`tests/replay/contents.py`.

Whatever arrives, yesterday's figures stand, save where the source itself now says that a figure is secret.
"""

import pytest

from agglo.figures.vocabulary import State
from agglo.opendata.models import RefusedRow, Run
from tests.opendata.playing import held, loaded, run, spoil
from tests.replay.contents import CELLS
from tests.replay.faults import FAULTS, Cell
from tests.replay.formats import FORMATS

pytestmark = pytest.mark.django_db
PLAYED = [
    (format, fault)
    for format, cells in CELLS.items()
    for fault, cell in cells.items()
    if isinstance(cell, Cell)
]


def test_every_format_says_something_of_every_fault():
    assert set(CELLS) == set(FORMATS)
    assert [name for name, cells in CELLS.items() if set(cells) != set(FAULTS)] == []
    left_out = [cell for cells in CELLS.values() for cell in cells.values() if not isinstance(cell, Cell)]
    assert all(len(reason) > 20 for reason in left_out)
    assert len(PLAYED) > 100


@pytest.mark.parametrize(("name", "fault"), PLAYED)
def test_what_is_wrong_inside_is_said_and_spoils_nothing(name, fault, replay, settings):
    cell = CELLS[name][fault]
    with loaded(FORMATS[name], replay, settings) as format:
        yesterday = held()
        touched = spoil(format, replay, cell.change, cell.path)
        done = run(format, replay, force=True)
        assert any(touched), "the fault found nothing to spoil"
        said = " ".join([done.error, *RefusedRow.objects.filter(run=done).values_list("reason", flat=True)])
        assert cell.words in said, f"{done.status} {said} {done.detail}"
        assert "imprévue" not in done.error, done.detail
        OUTCOMES[cell.outcome](done, yesterday)


def stopped(done: Run, yesterday: list):
    assert done.status in ("failed", "implausible"), f"{done.status} {done.error}"
    assert held() == yesterday


def refused(done: Run, yesterday: list):
    """Kept aside; few rows being many of a small answer, the run may be held for it."""
    assert done.refused
    assert done.status in ("succeeded", "unchanged", "implausible"), done.error
    assert held() == yesterday


def same(done: Run, yesterday: list):
    assert done.status == "unchanged", done.error
    assert held() == yesterday


def hidden(done: Run, yesterday: list):
    """Some figures lost their value: none became zero, none was withdrawn."""
    assert (done.status, done.withdrawn) == ("succeeded", 0), done.error
    now = {row[:2]: row[2:] for row in held()}
    was = {row[:2]: row[2:] for row in yesterday}
    changed = [now[key] for key in was if now[key] != was[key]]
    assert now.keys() == was.keys()
    assert any(value is None and state != State.VALUE for value, state in changed)
    assert all(value != 0 for value, _ in changed)


OUTCOMES = {"stopped": stopped, "refused": refused, "same": same, "hidden": hidden}
