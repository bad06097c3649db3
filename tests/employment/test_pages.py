"""The pages beside the plan's: everybody in one outcome, statuses apart, small cohorts as counts."""

from decimal import Decimal

import pytest

from employment.models import Agreement, RedundancyPlan, School
from employment.obligation import obligation, table
from tests.people import person


@pytest.fixture
def page(client, employment):
    def read(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")

    return read


def test_the_closure_sheet_puts_786_people_in_one_outcome_each(page):
    body = page("/plans/bridgestone-bethune/bilan/")
    first = body[body.index("suivi-1") :].split("</section>")[0]
    for number in ("544", "115", "89", "24", ">14<", ">786<"):
        assert number in first


def test_without_a_base_the_unknown_stays_unknown(page):
    second = page("/plans/bridgestone-bethune/bilan/").split('id="suivi-2"')[1]
    assert "la source ne donne pas de base" in second
    assert "n.d." in second
    assert '<td class="num">659</td><td>placées, total inconnu</td>' in second


def test_the_sheet_of_2021_is_empty_and_its_csv_too(page):
    assert "Aucun point de suivi" in page("/plans/bridgestone-bethune/bilan/?connu_le=2021-03-15")
    assert "544" not in page("/plans/bridgestone-bethune/bilan.csv?connu_le=2021-03-15")
    assert "544" in page("/plans/bridgestone-bethune/bilan.csv")


def test_nothing_of_an_agreement_is_told_before_it_was_signed(page):
    then = page("/plans/bridgestone-bethune/convention/?connu_le=2021-03-01")
    assert "pas encore signée" in then
    assert "Ce que la loi demande</h2>" not in then
    assert "pas encore signée" not in page("/plans/bridgestone-bethune/convention/?connu_le=2022-01-01")


def test_the_obligation_is_two_or_four_smic_per_job(page):
    body = page("/plans/bridgestone-bethune/convention/")
    assert "2 683 205&nbsp;€" in body
    assert "5 366 410&nbsp;€" in body
    assert "3,0 fois le niveau de 4 Smic" in body
    assert "Aucune source publique ne le donne" in body


@pytest.mark.parametrize("row", table(), ids=lambda row: str(row.start))
def test_each_monthly_smic_is_35_hours_of_the_hourly_one(row):
    assert abs(row.hourly * 35 * 52 / 12 - row.monthly) < Decimal("0.01")


def test_no_obligation_without_jobs_or_date():
    assert obligation(None, table()[1].start) is None
    assert obligation(863, None) is None


def test_the_school_keeps_10_and_12_pupils(page):
    body = page("/ecoles/ep2b/")
    assert "10 élèves" in body
    assert "12 élèves" in body
    assert "non vérifié dans le répertoire" in body


def test_a_place_and_a_month_are_not_counted_as_things(page):
    body = page("/ecoles/ep2b/")
    assert ">41e</a>" in body
    assert ">décembre</a>" in body
    assert "41 rang" not in body
    assert "12 mois" not in body


def test_the_balance_keeps_statuses_apart_and_has_no_total(page):
    body = page("/bilan/")
    for title in ("– constaté", "– annoncé", "– potentiel"):
        assert title in body
    assert "Déjà comptés parmi les solutions" in body


@pytest.mark.parametrize("path", ["/plans/", "/ecoles/", "/bilan/"])
def test_a_page_answers_on_an_empty_database(client, db, path):
    assert client.get(path).status_code == 200


def test_772_of_827_concerned_is_offered_too(page):
    assert "93,3 %" in page("/plans/bridgestone-bethune/?base=827")


def test_a_plan_or_a_school_that_is_not_public_is_read_by_the_team_alone(client, employment):
    RedundancyPlan.objects.update(published=False)
    School.objects.update(published=False)
    staff, elected = person("staff"), person("elected")
    for model in (RedundancyPlan, Agreement, School):
        assert model.objects.visible_to(staff).count() == 1
        assert not model.objects.visible_to(elected).exists()
        assert not model.objects.visible_to(None).exists()
    for path in (
        "/plans/bridgestone-bethune/bilan/",
        "/plans/bridgestone-bethune/convention/",
        "/ecoles/ep2b/",
    ):
        assert client.get(path).status_code == 404
