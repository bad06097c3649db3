"""`/sante/mesures` for Prometheus, closed unless a token or an address opens it."""

from ipaddress import ip_address, ip_network
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from agglo.accounts.gates import public
from agglo.accounts.lockout import client_ip
from agglo.opendata import metrics

CLOSED = "Ces mesures sont fermées\u00a0: METRICS_TOKEN ou METRICS_FROM les ouvre (docs/operations.md).\n"


@public
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    if not (_has_token(request) or _comes_from_ours(request)):
        return HttpResponse(CLOSED, status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(said.encode(), settings.METRICS_TOKEN.encode())


def _comes_from_ours(request: HttpRequest) -> bool:
    seen = client_ip(request)
    return seen is not None and any(ip_address(seen) in ip_network(one) for one in settings.METRICS_FROM)
