"""How often a host may be asked, all workers together: one row per host holds the next free moment.

`take` is one UPDATE … RETURNING, outside any load: it books the next free turn (GCRA) and says how long
until then. A host that asked to be left alone (Retry-After) is paused for everybody. PostgreSQL keeps this
because the embedded start has no Redis, and because turns must outlive a worker.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep

from django.conf import settings
from django.db import connection, models

from agglo.opendata.errors import RetryableError

# Published by the producer: api.insee.fr, recherche-entreprises, sdmx.oecd.org, geo.api. Told by users:
# Géorisques. Ours, out of caution: the others. `OPENDATA_LIMITS` adds to it or changes it.
LIMITS = {
    "api.insee.fr": "30/min",
    "www.insee.fr": "30/min",
    "bdm.insee.fr": "30/min",
    "recherche-entreprises.api.gouv.fr": "7/s",
    "sdmx.oecd.org": "60/h",
    "geo.api.gouv.fr": "10/s",
    "apidf-preprod.cerema.fr": "5/s",
    "www.georisques.gouv.fr": "5/s",
}
OTHERS = "10/s"
PERIODS = {"s": 1, "min": 60, "h": 3600, "day": 86400}
# Requests booked evenly may still arrive closer together than they left.
MARGIN = 1.05


class HostTurn(models.Model):
    """The next free moment of one host, and until when it asked to be left alone."""

    host = models.CharField("hôte", max_length=255, primary_key=True)
    next_at = models.DateTimeField("prochain tour libre")
    paused_until = models.DateTimeField("laissé en paix jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "tour d’un hôte"
        verbose_name_plural = "tours des hôtes"

    def __str__(self) -> str:
        return self.host


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` requests in any `seconds`, of which `burst` at once; `OPENDATA_PACE` 0 sets none."""

    most: int
    seconds: float

    @classmethod
    def read(cls, text: str) -> "Rate":
        """`30/min`, `7/s`, `60/h`. Raises ValueError."""
        found = re.fullmatch(r"(\d+)/(\w+)", text.strip())
        if not found or found[2] not in PERIODS or not int(found[1]):
            raise ValueError(
                f"«\u202f{text}\u202f» n’est pas une limite\u00a0: écrivez par exemple 30/min, 7/s ou 60/h."
            )
        return cls(int(found[1]), PERIODS[found[2]])

    @property
    def burst(self) -> int:
        return max(1, self.most // 3)

    @property
    def interval(self) -> float:
        """Seconds from one turn to the next: a burst, then even turns, never pass `most` in any window."""
        return settings.OPENDATA_PACE * MARGIN * self.seconds / (self.most - self.burst + 1)

    @property
    def ahead(self) -> float:
        """How many seconds of turns may be taken at once."""
        return (self.burst - 1) * self.interval


def rate_of(host: str) -> Rate:
    """`host` may carry a port; settings may name it with or without."""
    named = LIMITS | settings.OPENDATA_LIMITS
    return Rate.read(named.get(host) or named.get(host.partition(":")[0]) or OTHERS)


def take(host: str, beat: Callable[[], None] = lambda: None) -> None:
    """Book the next turn of a host and wait for it. Raises RetryableError when it is too far away."""
    rate, longest = rate_of(host), settings.OPENDATA_LONGEST_WAIT
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO opendata_hostturn (host, next_at) SELECT %s, clock_timestamp()"
            " WHERE NOT EXISTS (SELECT 1 FROM opendata_hostturn WHERE host = %s) ON CONFLICT DO NOTHING",
            [host, host],
        )
        cursor.execute(
            "UPDATE opendata_hostturn SET next_at = greatest(next_at, paused_until, clock_timestamp())"
            " + make_interval(secs => %(interval)s) WHERE host = %(host)s"
            " AND greatest(next_at - make_interval(secs => %(ahead)s), paused_until)"
            " < clock_timestamp() + make_interval(secs => %(longest)s)"
            " RETURNING extract(epoch FROM greatest(paused_until,"
            " next_at - make_interval(secs => %(interval)s + %(ahead)s)) - clock_timestamp())",
            {"host": host, "interval": rate.interval, "ahead": rate.ahead, "longest": longest},
        )
        booked = cursor.fetchone()
    if booked is None:
        raise _too_far(host)
    wait(float(booked[0]), beat)
    while (left := paused(host)) > 0:  # somebody was told to slow down while we waited
        if left > longest:
            raise _too_far(host)
        wait(left, beat)


def pause(host: str, seconds: float) -> None:
    """Leave a host alone for that long, all workers together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO opendata_hostturn (host, next_at, paused_until) VALUES (%(host)s, clock_timestamp(),"
            " clock_timestamp() + make_interval(secs => %(seconds)s)) ON CONFLICT (host) DO UPDATE"
            " SET paused_until = greatest(opendata_hostturn.paused_until, excluded.paused_until)",
            {"host": host, "seconds": min(seconds, PERIODS["day"])},
        )


def paused(host: str) -> float:
    """For how many seconds a host is still to be left alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM paused_until - clock_timestamp()) FROM opendata_hostturn"
            " WHERE host = %s AND paused_until > clock_timestamp()",
            [host],
        )
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


def wait(seconds: float, beat: Callable[[], None]) -> None:
    """Sleep, giving a sign of life every second."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        beat()
        sleep(min(left, 1))


def _too_far(host: str) -> RetryableError:
    name = host.partition(":")[0]
    return RetryableError(
        f"Le service {name} a demandé d’attendre, ou son quota est épuisé\u00a0: il n’a pas été sollicité.",
        f"{host}\u00a0: encore {paused(host):.0f} s de pause demandée",
    )
