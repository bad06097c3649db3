"""Which formulas the ledger has outdated: their results today differ from those of their last good run."""

import hashlib

from django.core.cache import cache

from agglo.figures.reading import stamp
from agglo.opendata.models import Cause, Run
from agglo.opendata.queueing import queue

from .declaring import computed, work_out
from .formula import Formula
from .held import Held
from .totals import Total

SEEN = "opendata.formulas.stamp"
NOTHING = b'"results":[]'


def queue_changed() -> list[str]:
    """Queue a run for each formula whose results have changed; nothing is read when the ledger has not.

    Returns the codes queued. A formula that never had a result is not run for having none.
    """
    now = stamp()
    if cache.get(SEEN) == now:
        return []
    codes = changed()
    for code in codes:
        queue(code, cause=Cause.SCHEDULE)
    cache.set(SEEN, now, timeout=24 * 3600)
    return codes


def changed() -> list[str]:
    """Codes of the formulas to work out again, by one reading of all their inputs."""
    formulas = computed()
    last = _last_checksums(list(formulas))
    held = Held(one for formula in formulas.values() for one in formula.inputs.values())
    return [code for code, formula in formulas.items() if _differs(formula, held, last.get(code))]


def _differs(formula: Formula | Total, held: Held, known: str | None) -> bool:
    content = work_out(formula, held)
    if known is None:
        return NOTHING not in content
    return hashlib.sha256(content).hexdigest() != known


def _last_checksums(codes: list[str]) -> dict[str, str]:
    """Checksum of the answer of the last good run of each dataset."""
    good = Run.objects.good().filter(code__in=codes)
    rows = Run.objects.filter(pk__in=good.last_ids()).values_list("code", "answers__checksum")
    return {code: checksum for code, checksum in rows if checksum}
