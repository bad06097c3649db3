"""Rows of each class: the official examples, and what the schemas themselves give as examples."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from projects.models import StandardImport
from projects.standards import STANDARDS, carrying, deciding
from tests.kept import kept
from tests.people import person


@pytest.fixture
def territory(db):
    kept("territory", lambda: call_command("load_territory", verbosity=0))


@pytest.fixture
def agent(db):
    return person("staff")


@pytest.fixture
def reviewer(db):
    """Whoever accepts a file is not who brought it."""
    return person("reviewer")


def example_of(code: str, **said: str) -> dict[str, str]:
    """`example_of("friches", site_id="62119_1")`: a valid row, of the schema’s own examples."""
    given = {one["name"]: one["example"] for one in STANDARDS[code].described.values()}
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in given.items()
    } | said


@pytest.fixture
def example():
    return example_of


def bring_in(standard, name: str, content: bytes, user) -> StandardImport:
    """A file once a worker compared it."""
    return carrying.carry_on(deciding.bring(standard, name, content, user).pk)


def write_rows(found: StandardImport, keys, user, *, published: bool = False) -> int:
    """How many of the rows of these identifiers, or of all, a worker wrote."""
    deciding.accept(found.pk, keys, user, published=published)
    return carrying.carry_on(found.pk).written.count()


def take_rows_back(found: StandardImport, user) -> tuple[int, int]:
    """How many rows a worker took back, and how many stay."""
    deciding.undo(found.pk, user)
    rows = carrying.carry_on(found.pk).written
    return rows.filter(undone=True).count(), rows.filter(undone=False).count()


@pytest.fixture
def bring(agent):
    """`bring("friches", rows)`: the file of these rows, brought by an agent."""

    def file(code: str, *rows: dict[str, str]):
        return bring_in(STANDARDS[code], "essai.csv", as_csv(code, *rows), agent)

    return file


@pytest.fixture
def accept(reviewer, bring):
    def accepted(code: str, *rows: dict[str, str], published: bool = True):
        found = bring(code, *rows)
        write_rows(found, None, reviewer, published=published)
        found.refresh_from_db()
        return found

    return accepted


def as_csv(code: str, *rows: dict[str, str], delimiter: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, STANDARDS[code].fields, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
