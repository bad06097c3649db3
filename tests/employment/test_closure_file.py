"""The closure sheet on paper and as data says what the page says, masks what it masks, at the date asked."""

import pytest

from agglo.disclosure import leaks, primary
from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Observation
from agglo.figures.vocabulary import State
from employment.approving import approve
from employment.masking import cells_of
from employment.models import Category
from tests.employment.followed import submitted
from tests.people import client_of, person

BILAN = "/plans/bridgestone-bethune/bilan"
SMALL = {"CDI_EXTERNE": 20, "CREATION": 3, "RETRAITE": 7, "AUTRE_SOLUTION": 2, "RECHERCHE_ACTIVE": 12}


def test_the_pdf_is_one_tagged_page_and_honours_the_date(client, employment):
    now = client.get(f"{BILAN}.pdf")
    assert now["Content-Type"] == "application/pdf"
    assert now.content.startswith(b"%PDF-")
    assert b"/Type/Pages/Count 1/" in now.content
    assert b"StructTreeRoot" in now.content
    assert client.get(f"{BILAN}.pdf?connu_le=2021-03-15").content != now.content


def test_the_data_honour_the_date_too(client, employment):
    said = client.get(f"{BILAN}.json").json()["points_de_suivi"]
    assert said[0]["base"] == 786
    assert {row["personnes"] for row in said[0]["situations"]} == {544, 115, 89, 24}
    assert client.get(f"{BILAN}.json?connu_le=2021-03-15").json()["points_de_suivi"] == []


def test_a_number_that_its_source_gives_as_about_is_never_shown_as_exact(client, employment):
    row = submitted({"CDI_EXTERNE": 500, "CREATION": 140}, base=700, about={"CREATION"})
    reviewer = person("reviewer")
    before = client_of(reviewer).get(f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/")
    assert '<td class="num">≈\u202f140</td>' in before.content.decode()
    approve(row, reviewer)
    page = client.get(f"{BILAN}/").content.decode()
    assert ">≈\u202f140</a>" in page and ">500</a>" in page
    assert '<td class="num">≈\u202f60</td>' in page
    assert "Création d’entreprise;140;environ" in client.get(f"{BILAN}.csv").content.decode()


@pytest.fixture
def small_plan(employment):
    row = submitted(SMALL, base=48)
    approve(row, person("reviewer"))
    return row


def published(client, row) -> set[str]:
    """Keys of the cells that the public reads: page, CSV and JSON must agree on them."""
    said = client.get(f"{BILAN}.json").json()["points_de_suivi"][-1]
    names = dict(Category.objects.values_list("name", "code"))
    shown = {names[one["situation"]] for one in said["situations"] if one["personnes"] != "s"}
    lines = client.get(f"{BILAN}.csv").content.decode("utf-8-sig").splitlines()
    rows = [line.split(";") for line in lines if line.startswith("2026-06-30")]
    assert shown == {names[cells[-2]] for cells in rows if cells[-2] in names and cells[-1] != "s"}
    page = client.get(f"{BILAN}/").content.decode().split("30 juin 2026")[1].split("</section>")[0]
    assert page.count('<td class="num">s</td>') == len(SMALL) - len(shown)
    if said["base"] is not None:
        shown.add("base")
    if said["sans_situation_connue"] is not None:
        shown.add("unknown")
    return shown


def known_by_all(client, row) -> set[str]:
    """What a stranger holds: the page, its files, and all public figures of this account."""
    shown = published(client, row)
    sums = {
        "pse-avec-solution": "solved",
        "pse-solutions-durables": "durable",
        "pse-sans-solution-connue": "unsolved",
        "pse-accompagnes": "base",
    }
    public = Observation.objects.visible_to(None).filter(series__dataset__code=row.dataset)
    for one in public.filter(state=State.VALUE):
        key = one.series.breakdown.key.removeprefix("SITUATION=")
        key = key or sums.get(one.series.measure_version.measure.code, "")
        shown |= {key} - {""}
    return shown


def test_no_masked_number_of_a_small_plan_can_be_worked_out_of_what_is_public(client, small_plan):
    cells, relations = cells_of(small_plan)
    masked = {cell.key for cell in cells} - known_by_all(client, small_plan)
    assert {"CREATION", "AUTRE_SOLUTION"} <= masked
    assert not leaks(cells, relations, masked, primary(cells, PEOPLE), PEOPLE)


def test_the_attack_sees_a_plan_of_which_only_the_small_numbers_are_masked(small_plan):
    cells, relations = cells_of(small_plan)
    alone = primary(cells, PEOPLE)
    assert leaks(cells, relations, alone, alone, PEOPLE)
