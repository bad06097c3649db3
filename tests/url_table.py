"""Every address of the site and what each role meets there, as read from `urls/`, a file a room: the table to
extend when an address is added.

    200 403 404 405 503   the status
    door                  sent to sign in
    on                    sent on to another page
    200/503               either: it depends on the machine

`POST name` asks with POST instead of GET. A star stands for every address of a namespace. Arguments of the
address follow its name as `key=value`. `sample.py` beside this file makes the rows that these arguments name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.people import EVERYBODY

TABLE = Path(__file__).parent / "urls"


@dataclass(frozen=True, slots=True)
class Row:
    method: str
    name: str
    arguments: dict[str, str]
    expected: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.method, self.name, *(f"{k}={v}" for k, v in self.arguments.items())])


def rows() -> Iterator[Row]:
    table = [line for path in sorted(TABLE.glob("*.txt")) for line in path.read_text().splitlines()]
    for line in table:
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        outcomes = words[-len(EVERYBODY) :]
        words = words[: -len(EVERYBODY)]
        method = words.pop(0) if words[0] in ("POST", "PUT", "DELETE") else "GET"
        name, *arguments = words
        yield Row(
            method,
            name,
            dict(argument.split("=", 1) for argument in arguments),
            dict(zip(EVERYBODY, outcomes, strict=True)),
        )
