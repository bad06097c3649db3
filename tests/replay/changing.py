"""Small changes of an answer: of its text, its JSON, the members of its zip, its workbook, its date."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from openpyxl import load_workbook

from tests.replay.server import Reply


def body(change: Callable[[bytes], bytes]) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, body=change(reply.body))


def swap(old: str, new: str) -> Callable[[Reply], Reply]:
    """Each such text replaced."""
    return body(lambda content: content.replace(old.encode(), new.encode()))


def written(change: Callable[[dict], object]) -> Callable[[Reply], Reply]:
    """The JSON body, changed in place or replaced by what `change` gives back."""

    def made(reply: Reply) -> Reply:
        said = json.loads(reply.body)
        return replace(reply, body=json.dumps(change(said) or said).encode())

    return made


def nothing(empty: object) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, body=json.dumps(empty).encode())


def repacked(change: Callable[[str, bytes], bytes | None], **more: bytes) -> Callable[[Reply], Reply]:
    """A zip whose members are changed one by one, with more members beside."""

    def made(reply: Reply) -> Reply:
        packed = io.BytesIO()
        was = zipfile.ZipFile(io.BytesIO(reply.body))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as now:
            for name in was.namelist():
                now.writestr(name, change(name, was.read(name)))
            for name, content in more.items():
                now.writestr(name, content)
        return replace(reply, body=packed.getvalue())

    return made


def member(old: str, new: str) -> Callable[[Reply], Reply]:
    """The first such text of the data file inside a zip, by regular expression."""
    pattern = re.compile(old.encode())

    def change(name: str, content: bytes) -> bytes:
        return pattern.sub(new.encode(), content, count=1) if name.endswith("_data.csv") else content

    return repacked(change)


def sheet(change: Callable) -> Callable[[Reply], Reply]:
    """The workbook, its first sheet changed."""

    def made(reply: Reply) -> Reply:
        book, out = load_workbook(io.BytesIO(reply.body)), io.BytesIO()
        change(book.active)
        book.save(out)
        return replace(reply, body=out.getvalue())

    return made


def old(reply: Reply) -> Reply:
    said = {"Last-Modified": "Wed, 01 Jan 2020 08:00:00 GMT"}
    return replace(reply, headers=reply.headers | said)


def answers(status: int, text: str) -> Callable[[Reply], Reply]:
    return lambda reply: Reply(text.encode(), "application/json", status)
