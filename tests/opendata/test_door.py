"""Where the door goes, how long it insists, and what it brings back."""

import time
from dataclasses import replace

import pytest

from agglo.opendata import archive
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, RetryableError
from tests.opendata.conftest import row, table
from tests.opendata.toy import TOY_TABLE
from tests.replay.server import Reply, spoiled

pytestmark = pytest.mark.django_db  # turns of hosts are kept there
BODY = table(row())


@pytest.fixture
def door(replay):
    with Door(TOY_TABLE, base_url=replay.url) as door:
        yield door


def test_a_busy_service_is_asked_again_after_the_time_it_says(door, replay):
    replay.play("/a", Reply(status=429, headers={"Retry-After": "1"}), Reply(BODY, "text/csv"))
    before = time.monotonic()
    assert door.get("/a").read() == BODY
    assert time.monotonic() - before >= 1
    assert len(replay.asked("/a")) == 2


def test_a_wait_too_long_is_left_to_the_next_schedule(door, replay):
    replay.play("/a", Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(RetryableError, match="ralentir"):
        door.get("/a")
    assert len(replay.asked("/a")) == 1


@pytest.mark.parametrize("fault", ["500", "502", "drop", "cut", "truncated-gzip"])
def test_a_passing_fault_is_tried_again(door, replay, fault):
    good = Reply(BODY, "text/csv")
    replay.play("/a", spoiled(fault, good), good)
    assert door.get("/a").read() == BODY


def test_a_lasting_fault_is_tried_a_bounded_number_of_times(door, replay):
    replay.play("/a", Reply(status=503))
    with pytest.raises(RetryableError):
        door.get("/a")
    assert len(replay.asked("/a")) == 3


def test_a_connector_may_know_that_an_error_is_final(replay):
    def explain(status, body):
        if status == 500 and body.startswith("Le serveur a rencontré"):
            return FinalError("Melodi ne connaît pas ce jeu de données.")
        return None

    replay.play("/a", spoiled("500", Reply()))
    known = replace(TOY_TABLE, explain=explain)
    with Door(known, base_url=replay.url) as door, pytest.raises(FinalError, match="ne connaît pas ce jeu"):
        door.get("/a")
    assert len(replay.asked("/a")) == 1


def test_an_address_nobody_allowed_is_not_visited(door, replay):
    for elsewhere in ("http://autre.example/a", "file:///etc/passwd", f"http://127.0.0.1:{1}/a"):
        with pytest.raises(FinalError):
            door.get(elsewhere)
    assert replay.seen == []


def test_a_declared_host_that_leads_to_a_private_address_is_refused(replay):
    with (
        Door(replace(TOY_TABLE, base_url=replay.url)) as door,
        pytest.raises(FinalError, match="réseau privé"),
    ):
        door.get("/a")
    assert replay.seen == []


def test_a_redirect_inside_the_allowed_place_is_followed(door, replay):
    replay.play("/old", Reply(status=301, headers={"Location": "/new"}))
    replay.play("/new", Reply(BODY, "text/csv"))
    assert door.get("/old").url == f"{replay.url}/new"


def test_a_redirect_without_end_is_given_up(door, replay):
    replay.play("/loop", Reply(status=302, headers={"Location": "/loop"}))
    with pytest.raises(FinalError, match="sans fin"):
        door.get("/loop")


def test_a_link_to_the_declared_host_goes_to_the_mirror(door, replay):
    replay.play("/data/TOYS", Reply(BODY, "text/csv"))
    assert (
        door.get("https://api.jouets.example/data/TOYS", {"page": 2}).url == f"{replay.url}/data/TOYS?page=2"
    )


def test_the_mirror_may_come_from_the_settings(replay, settings):
    replay.play("/a", Reply(BODY, "text/csv"))
    for key in ("toy-table", "api.jouets.example"):
        settings.OPENDATA_BASE_URLS = {key: replay.url}
        with Door(TOY_TABLE) as door:
            assert door.get("/a").read() == BODY


def test_the_same_bytes_are_archived_once_compressed_and_come_back_whole(door, replay):
    replay.play("/a", Reply(BODY * 100, "text/csv"))
    first, second = door.get("/a"), door.get("/a")
    assert first.path == second.path == archive.locate(first.checksum)[0]
    assert first.path.stat().st_size < len(BODY) * 10
    assert second.read() == BODY * 100


def test_nothing_half_received_stays_in_the_archive(door, replay, settings):
    replay.play("/a", spoiled("cut", Reply(BODY, "text/csv")))
    with pytest.raises(RetryableError):
        door.get("/a")
    assert [path for path in settings.OPENDATA_ARCHIVE.rglob("*") if path.is_file()] == []


class Listening:
    """A beat that keeps how many bytes were announced to it."""

    def __init__(self):
        self.heard = []

    def __call__(self):
        pass

    def received(self, done, length, rank):
        self.heard.append(done)


@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_drop_by_drop_is_left_before_its_end(replay, settings, impatient, status):
    """Drops are seen one by one: the lease is renewed meanwhile and the time allowed is looked at."""
    settings.OPENDATA_RETRIES = 0
    impatient("drip")
    dripping = spoiled("drip", Reply(BODY * 10, "text/csv", status))
    replay.play("/a", dripping)
    listening = Listening()
    with Door(TOY_TABLE, base_url=replay.url, beat=listening) as door, pytest.raises(RetryableError):
        door.get("/a")
    assert replay.dripped < len(dripping.body)
    assert (len(listening.heard) > 1) == (status == 200)


def test_the_door_says_who_we_are(door, replay, settings):
    settings.OPENDATA_CONTACT = "observatoire@agglo.example"
    replay.play("/a", Reply(BODY, "text/csv"))
    with Door(TOY_TABLE, base_url=replay.url) as door:
        door.get("/a")
    assert "observatoire@agglo.example" in replay.seen[-1].headers["user-agent"]
