"""The one network door: every request of the portal to the outside goes through here, and nothing else.

It knows where it may go (allow-list, no private address), how often all workers together may ask a host
(`limits`), how long it waits, how often it tries again, and how much it accepts. What comes in is streamed
to the archive; memory holds one piece at a time.
"""

import errno
import random
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from django.conf import settings
from django.utils import timezone

from agglo.opendata import archive, limits, progress
from agglo.opendata.addresses import Addresses
from agglo.opendata.answer import Answer
from agglo.opendata.connecting import CheckedBackend, Connecting
from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import FinalError, RefreshError, RetryableError
from agglo.opendata.replies import asked_wait, decoded, http_date, start
from agglo.opendata.shapes import check_shape

REDIRECTS = {301, 302, 303, 307, 308}
KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-length", "date")


class Door:
    """Requests of one run. `validators` maps an address to the RawAnswer last received from it."""

    def __init__(
        self,
        declaration: Declaration,
        *,
        base_url: str = "",
        validators: Mapping[str, Answer] | None = None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self.declaration = declaration
        self.addresses = Addresses(declaration, base_url)
        self.base_url = self.addresses.base_url
        self.validators = validators or {}
        self.beat = beat
        self.received = 0
        self.answers: list[Answer] = []
        read = settings.OPENDATA_READ_TIMEOUT
        self._client = httpx.Client(
            transport=Connecting(CheckedBackend(self.addresses.is_trusted)),
            timeout=httpx.Timeout(read, connect=min(10, read)),
            headers={
                "User-Agent": f"Agglo/0.1 (+{settings.SITE_URL} ; {settings.OPENDATA_CONTACT})",
                "Accept-Encoding": "gzip",
                "Accept-Language": "fr",
            },
        )

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self,
        path: str,
        params: Mapping[str, object] | None = None,
        *,
        conditional: bool = False,
        expect: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One archived answer. `path` is relative to the base address, or a whole address (a `next` link).

        Tries again on 429, 5xx, timeouts and cut bodies, a bounded number of times, honouring Retry-After.
        Raises RetryableError when that was not enough, FinalError when trying again is pointless.
        """
        url = self.addresses.absolute(path)
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params, doseq=True)
        known = self.validators.get(url) if conditional else None
        sent = dict(headers or {})
        if known is not None:
            sent |= _conditions(known)
        wanted = self.declaration.expect if expect is None else expect

        def receive(response: httpx.Response, at: str, deadline: float) -> Answer:
            if response.status_code == 304 and known is not None:
                return _still(known)
            return self._receive(at, response, deadline, wanted)

        answer = self._insist("GET", url, sent, receive, known is not None)
        self.answers.append(answer)
        return answer

    def head(self, path: str) -> dict[str, str]:
        """The headers of an answer, without its body (names in lower case)."""
        url = self.addresses.absolute(path)
        return self._insist("HEAD", url, {}, lambda response, *_: dict(response.headers.items()))

    def _insist(self, method: str, url: str, headers: dict[str, str], receive, still: bool = False):
        """What `receive` makes of the reply, tried again a bounded number of times."""
        for attempt in range(settings.OPENDATA_RETRIES + 1):
            try:
                return self._once(method, url, headers, receive, still)
            except RetryableError as error:
                pause = self._pause(error, attempt)
                if attempt == settings.OPENDATA_RETRIES or pause > settings.OPENDATA_LONGEST_WAIT:
                    raise
                limits.wait(pause, self.beat)
        raise AssertionError("unreachable")

    def _once(self, method: str, url: str, headers: dict[str, str], receive, still: bool):
        deadline = time.monotonic() + settings.OPENDATA_TOTAL_TIMEOUT
        for _ in range(6):
            self.addresses.check(url)
            limits.take(urlsplit(url).netloc, self.beat)
            self.beat()
            try:
                with self._client.stream(method, url, headers=headers) as response:
                    if response.status_code in REDIRECTS:
                        url = self._next(url, response)
                        continue
                    if response.status_code != 200 and not (still and response.status_code == 304):
                        raise self._refusal(response, deadline)
                    return receive(response, url, deadline)
            except httpx.TimeoutException as error:
                raise RetryableError(
                    f"Le service {_host(url)} n’a pas répondu à temps.", repr(error)
                ) from error
            except httpx.TransportError as error:
                raise RetryableError(
                    f"La connexion au service {_host(url)} a été coupée ou refusée.", repr(error)
                ) from error
        raise FinalError(f"Le service {_host(url)} renvoie sans fin d’une adresse à l’autre.", url)

    def _next(self, url: str, response: httpx.Response) -> str:
        target = urljoin(url, response.headers.get("location", ""))
        if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
            raise FinalError(f"Le service {_host(url)} renvoie vers une adresse non chiffrée.", target)
        return target

    def _receive(self, url: str, response: httpx.Response, deadline: float, expect: str) -> Answer:
        ceiling = self.declaration.max_bytes
        try:
            with archive.receiving() as archived:
                for piece in decoded(response):
                    archived.write(piece)
                    length = response.headers.get("content-length")
                    progress.received(self.beat, response.num_bytes_downloaded, length, len(self.answers) + 1)
                    self.beat()
                    if archived.size > ceiling:
                        raise FinalError(
                            f"La réponse de {_host(url)} dépasse la taille permise pour ce jeu"
                            f" ({ceiling // 1024 // 1024 or 1} Mo).",
                            url,
                        )
                    if time.monotonic() > deadline:
                        raise RetryableError(f"Le service {_host(url)} répond trop lentement.", url)
                check_shape(archived.head, expect, response.headers.get("content-type", ""), url)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise FinalError(
                    "Le disque est plein\u00a0: la réponse n’a pas pu être gardée.", url
                ) from error
            raise
        self.received += archived.size
        return Answer(
            url=url,
            path=archived.path,
            checksum=archived.checksum,
            size=archived.size,
            packed=bool(archived.packed),
            status=response.status_code,
            received_at=timezone.now(),
            last_modified=http_date(response.headers.get("last-modified")),
            headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        )

    def _refusal(self, response: httpx.Response, deadline: float) -> RefreshError:
        """The error an HTTP status means; a connector may know better (`explain`)."""
        status, host = response.status_code, response.url.host
        body = start(response, deadline)
        detail = f"{response.url}\u00a0: HTTP {status}\u202f; {body[:300]!r}"
        explained = self.declaration.explain(status, body)
        if explained is not None:
            explained.detail = explained.detail or detail
            return explained
        if status == 429:
            error = RetryableError(f"Le service {host} demande de ralentir (trop de requêtes).", detail)
        elif status >= 500:
            error = RetryableError(f"Le service {host} est en panne (erreur {status}).", detail)
        elif status in (401, 403):
            return FinalError(f"Le service {host} refuse l’accès (erreur {status}).", detail)
        elif status in (404, 410):
            return FinalError(
                f"Le service {host} ne connaît pas cette adresse (erreur {status})\u00a0: le jeu a"
                " sans doute été"
                " renommé ou déplacé. La déclaration est à revoir.",
                detail,
            )
        else:
            return FinalError(f"Le service {host} refuse la demande (erreur {status}).", detail)
        error.wait = asked_wait(response)
        if error.wait is not None:
            limits.pause(response.url.netloc.decode(), error.wait)
        return error

    def _pause(self, error: RetryableError, attempt: int) -> float:
        """What the service asks, else a doubling pause; with jitter so that workers do not come back
        together.
        """
        doubling = settings.OPENDATA_RETRY_PAUSE * 2**attempt
        if error.wait is not None:
            return error.wait + min(doubling, 1) * random.random()  # noqa: S311
        return doubling * random.uniform(0.5, 1.5)  # noqa: S311


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _conditions(known: Answer) -> dict[str, str]:
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {header: known.headers[name] for name, header in pairs if name in known.headers}


def _still(known: Answer) -> Answer:
    known.not_modified = True
    known.received_at = timezone.now()
    return known
