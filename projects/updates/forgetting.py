"""What the rooms of updates stop keeping: unfinished drafts, old comments, letters, files nothing shows."""

import time
from datetime import timedelta

from django.utils import timezone

from agglo.figures.vocabulary import Review
from projects.files.keeping import all_kept
from projects.models import Attachment, Letter, Remark, Update

DRAFTS_KEPT = timedelta(days=365)  # never published: since they were last changed
REMARKS_KEPT = timedelta(days=365)  # since they were written
LETTERS_KEPT = timedelta(days=400)  # longer than any rhythm, so that none is sent twice
FILES_KEPT = 2 * 24 * 3600  # seconds a file that nothing shows stays: an entry may be on its way


def forget() -> dict[str, int]:
    """Deletes what is past its time and returns how many of each."""
    now = timezone.now()
    drafts = Update.objects.filter(
        review__in=(Review.DRAFT, Review.SENT_BACK, Review.WITHDRAWN),
        published_at__isnull=True,
        changed_at__lt=now - DRAFTS_KEPT,
    )
    counts = {
        "updates": drafts.count(),
        "remarks": Remark.objects.filter(at__lt=now - REMARKS_KEPT).count(),
        "letters": Letter.objects.filter(claimed_at__lt=now - LETTERS_KEPT).count(),
    }
    drafts.delete()
    Remark.objects.filter(at__lt=now - REMARKS_KEPT).delete()
    Letter.objects.filter(claimed_at__lt=now - LETTERS_KEPT).delete()
    return counts | {"files": forget_files()}


def forget_files() -> int:
    """Files no attachment shows any more, once they are old enough not to be on their way in."""
    shown = set(Attachment.objects.values_list("sha256", flat=True)) | set(
        Attachment.objects.exclude(thumb="").values_list("thumb", flat=True)
    )
    old, gone = time.time() - FILES_KEPT, 0
    for sha256, path in all_kept().items():
        if sha256 not in shown and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
