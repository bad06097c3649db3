"""Pages kept as one answer: whole, replayable, dated by the month they were asked in."""

import json

import pytest

from agglo.indicators import bundling
from agglo.opendata.declaration import find
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.models import RawAnswer, Run, Status
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(replay):
    """Two pages, as the door gives them."""
    replay.play("/a", Reply(b'{"n": 1}'), Reply(b'{"n": 2}'))
    with Door(find("cerema-cartofriches"), base_url=replay.url) as door:
        return [door.get("/a", {"page": 1}), door.get("/a", {"page": 2})]


def test_every_page_is_there_with_what_was_asked(asked):
    held = list(bundling.pages(bundling.bundle(asked, "x", "2026-11")))
    assert [(page.body, page.asked("page")) for page in held] == [({"n": 1}, "1"), ({"n": 2}, "2")]


def test_the_host_is_left_out_so_that_a_mirror_gives_the_same_bytes(asked, replay):
    assert replay.url not in bundling.bundle(asked, "x", "2026-11").text()


def test_the_same_pages_a_month_later_are_another_answer(asked):
    from copy import copy

    contents = [json.dumps(answer.json()).encode() for answer in asked]
    first = bundling.bundle([copy(answer) for answer in asked], "x", "2026-11")
    for answer, content in zip(asked, contents, strict=True):
        answer.path.parent.mkdir(parents=True, exist_ok=True)
        answer.path, answer.packed = answer.path.with_suffix(".json"), False
        answer.path.write_bytes(content)
    second = bundling.bundle(asked, "x", "2026-12")
    assert first.checksum != second.checksum
    assert (bundling.month(first), bundling.month(second)) == ("2026-11", "2026-12")


def test_the_files_of_the_pages_go_unless_a_run_stands_on_them(asked):
    kept, gone = asked
    run = Run.objects.create(code="x", status=Status.QUEUED)
    RawAnswer.objects.create(
        run=run, url=kept.url, checksum=kept.checksum, size=kept.size, received_at=kept.received_at
    )
    bundling.bundle(asked, "x", "2026-11")
    assert kept.path.exists()
    assert not gone.path.exists()


def test_a_plain_page_reads_as_the_only_one(asked):
    (page,) = bundling.pages(asked[0])
    assert (page.body, page.path) == ({"n": 1}, "/a?page=1")


def test_a_damaged_bundle_is_refused_in_french(read):
    with pytest.raises(WrongAnswer, match="recueil"):
        list(bundling.pages(read(b'{"period": "2026-11", "pages": [{"body": 1}]}')))
