"""Too many wrong passwords: whose they are counted to, and the page that says when to try again."""

from datetime import timedelta
from ipaddress import ip_address

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.shortcuts import render
from django.utils import timezone


def typed_address(request, credentials=None) -> str:
    """The e-mail address as accounts hold it, so that capitals do not open a fresh count."""
    return ((credentials or request.POST).get("username") or "").strip().lower()[:254]


def client_ip(request) -> str | None:
    """Where the request comes from, seen through as many trusted proxies as `TRUSTED_PROXIES` says.

    Each proxy appends the address it saw; what stands further left was written by the client.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUSTED_PROXIES else ""
    seen = [part.strip() for part in forwarded.split(",")][-settings.TRUSTED_PROXIES :]
    for address in (seen[0], request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return None


class TwoLimits(AxesDatabaseHandler):
    """Few failures for one account from one place; some more for one place whatever the accounts."""

    def is_locked(self, request, credentials=None) -> bool:
        if super().is_locked(request, credentials):
            return True
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=timezone.now() - get_cool_off(request)
        )
        failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
        return failures >= settings.LOGIN_FAILURE_LIMIT_PER_ADDRESS


def refuse(request, original_response=None, credentials=None):
    """A page, status 429, whose words are the same whether the account exists or not."""
    last = AccessAttempt.objects.filter(ip_address=request.axes_ip_address).aggregate(
        last=Max("attempt_time")
    )["last"]
    now = timezone.now()
    retry_at = (last or now) + get_cool_off(request)
    response = render(request, "accounts/locked_out.html", {"retry_at": retry_at}, status=429)
    response["Retry-After"] = max(1, round((retry_at - now) / timedelta(seconds=1)))
    return response
