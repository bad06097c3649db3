"""A source that says when it changed is asked that first; unchanged costs one conditional request."""

import json
from dataclasses import replace

import pytest

from agglo.figures.recording import ensure_subject
from agglo.opendata import probes
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from tests.opendata.conftest import held, row, table
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db
MELODI = probes.entry("catalog/TOYS", ("modified",))


def catalogue(day, **headers):
    return Reply(json.dumps({"identifier": "TOYS", "modified": day}).encode(), headers=headers)


@pytest.fixture
def toys(ground, replay, declared):
    declared["toy-table"] = replace(declared["toy-table"], modified=MELODI)
    replay.play("/catalog/TOYS", catalogue("2026-07-23T09:00:00", ETag='"v1"'))
    replay.play("/file/TOYS", Reply(table(row()), "text/csv"))
    first = run(replay)
    assert (first.status, first.modified) == ("succeeded", "2026-07-23T09:00:00"), first.error
    replay.seen.clear()


def run(replay, **more):
    return refresh("toy-table", Options(base_url=replay.url, **more))


def test_a_dataset_that_did_not_change_costs_one_conditional_request(toys, replay):
    done = run(replay)
    assert (done.status, done.unchanged, done.read) == ("unchanged", 1, 1)
    assert [seen.path for seen in replay.seen] == ["/catalog/TOYS"]
    assert replay.seen[0].headers["if-none-match"] == '"v1"'
    third = run(replay)
    assert (third.status, len(replay.seen)) == ("unchanged", 2)


def test_an_unchanged_run_keeps_its_raw_answers_and_can_be_read_again_offline(toys, replay):
    done = run(replay)
    assert [(a.probe, a.status) for a in done.answers.all()] == [(False, 304), (True, 304)]
    replay.stop()
    again = refresh("toy-table", Options(replay=done.pk))
    assert (again.status, again.unchanged) == ("unchanged", 1)


def test_a_dataset_that_changed_is_fetched(toys, replay):
    replay.play("/catalog/TOYS", catalogue("2026-08-01T09:00:00"))
    replay.play("/file/TOYS", Reply(table(row(value="11")), "text/csv"))
    assert (run(replay).revised, len(replay.seen)) == (1, 2)
    assert held() == {("62119", 2023, ""): 11}


def test_the_same_source_is_read_again_when_we_read_it_otherwise(toys, replay, declared):
    declared["toy-table"] = replace(declared["toy-table"], version=2)
    run(replay)
    ensure_subject("COM", "62516", "Lillers", "commune")
    run(replay)
    assert len(replay.asked("/file/TOYS")) == 2


def test_a_person_may_ask_all_the_same(toys, replay):
    run(replay, force=True)
    assert len(replay.asked("/file/TOYS")) == 1


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(b"{}"), Reply(b"[]"), Reply(b"{"), Reply(b"")])
def test_a_catalogue_that_says_nothing_is_no_reason_not_to_fetch(toys, replay, reply):
    replay.play("/catalog/TOYS", reply)
    assert run(replay).status == "unchanged"
    assert len(replay.asked("/file/TOYS")) == 1


def test_a_catalogue_that_is_down_leaves_the_run_for_later(toys, replay, settings):
    settings.OPENDATA_RETRIES = 0
    replay.play("/catalog/TOYS", Reply(status=503))
    done = run(replay)
    assert (done.status, done.retryable) == ("failed", True)


def test_opendatasoft_says_when_it_processed_the_data(ground, replay, declared):
    entry = {"metas": {"default": {"modified": "2026-01-01", "data_processed": "2026-02-02"}}}
    replay.play("/api/explore/v2.1/catalog/datasets/toys", Reply(json.dumps(entry).encode()))
    replay.play("/file/TOYS", Reply(table(row()), "text/csv"))
    declared["toy-table"] = replace(declared["toy-table"], modified=probes.ods("toys"))
    assert run(replay).modified == "2026-02-02"


@pytest.mark.parametrize(
    "headers", [{"ETag": '"a"'}, {"Last-Modified": "Thu, 23 Jul 2026 08:00:00 GMT"}], ids=["etag", "date"]
)
def test_a_file_says_it_in_its_headers(ground, replay, declared, headers):
    replay.play("/file/TOYS", Reply(table(row()), "text/csv", headers=headers))
    declared["toy-table"] = replace(declared["toy-table"], modified=probes.file("/file/TOYS"))
    assert run(replay).modified == next(iter(headers.values()))
    replay.seen.clear()
    assert run(replay).status == "unchanged"
    assert len(replay.seen) == 1
