"""Several pages kept as one answer, where a figure is a count over all of them.

A connector's `parse` sees one answer at a time; a count by commune whose rows stand on two pages needs both.
The bundle holds every page whole, with the path it was asked at, so that nothing the service said is lost.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from agglo.opendata import archive
from agglo.opendata.answer import Answer
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.models import RawAnswer


class Page(NamedTuple):
    """One page: the path and query it was asked at, and its parsed body."""

    path: str
    body: object

    def asked(self, name: str) -> str:
        """The value of one parameter of its request, empty when it had none."""
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]


def bundle(answers: Iterable[Answer], url: str, period: str) -> Answer:
    """One archived answer holding these JSON pages; the files of the pages alone are removed.

    `period` is the month or quarter it was asked in: the same pages a month later are another figure.
    """
    answers = list(answers)
    pages = [{"path": _path(answer.url), "body": answer.json()} for answer in answers]
    made = write({"period": period, "pages": pages}, url)
    moments = [answer.last_modified for answer in answers if answer.last_modified]
    made.last_modified = max(moments, default=None)
    if made.last_modified:
        made.headers["last-modified"] = made.last_modified.strftime("%a, %d %b %Y %H:%M:%S GMT")
    for answer in answers:
        if answer.checksum != made.checksum:
            discard(answer)
    return made


def pages(answer: Answer) -> Iterator[Page]:
    """The pages of a bundle, or the only page of a plain answer."""
    body = answer.json()
    if isinstance(body, dict) and set(body) == {"period", "pages"}:
        for page in body["pages"]:
            if not isinstance(page, dict) or set(page) != {"path", "body"}:
                raise WrongAnswer("Le recueil de pages est abîmé.", str(page)[:200])
            yield Page(page["path"], page["body"])
    else:
        yield Page(_path(answer.url), body)


def period(answer: Answer, usual: str) -> str:
    """The period a bundle was asked in, `usual` when the answer is a plain page."""
    body = answer.json()
    return body["period"] if isinstance(body, dict) and set(body) == {"period", "pages"} else usual


def month(answer: Answer | None = None) -> str:
    """The month an answer was asked in, this one without an answer."""
    if answer is None:
        return f"{timezone.now():%Y-%m}"
    return period(answer, f"{answer.received_at:%Y-%m}")


def write(content: object, url: str, headers: dict[str, str] | None = None) -> Answer:
    """Something made of answers, archived as an answer of its own."""
    with archive.receiving() as archived:
        archived.write(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True).encode())
    return Answer(
        url=url,
        path=archived.path,
        checksum=archived.checksum,
        size=archived.size,
        packed=bool(archived.packed),
        received_at=timezone.now(),
        headers=dict(headers or {}),
    )


def discard(answer: Answer) -> None:
    """Remove the file of an answer from the archive, unless a recorded run stands on it."""
    if answer.path is not None and not RawAnswer.objects.filter(checksum=answer.checksum).exists():
        answer.path.unlink(missing_ok=True)


def _path(url: str) -> str:
    """The address without its host, so that a mirror gives the same bytes."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
