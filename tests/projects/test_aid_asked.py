"""What forms of aid ask again: an unknown funder, a second number, an entry twice, a check that jars."""

import re
from datetime import date

import pytest
from django.db import IntegrityError

from agglo.figures.vocabulary import Origin, Qualifier
from projects.models import FundingLine, Organisation
from tests.people import client_of, person
from tests.projects.aid import TOLD, company, line, moved
from tests.projects.conftest import read
from tests.projects.test_aid_pages import typed_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of(person("staff"))


def test_a_funder_nobody_knew_is_added_and_an_invented_one_is_not_for_a_real_aid(staff):
    company("Fictif financeur", origin=Origin.DEMO)
    page = read(staff.post("/equipe/aides/nouvelle/", typed_line(funder="Fictif financeur")))
    assert "Rien ne porte ce nom" in page
    staff.post("/equipe/aides/nouvelle/", typed_line(funder="Région", funder_choice="+public"))
    made = FundingLine.objects.get()
    assert (made.funder.name, made.funder.kind) == ("Région", "public")
    with pytest.raises(IntegrityError, match="never mix"):
        FundingLine.objects.update(funder=Organisation.objects.get(name="Fictif financeur"))


def test_between_is_offered_where_there_are_two_numbers_and_an_old_one_is_still_read(staff):
    made = line(company("Alpha"))
    form = read(staff.get(f"{made.get_absolute_url()}mouvements/"))
    assert "entre</option>" not in form and "environ</option>" in form
    moved(made, amount=5000, qualifier=Qualifier.BETWEEN)
    assert "environ 5 000 €" in read(staff.get(made.get_absolute_url()))


def test_a_movement_typed_twice_is_asked_about_and_two_of_one_day_have_their_reference(staff):
    made = line(company("Alpha"))
    page = f"{made.get_absolute_url()}mouvements/"
    said = {"kind": "paid", "amount": "1 000", "qualifier": 0, "on": "2025-01-01", "evidence": "mandat"}
    said |= {"source": "essai"}
    assert staff.post(page, said).status_code == 302
    assert "Ce mouvement est déjà noté" in read(staff.post(page, said))
    assert staff.post(page, said | {"reference": "n° 2"}).status_code == 302
    assert made.movements.count() == 2
    assert 'autocomplete="off"' not in re.search(r"<input[^>]*name=.amount.[^>]*>", read(staff.get(page)))[0]


@pytest.mark.parametrize(("found", "reached"), [("kept", 3), ("partly", 13)])
def test_a_check_that_contradicts_its_number_is_asked_about(staff, client, found, reached):
    made = line(company("Alpha"), legal_basis="délibération", published=True)
    moved(made)
    promise = made.counterparts.create(
        kind="jobs_created",
        words="Créer",
        target=12,
        counted_unit="emplois",
        check_on=date(2025, 1, 1),
        **TOLD,
    )
    page = f"{made.get_absolute_url()}contreparties/{promise.pk}/"
    said = {"on": "2025-02-01", "evidence": "déclaration", "said_by": "Service", "source": "essai"}
    answer = read(staff.post(page, said | {"found": found, "reached": reached}))
    assert f"{reached} pour une cible de 12" in answer
    promise.checks.create(on=date(2025, 2, 1), found="partly", reached=3, evidence="x", said_by="y", **TOLD)
    assert "3 emplois atteints" in read(client.get("/aides/"))
