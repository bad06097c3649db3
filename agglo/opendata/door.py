"""The one network door: every request of the portal to the outside goes through here, and nothing else.

It knows where it may go (allow-list, no private address), how long it waits, how often it tries again, and
how much it accepts. What comes in is streamed to the archive; memory holds one piece at a time.
"""

import errno
import random
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from django.conf import settings
from django.utils import timezone

from agglo.opendata import archive
from agglo.opendata.addresses import Addresses
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import FinalError, RefreshError, RetryableError, WrongAnswer
from agglo.opendata.shapes import check_shape

PIECE = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-length", "date")
LONGEST_WAIT = 120


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
        read = settings.OPENDATA_READ_TIMEOUT
        self._client = httpx.Client(
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
        for attempt in range(settings.OPENDATA_RETRIES + 1):
            try:
                return self._once(url, sent, known, self.declaration.expect if expect is None else expect)
            except RetryableError as error:
                pause = self._pause(error, attempt)
                if attempt == settings.OPENDATA_RETRIES or pause > LONGEST_WAIT:
                    raise
                self._sleep(pause)
        raise AssertionError("unreachable")

    def _once(self, url: str, headers: dict[str, str], known: Answer | None, expect: str) -> Answer:
        deadline = time.monotonic() + settings.OPENDATA_TOTAL_TIMEOUT
        for _ in range(6):
            self.addresses.check(url)
            self.beat()
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code in REDIRECTS:
                        url = self._next(url, response)
                        continue
                    if response.status_code == 304 and known is not None:
                        return _still(known, response)
                    if response.status_code != 200:
                        raise self._refusal(response)
                    return self._receive(url, response, deadline, expect)
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
                for piece in _decoded(response):
                    archived.write(piece)
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
                raise FinalError("Le disque est plein : la réponse n’a pas pu être gardée.", url) from error
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

    def _refusal(self, response: httpx.Response) -> RefreshError:
        """The error an HTTP status means; a connector may know better (`explain`)."""
        status, host = response.status_code, response.url.host
        body = _start(response)
        detail = f"{response.url} : HTTP {status} ; {body[:300]!r}"
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
                f"Le service {host} ne connaît pas cette adresse (erreur {status}) : le jeu a sans doute été"
                " renommé ou déplacé. La déclaration est à revoir.",
                detail,
            )
        else:
            return FinalError(f"Le service {host} refuse la demande (erreur {status}).", detail)
        error.wait = _wait(response.headers.get("retry-after"))
        return error

    def _pause(self, error: RetryableError, attempt: int) -> float:
        """What the service asks, else a doubling pause with jitter so that workers do not come back
        together.
        """
        if error.wait is not None:
            return error.wait
        return settings.OPENDATA_RETRY_PAUSE * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.beat()
            time.sleep(min(left, 1))


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _conditions(known: Answer) -> dict[str, str]:
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {header: known.headers[name] for name, header in pairs if name in known.headers}


def _still(known: Answer, response: httpx.Response) -> Answer:
    known.not_modified = True
    known.received_at = timezone.now()
    return known


def _start(response: httpx.Response) -> str:
    content = b""
    try:
        for piece in response.iter_raw(PIECE):
            content += piece
            if len(content) >= 2000:
                break
    except httpx.HTTPError:
        pass
    return content[:2000].decode("utf-8", "replace")


def _decoded(response: httpx.Response) -> Iterator[bytes]:
    """The body without its transfer compression, piece by piece, so that a bomb is seen before it goes
    off.
    """
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding == "identity":
        yield from response.iter_raw(PIECE)
        return
    if encoding != "gzip":
        raise WrongAnswer(f"Le service envoie une compression que nous n’avons pas demandée ({encoding}).")
    inflate = zlib.decompressobj(31)
    try:
        for piece in response.iter_raw(PIECE):
            while piece:
                yield inflate.decompress(piece, PIECE)
                piece = inflate.unconsumed_tail
    except zlib.error as error:
        raise WrongAnswer("La réponse compressée est abîmée.", str(error)) from error
    if not inflate.eof:
        raise RetryableError("La réponse compressée est coupée : la fin manque.", str(response.url))


def http_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wait(text: str | None) -> float | None:
    """Seconds a `Retry-After` asks for, written as a number or as a date."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    moment = http_date(text)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())
