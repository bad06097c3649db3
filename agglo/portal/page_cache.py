"""Keeps whole public pages for visitors without a session, while the ledger and the runs say the same."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from agglo.opendata.lateness import stamp

ASK_AGAIN = 2.0  # seconds during which the stamp is taken as still true


class PageCache:
    """The outermost middleware: a page kept is answered before anything else is read.

    Only a GET without cookies may be answered from here, and only a 200 of an open page that neither sets a
    cookie nor forbids it is kept. The key holds the stamp of the ledger, of runs and of pauses, so that a
    correction or a failure shows within `ASK_AGAIN` seconds; what they do not hold within
    PAGE_CACHE_SECONDS.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        self.asked_at, self.stamp = float("-inf"), ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_be_shared(request):
            return self.get_response(request)
        key = self._key(request)
        kept = cache.get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            if key and self._may_be_kept(request, response):
                # It holds nothing of anybody's own that another window could take; with this header a first
                # visit waits until the browser has made a process for the page alone.
                response.headers.pop("Cross-Origin-Opener-Policy", None)
                response.headers["ETag"] = f'W/"{key}"'
                cache.set(key, (response.content, dict(response.headers)), settings.PAGE_CACHE_SECONDS)
            return response
        content, headers = kept
        # From META: `request.headers` would read every header of the visitor for this one.
        if request.META.get("HTTP_IF_NONE_MATCH") == headers["ETag"]:
            return HttpResponseNotModified(headers={"ETag": headers["ETag"]})
        return HttpResponse(content, headers=headers)

    @staticmethod
    def _may_be_shared(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE_SECONDS > 0
            and request.method == "GET"
            and not request.META.get("HTTP_COOKIE")
            and (not settings.SECURE_SSL_REDIRECT or request.is_secure())
        )

    @staticmethod
    def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "no-store" not in response.get("Cache-Control", "")
            and "private" not in response.get("Cache-Control", "")
            # Only what the gates mark open to everybody.
            and getattr(getattr(request.resolver_match, "func", None), "login_required", True) is False
        )

    def _key(self, request: HttpRequest) -> str:
        """Empty when the ledger cannot be asked: then nothing is read from the cache or kept."""
        now = time.monotonic()
        if now - self.asked_at > ASK_AGAIN:
            try:
                self.stamp = stamp()
            except DatabaseError:
                return ""
            self.asked_at = now
        asked = request.META
        gzip = "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "")
        parts = (self.stamp, asked.get("HTTP_HOST", ""), request.path, asked.get("QUERY_STRING", ""), gzip)
        return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
