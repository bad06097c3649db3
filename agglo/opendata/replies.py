"""What an HTTP reply says, piece by piece: its body without transfer compression, its dates, its waits."""

import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from agglo.opendata.errors import RetryableError, WrongAnswer

PIECE = 64 * 1024


def decoded(response: httpx.Response) -> Iterator[bytes]:
    """The body without its transfer compression, piece by piece, so that a bomb is seen before it goes off.

    Pieces come as they arrive: waiting for a full one would let a service that answers drop by drop hold a
    worker for hours, its lease not renewed and the time allowed never looked at.
    """
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding == "identity":
        yield from response.iter_raw()
        return
    if encoding != "gzip":
        raise WrongAnswer(f"Le service envoie une compression que nous n’avons pas demandée ({encoding}).")
    inflate = zlib.decompressobj(31)
    try:
        for piece in response.iter_raw():
            while piece:
                yield inflate.decompress(piece, PIECE)
                piece = inflate.unconsumed_tail
                if inflate.eof and inflate.unused_data:  # several gzip members one after the other
                    piece, inflate = inflate.unused_data, zlib.decompressobj(31)
    except zlib.error as error:
        raise WrongAnswer("La réponse compressée est abîmée.", str(error)) from error
    if not inflate.eof:
        raise RetryableError("La réponse compressée est coupée\u00a0: la fin manque.", str(response.url))


def start(response: httpx.Response, deadline: float, size: int = 2000) -> str:
    """The first words of an error page, or those that came before `deadline` (of `time.monotonic`)."""
    content = b""
    try:
        for piece in response.iter_raw():
            content += piece
            if len(content) >= size or time.monotonic() > deadline:
                break
    except httpx.HTTPError:
        pass
    return content[:size].decode("utf-8", "replace")


def http_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def asked_wait(response: httpx.Response) -> float | None:
    """Seconds a `Retry-After` asks for, written as a number or as a date."""
    text = response.headers.get("retry-after")
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    moment = http_date(text)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())
