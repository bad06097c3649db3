"""How often a host is asked: one count for all workers, and a pause that one is told holds for all."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from agglo.opendata import limits
from agglo.opendata.door import Door
from agglo.opendata.errors import RetryableError
from agglo.opendata.limits import HostTurn, Rate, rate_of, take
from tests.opendata.conftest import row, table
from tests.opendata.toy import TOY_TABLE
from tests.replay.server import Reply

BODY = table(row())


@pytest.fixture(autouse=True)
def paced(settings):
    settings.OPENDATA_PACE = 1.0


@pytest.mark.parametrize(
    ("host", "most", "seconds"),
    [
        ("api.insee.fr", 30, 60),
        ("recherche-entreprises.api.gouv.fr", 7, 1),
        ("sdmx.oecd.org", 60, 3600),
        ("ailleurs.example", 10, 1),
    ],
)
def test_published_limits_are_known(host, most, seconds):
    assert rate_of(host) == Rate(most, seconds)


def test_settings_have_the_last_word(settings):
    settings.OPENDATA_LIMITS = {"api.insee.fr": "5/min", "miroir.example": "100/s"}
    assert rate_of("api.insee.fr") == Rate(5, 60)
    assert rate_of("miroir.example:8000") == Rate(100, 1)
    with pytest.raises(ValueError, match="30/min, 7/s ou 60/h"):
        Rate.read("souvent")


@pytest.mark.parametrize("text", ["30/min", "7/s", "60/h", "1/s", "1000/day"])
def test_no_window_ever_holds_more_than_the_limit(text):
    """The turns of a host asked without rest, worked out: no window of that length holds more than `most`."""
    rate = Rate.read(text)
    turns = [max(0.0, n * rate.interval - rate.ahead) for n in range(3 * rate.most)]
    for n, start in enumerate(turns):
        assert sum(start <= turn < start + rate.seconds for turn in turns[n:]) <= rate.most


@pytest.mark.django_db(transaction=True)
def test_workers_share_one_count(settings):
    """Eight connections ask at once: the turns booked are all different and evenly spread."""
    settings.OPENDATA_LIMITS = {"lent.example": "20/s"}
    start, done, lock = timezone.now(), [], threading.Lock()

    def worker():
        for _ in range(3):
            take("lent.example")
            with lock:
                done.append(time.monotonic())
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = Rate(20, 1)
    booked = HostTurn.objects.get(host="lent.example").next_at - start
    assert len(done) == 24
    # Not one turn was booked twice: the next free moment lies twenty-four turns ahead.
    assert booked >= timedelta(seconds=24 * rate.interval)
    assert max(done) - min(done) >= 24 * rate.interval - rate.ahead - 2 * rate.interval


@pytest.mark.django_db
def test_a_turn_too_far_away_is_not_booked(settings):
    settings.OPENDATA_LIMITS, settings.OPENDATA_LONGEST_WAIT = {"rare.example": "1/h"}, 5
    take("rare.example")
    before = HostTurn.objects.get(host="rare.example").next_at
    with pytest.raises(RetryableError, match="n’a pas été sollicité"):
        take("rare.example")
    assert HostTurn.objects.get(host="rare.example").next_at == before


@pytest.mark.django_db
def test_what_one_worker_is_told_holds_for_all(replay):
    replay.play("/a", Reply(status=429, headers={"Retry-After": "3600"}), Reply(BODY, "text/csv"))
    with Door(TOY_TABLE, base_url=replay.url) as first, pytest.raises(RetryableError, match="ralentir"):
        first.get("/a")
    with Door(TOY_TABLE, base_url=replay.url) as second, pytest.raises(RetryableError, match="d’attendre"):
        second.get("/a")
    assert len(replay.seen) == 1


@pytest.mark.django_db
def test_a_pause_in_force_is_waited_for_with_signs_of_life(replay):
    beats = []
    replay.play("/a", Reply(BODY, "text/csv"))
    limits.pause(replay.url.removeprefix("http://"), 0.3)
    with Door(TOY_TABLE, base_url=replay.url, beat=lambda: beats.append(limits.paused)) as door:
        assert door.get("/a").read() == BODY
    assert limits.paused(replay.url.removeprefix("http://")) == 0
    assert len(beats) >= 2


@pytest.mark.django_db
def test_a_wait_gives_up_when_the_lease_is_lost():
    def lost():
        raise RetryableError("perdu")

    limits.pause("calme.example", 60)
    with pytest.raises(RetryableError, match="perdu"):
        take("calme.example", lost)
