"""Rows of each class: the official examples, and what the schemas themselves give as examples."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from projects.standards import STANDARDS, importing
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


@pytest.fixture
def bring(agent):
    """`bring("friches", rows)`: the file of these rows, brought by an agent."""

    def file(code: str, *rows: dict[str, str]):
        return importing.bring(STANDARDS[code], "essai.csv", as_csv(code, *rows), agent)

    return file


@pytest.fixture
def accept(reviewer, bring):
    def accepted(code: str, *rows: dict[str, str], published: bool = True):
        brought = bring(code, *rows)
        importing.accept(brought, None, reviewer, published=published)
        brought.refresh_from_db()
        return brought

    return accepted


def as_csv(code: str, *rows: dict[str, str], delimiter: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, STANDARDS[code].fields, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
