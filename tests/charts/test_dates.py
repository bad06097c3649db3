"""Long dates of templates: the first of a month is « 1er », hours are those of the portal’s clock."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.template import engines

PLAIN = re.compile(r"""\|date:["'][^"']*j F""")


def written(template: str, **said: object) -> str:
    return engines["django"].from_string(template).render(said)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 1, 1), "1er janvier 2022"),
        (date(2021, 6, 11), "11 juin 2021"),
        (datetime(2021, 12, 31, 23, 30, tzinfo=UTC), "1er janvier 2022"),
        (None, ""),
    ],
)
def test_a_day_reads_as_a_french_reader_writes_it(day, words):
    assert written("{{ day|jour }}", day=day) == words


def test_an_hour_is_that_of_the_portal():
    at = datetime(2026, 3, 1, 8, 5, tzinfo=UTC)
    assert written("{{ at|jour_heure }}", at=at) == "1er mars 2026 à 9\u00a0h\u00a005"


def test_no_template_writes_a_long_date_that_says_1_janvier():
    """Django’s own filter cannot: `jour` and `jour_heure` can, and need no `load`."""
    plain = [
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.*")
        if PLAIN.search(path.read_text(encoding="utf-8"))
    ]
    assert plain == []
