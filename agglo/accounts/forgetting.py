"""What the accounts stop remembering: ended sessions, old failures, old sign-ins."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

FAILURES_KEPT = timedelta(days=30)
SIGN_INS_KEPT = timedelta(days=365)


def forget() -> dict[str, int]:
    """Deletes what is past its time and returns how many rows of each."""
    now = timezone.now()
    past = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "failures": AccessAttempt.objects.filter(attempt_time__lt=now - FAILURES_KEPT),
        "sign_ins": AccessLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT),
    }
    return {name: rows.delete()[0] for name, rows in past.items()}
