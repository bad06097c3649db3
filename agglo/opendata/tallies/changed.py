"""Which tallies the records have outdated: counted again, they differ from their last good run."""

import hashlib
import logging

from django.core.cache import cache
from django.utils import timezone

from agglo.opendata.models import Cause, Run
from agglo.opendata.queueing import queue

from .declaring import counted, tallies
from .tally import Tally

logger = logging.getLogger(__name__)

SEEN = "opendata.tallies.seen."
NOTHING = b'"results":[]'


def queue_changed() -> list[str]:
    """Queue a run for each tally whose results differ; one whose records did not move is not counted.

    Every night all are, since a day that ends may change a count too.
    """
    today = timezone.localdate().isoformat()
    seen = {tally: f"{today} {tally.stamp()}" for tally in tallies().values()}
    moved = {tally: now for tally, now in seen.items() if cache.get(SEEN + tally.code) != now}
    known = _last_checksums([tally.dataset for tally in moved])
    codes = []
    for tally, now in moved.items():
        if _differs(tally, known.get(tally.dataset)):
            queue(tally.dataset, cause=Cause.SCHEDULE)
            codes.append(tally.dataset)
        cache.set(SEEN + tally.code, now, timeout=24 * 3600)
    return codes


def _differs(tally: Tally, known: str | None) -> bool:
    """A count that breaks down is queued too: its run fails where staff see it, and the others go on."""
    try:
        content = counted(tally)
    except Exception:
        logger.exception("Le comptage %s a échoué.", tally.code)
        return True
    if known is None:
        return NOTHING not in content
    return hashlib.sha256(content).hexdigest() != known


def _last_checksums(codes: list[str]) -> dict[str, str]:
    """Checksum of the answer of the last good run of each dataset."""
    good = Run.objects.good().filter(code__in=codes)
    rows = Run.objects.filter(pk__in=good.last_ids()).values_list("code", "answers__checksum")
    return {code: checksum for code, checksum in rows if checksum}
