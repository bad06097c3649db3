"""The table written out at once is the table the library makes tag by tag."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django_tables2 import RequestConfig

from agglo.figures.models import Subject
from agglo.indicators.tables import comparison
from agglo.indicators.writing import written

ASKED = (
    "",
    "?tri=-emplois&q=a&q=b",
    "?tri=name",
    "?page=2&connu_le=2024-01-01",
    "?page=9&tri=emplois",
    "?q=rien-de-tel",
)


def words(html: str) -> list[str]:
    return re.sub(r">\s+<", "><", html).replace("><", ">\n<").split("\n")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ASKED)
def test_both_ways_of_writing_give_one_page(asked):
    Subject.objects.bulk_create(
        Subject(scheme="COM", code=f"{n:05}", name=f"L’<b> & {n}", path=f"/communes/{n}/" if n % 2 else "")
        for n in range(300)
    )
    request = RequestFactory().get(f"/axes/emploi/{asked}")
    table = comparison("COM", {"emplois": "Emplois & co", "taux": "Taux"}, request.GET.get("q", "")[:60])
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    table.caption = "Dernière valeur connue"
    by_the_library = Template("{% load django_tables2 %}{% render_table table %}").render(
        Context({"table": table, "request": request})
    )
    assert words(written(table, request.GET).strip()) == words(by_the_library.strip())
