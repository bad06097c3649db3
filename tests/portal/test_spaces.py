"""The elected members' five figures and the staff's worklist."""

import pytest
from django.utils.timezone import now

from agglo.figures.models import RetainedChoice
from agglo.opendata.declaration import declared
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.models import Run
from tests.people import client_of


def test_an_elected_member_sees_five_figures_and_the_last_corrections(facts):
    page = client_of("elected").get("/elus/").content.decode()
    assert page.count('<article class="figure-card') == 5
    assert "Taux de chômage localisé" in page
    assert "révision par la source" in page


def test_a_contradiction_without_choice_waits_for_the_staff(facts):
    client = client_of("staff")
    question = "Combien de personnes le plan Bridgestone concerne-t-il"
    assert question not in client.get("/equipe/").content.decode()
    choice = RetainedChoice.objects.get(contradiction__code="perimetre-bridgestone")
    RetainedChoice.objects.filter(pk=choice.pk).update(superseded_at=choice.chosen_at)
    assert question in client.get("/equipe/").content.decode()


def test_refused_rows_and_failures_are_listed(db):
    run = Run.objects.create(code="jeu", status="failed", error="La réponse est tronquée.", refused=3)
    page = client_of("staff").get("/equipe/actualisations/").content.decode()
    assert f'href="/equipe/actualisations/{run.pk}/"' in page
    assert "La réponse est tronquée." in page
    assert "3 lignes refusées" in client_of("reviewer").get("/equipe/").content.decode()


@pytest.mark.parametrize(("many", "lines"), [(5, 5), (6, 1)])
def test_many_failures_at_once_are_one_line_with_their_commonest_reason(db, many, lines):
    asked = [row.code for row in freshness_of() if row.declaration.scheduled and not row.is_computed][:many]
    for code in asked:
        Run.objects.create(code=code, status="failed", error="Le réseau est en panne.", finished_at=now())
    page = client_of("staff").get("/equipe/").content.decode()
    assert page.count("Le réseau est en panne.") == lines
    assert (f"{many} jeux de données n’ont pas pu être actualisés" in page) is (lines == 1)
    elected = client_of("elected").get("/elus/").content.decode()
    assert f"{many} sources" in elected and "/sources/#" not in elected


def test_what_is_computed_here_waits_for_nobody(db):
    page = client_of("staff").get("/equipe/").content.decode()
    waiting = [row for row in freshness_of() if row.state == Standing.NEVER and not row.is_computed]
    assert f"{len(waiting)} jeux de données n’ont encore jamais été demandés" in page


def test_refreshing_an_undeclared_dataset_asks_for_nothing(db):
    response = client_of("staff").post("/equipe/actualiser/", {"code": "rien"}, follow=True)
    assert "n’est pas déclaré" in response.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize("who", ["staff", "elected"])
def test_only_the_staff_may_queue_a_run(db, who):
    code = next(iter(declared()))
    client_of(who).post("/equipe/actualiser/", {"code": code})
    assert Run.objects.filter(code=code, cause="staff").exists() is (who == "staff")


def test_a_rate_of_the_employment_zone_never_passes_for_the_authority(facts):
    page = client_of("elected").get("/elus/").content.decode()
    assert "Taux de chômage localisé, zone d’emploi" in page
    assert (
        "Taux de chômage localisé, zone d’emploi Béthune"
        in client_of("anonymous").get("/corrections/").content.decode()
    )
