"""Promises: what was said, for when, what became of it, and who says so."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.models import Observation
from projects.models import Commitment, Status, Verdict
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(attested) -> Commitment:
    return Commitment.objects.get(slug="ambassadeurs-numeriques")


def test_the_articles_promises_are_told_and_none_is_judged_without_proof(attested):
    found = dict(Commitment.objects.with_status().values_list("slug", "status"))
    assert found["ambassadeurs-numeriques"] is None
    assert found["logs-300-emplois"] is None
    assert found["blackstar-installation"] == Status.KEPT
    assert found["bridgestone-2007"] == Status.DROPPED
    assert not Verdict.objects.filter(evidence="").exists()
    # A conditional is no promise.
    assert not Commitment.objects.filter(wording__contains="pourraient aboutir").exists()


def test_a_target_is_the_figure_of_the_ledger(attested):
    for promise in Commitment.objects.exclude(figure_key="").exclude(figure_key="S01"):
        assert Observation.objects.get(quotation__key=promise.figure_key).value == promise.target


def test_the_database_refuses_what_cannot_be(promise):
    with pytest.raises(IntegrityError, match="commitment_target_is_counted"), transaction.atomic():
        Commitment.objects.filter(pk=promise.pk).update(counted_unit="")
    with pytest.raises(IntegrityError, match="commitment_due_after_made"), transaction.atomic():
        Commitment.objects.filter(pk=promise.pk).update(due_on=date(2000, 1, 1))
    told = {"commitment": promise, "on": date(2023, 1, 1), "status": "kept", "source": "essai"}
    with pytest.raises(IntegrityError, match="verdict_has_evidence"), transaction.atomic():
        Verdict.objects.create(**told, evidence="", said_by="Conseil")
    with pytest.raises(IntegrityError, match="verdict_names_who_says_it"), transaction.atomic():
        Verdict.objects.create(**told, evidence="Deux contrats", said_by="")


def test_a_verdict_is_followed_by_another_and_both_stay(client, promise):
    for year, status, evidence in ((2023, "partly", "un recrutement"), (2024, "kept", "deux recrutements")):
        verdict = Verdict.objects.create(
            commitment=promise,
            on=date(year, 1, 1),
            status=status,
            evidence=evidence,
            said_by="Service",
            source="essai",
        )
    assert Commitment.objects.with_status().get(pk=promise.pk).status == Status.KEPT
    body = read(client.get("/engagements/?q=ambassadeurs"))
    assert "un recrutement" in body and "deux recrutements" in body
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(status="late")


def test_what_a_verdict_counted_is_public_beside_the_target(client, promise):
    told = {"commitment": promise, "evidence": "relevé", "said_by": "Service", "source": "essai"}
    Verdict.objects.create(on=date(2023, 1, 1), status="partly", reached=Decimal("1.5"), **told)
    assert "atteint : 1,5 sur 2 ambassadeurs" in plain(client.get("/engagements/?q=ambassadeurs"))
    row = next(csv.DictReader(lines(client.get("/engagements.csv?q=ambassadeurs")), delimiter=";"))
    assert (row["cible"], row["atteint"]) == ("2,00", "1,50")
    Verdict.objects.create(on=date(2024, 1, 1), status="kept", **told)
    row = next(csv.DictReader(lines(client.get("/engagements.csv?q=ambassadeurs")), delimiter=";"))
    assert row["atteint"] == ""  # the verdict in force counted nothing


def plain(page) -> str:
    return read(page).replace("&nbsp;", " ")


def lines(file) -> list[str]:
    return [line for line in read(file).lstrip("\ufeff").splitlines() if not line.startswith("#")]


def test_a_deadline_gone_by_without_news_is_told_apart_from_a_broken_promise(client, attested):
    body = read(client.get("/engagements/?etat=overdue"))
    listed = body[body.index('id="liste"') :].split("</section>")[0]
    assert "échéance passée, sans nouvelle" in listed
    assert "au plus 300 emplois" in listed
    assert "non tenu" not in listed
    assert "au plus 300 emplois" not in read(client.get("/engagements/?etat=kept"))


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("?q=blackstar", "Installer BlackStar", "ambassadeurs"),
        ("?etat=dropped", "cinquante emplois", "Installer BlackStar"),
        ("?etat=open", "ambassadeurs numériques", "Installer BlackStar"),
    ],
)
def test_the_register_and_its_file_are_filtered(client, attested, query, there, absent):
    for path in ("/engagements/", "/engagements.csv"):
        body = read(client.get(path + query))
        body = body[body.index('id="liste"') :].split("</section>")[0] if path == "/engagements/" else body
        assert there in body
        assert absent not in body


def test_nothing_found_and_nothing_there_answer(client, attested):
    assert "Aucun engagement ne répond" in read(client.get("/engagements/?q=zzz"))
    Commitment.objects.update(published=False)
    assert "Aucun engagement n’est encore publié" in read(client.get("/engagements/"))


def test_projects_and_sites_show_what_was_promised(client, attested, django_assert_max_num_queries):
    assert "Recruter deux ambassadeurs" in read(client.get("/projets/ambassadeurs-numeriques/"))
    assert "Créer des emplois de logistique" in read(client.get("/sites/bridgestone-bethune/"))
    with django_assert_max_num_queries(7):
        client.get("/engagements/")
