"""The plan's page: perimeters kept apart, a rate that names its base, nothing added that must not be."""

import re

import pytest


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def page(client, facts):
    return lambda query="": text(client.get(f"/plans/bridgestone-bethune/{query}"))


@pytest.mark.parametrize(
    ("base", "rate"),
    [("786", "98,2 %"), ("830", "93,0 %"), ("835", "92,5 %"), ("823", "93,8 %"), ("863", "89,5 %")],
)
def test_each_base_gives_its_own_rate_and_names_itself(page, base, rate):
    body = page(f"?base={base}")
    said = body[body.index("Ce que l’on peut dire") :].split("</p>")[0]
    assert f"c’est {rate} des {base} " in said


def test_without_a_choice_the_base_is_the_people_accompanied(page):
    assert "98,2 % des 786 salariés qui ont accepté d’être accompagnés" in page()


def test_an_unknown_base_is_told_with_those_that_exist(page):
    body = page("?base=<b>900")
    assert "Aucune source ne donne la base «&#8239;&lt;b&gt;900&#8239;»" in body
    assert "98,2 %" in body


def test_419_over_827_is_about_solutions_and_the_43_are_never_added(page):
    body = page()
    assert "50,7 %" in body
    assert "des solutions à des personnes" in body
    assert "on ne les additionne jamais" in body
    assert "462" not in re.sub(r"<[^>]*>", "", body)  # the addresses of figures may hold any number


def test_the_parts_make_772(page):
    body = page()
    assert "Le compte y est" in body
    for part in ("544", "115", "89", "24"):
        assert f">{part}</a>" in body


def test_the_strip_joins_no_points(page):
    body = page()
    figure = body[body.index('class="chart chart-strip"') :].split("</figure>")[0]
    assert "polyline" not in figure
    assert "effectif du site" in figure


def test_every_statement_is_quoted_and_opens(page, figure_id):
    body = page()
    assert "« pour les 827 personnes concernées »" in body
    for key in ("B01", "B19", "F01", "F02", "F03"):
        assert f'href="/chiffres/{figure_id(key)}/"' in body


def test_in_2021_nobody_knew_772_nor_419(page):
    body = page("?connu_le=2021-03-01")
    assert "772" not in body
    assert "419" not in body
    assert "863 personnes" in body


def test_before_the_announcement_nothing_was_known(page):
    assert "Rien n’était connu du plan à cette date" in page("?connu_le=2019-01-01")


def test_an_empty_ledger_still_answers(client, db):
    assert client.get("/plans/bridgestone-bethune/").status_code == 200


def test_the_page_is_open_without_cookie_and_bounded(client, facts, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        response = client.get("/plans/bridgestone-bethune/")
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
