"""How long raw answers are kept: what the ledger stands on for ever, what may be asked again for a while.

Kept for ever: every answer of a run that wrote a release, so that any figure can be traced to its bytes and
read again. Kept besides: the answers of the last GOOD runs of each dataset, of runs held or still on their
way, and of any run of the last RECENT days (a failure is studied soon or never). The rest leaves the disk;
its row stays, with its address, its day and its checksum.
"""

import re
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from agglo.opendata.models import ACTIVE, GOOD, RawAnswer, Run, Status

GOOD_RUNS = 5
RECENT = timedelta(days=90)
# A file nobody's run names (a look at what would change, a worker killed while it received): a week.
UNNAMED = timedelta(days=7)
_CHECKSUM = re.compile(r"^[0-9a-f]{64}$")


def needed() -> set[str]:
    """Checksums that must stay."""
    ranked = Run.objects.filter(status__in=GOOD).annotate(
        rank=Window(RowNumber(), partition_by=F("code"), order_by=F("id").desc())
    )
    last = [run.pk for run in ranked if run.rank <= GOOD_RUNS]
    keep = (
        Q(run__release__isnull=False)
        | Q(run__in=last)
        | Q(run__status__in=[*ACTIVE, Status.IMPLAUSIBLE])
        | Q(run__queued_at__gte=timezone.now() - RECENT)
    )
    return set(RawAnswer.objects.filter(keep).values_list("checksum", flat=True))


def forget_raw() -> dict[str, int]:
    """Remove what need not stay. Returns the number of files removed and kept, and the bytes given back."""
    root, done = Path(settings.OPENDATA_ARCHIVE), {"removed": 0, "kept": 0, "bytes": 0}
    if not root.is_dir():
        return done
    # Listed before the ledger is read: an answer that arrives meanwhile is not on the list.
    files = [path for path in root.rglob("*") if path.is_file()]
    stay = needed()
    named = set(RawAnswer.objects.values_list("checksum", flat=True))
    for path in files:
        checksum = path.name.partition(".")[0]
        try:
            size, age = path.stat().st_size, time.time() - path.stat().st_mtime
        except FileNotFoundError:
            continue
        known = _CHECKSUM.match(checksum) and checksum in named
        if checksum in stay or (not known and age < UNNAMED.total_seconds()):
            done["kept"] += 1
            continue
        path.unlink(missing_ok=True)
        done["removed"] += 1
        done["bytes"] += size
    return done
