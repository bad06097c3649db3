"""What the public reads of aid: attested lines with their fate, and a statutory file that stays valid."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import frictionless
import pytest

from agglo.figures.vocabulary import Qualifier
from projects import scdl
from projects.checks import authority_siret
from projects.models import Beneficiary, FundingLine, Organisation
from tests.projects.aid import SIRENS, TOLD, company, line, moved
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db
OURS = "200072460"
SIRET = OURS + "00013"
HELPED = "55210055400013"


@pytest.fixture
def ours(settings) -> Organisation:
    settings.EPCI_SIRET = SIRET
    return company("Agglo", OURS)


def whole(ours: Organisation, of: Organisation | None = None, **more) -> FundingLine:
    """A grant that holds all that the schema requires."""
    said = {
        "funder": ours,
        "published": True,
        "regime": "de_minimis",
        "legal_basis": "délibération",
        "pay_from": date(2025, 3, 1),
        "beneficiary": {"siret": HELPED},
    } | more
    made = line(of or company("Alpha", SIRENS[1]), **said)
    moved(made, amount=47_800, reference="2025-03-103", on=date(2025, 2, 1))
    return made


def rows(client) -> list[dict]:
    response = client.get("/donnees/subventions.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def valid(client, samples, tmp_path):
    """What frictionless says of the file against the official schema."""
    schema = json.loads((samples / "schema_scdl_subventions.json").read_text(encoding="utf-8"))
    file = tmp_path / "subventions.csv"
    file.write_bytes(client.get("/donnees/subventions.csv").content)
    kept = {"fields": schema["fields"]}
    resource = frictionless.Resource(
        path=file.name, basepath=str(tmp_path), schema=frictionless.Schema.from_descriptor(kept)
    )
    report = resource.validate()
    return [error.message for task in report.tasks for error in task.errors]


def test_the_file_is_valid_against_the_official_schema(client, ours, samples, tmp_path):
    whole(ours)
    staged = whole(
        ours,
        company("Bêta", SIRENS[2]),
        about="Un terrain",
        regime="exempted",
        form="rebate",
        payment="échelonné",
        pay_until=date(2026, 3, 1),
        beneficiary={"siret": "73282932000017"},
    )
    assert staged.form == "rebate"
    assert valid(client, samples, tmp_path) == []
    found = {row["objet"]: row for row in rows(client)}
    assert found["Une machine"]["notificationUE"] == "oui"
    assert found["Une machine"]["montant"] == "47800.00"
    assert found["Un terrain"]["nature"] == "aide en nature"
    assert found["Un terrain"]["datesPeriodeVersement"] == "2025-03-01/2026-03-01"


def test_the_official_schema_catches_a_planted_fault(client, ours, samples, tmp_path):
    """The test above would see it: the same file with a period as spreadsheets write it."""
    made = whole(ours, payment="autre", payment_words="x" * 256)
    assert valid(client, samples, tmp_path) == []
    scdl.NATURE[FundingLine.Form.GRANT], before = "argent", scdl.NATURE[FundingLine.Form.GRANT]
    try:
        assert valid(client, samples, tmp_path) != []
    finally:
        scdl.NATURE[FundingLine.Form.GRANT] = before
    assert made.payment_words


def test_the_columns_are_those_of_the_schema_in_its_order(samples):
    schema = json.loads((samples / "schema_scdl_subventions.json").read_text(encoding="utf-8"))
    assert tuple(field["name"] for field in schema["fields"]) == scdl.COLUMNS
    assert schema["version"] == "2.1.1"


def test_one_line_per_beneficiary_each_with_its_part_of_the_whole_amount(client, ours, samples, tmp_path):
    made = whole(ours)
    Beneficiary.objects.filter(line=made).update(share=Decimal("0.45"))
    Beneficiary.objects.create(
        line=made, organisation=company("Asso"), rna="W123456789", share=Decimal("0.55"), **TOLD
    )
    found = rows(client)
    assert [row["pourcentageSubvention"] for row in found] == ["0.55", "0.45"]
    assert {row["montant"] for row in found} == {"47800.00"}
    assert valid(client, samples, tmp_path) == []


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"beneficiary": {}}, "le SIRET ou le numéro RNA"),
        ({"pay_from": None}, "la date de versement"),
        ({"regime": "unknown"}, "le régime d’aide"),
        ({"payment": "autre"}, "les conditions de versement"),
    ],
)
def test_what_the_schema_requires_is_never_guessed(client, ours, change, lacks):
    whole(ours, **change)
    assert rows(client) == []
    assert lacks in read(client.get("/aides/"))


def test_only_whole_published_attested_grants_of_the_authority_are_in_the_file(client, ours, settings):
    whole(ours, published=False)
    whole(ours, form="loan")
    whole(company("Région", SIRENS[3]))
    rough = whole(ours, about="Montant rond")
    moved(rough, amount=5, qualifier=Qualifier.ABOUT)
    line(company("Alpha"), funder=ours, published=True)
    assert rows(client) == []
    whole(ours, about="Entière")
    assert [row["objet"] for row in rows(client)] == ["Entière"]
    settings.EPCI_SIRET = ""
    assert rows(client) == []


def test_the_grant_of_2007_is_told_with_what_became_of_it(client, attested, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page = read(client.get("/aides/"))
    for words in ("1 500 000 €", "1 250 000 €", "Créer cinquante emplois", "Non tenue", "décembre 2020"):
        assert words in page
    assert "Aucune source ne dit si la somme a été remboursée" in page
    assert "La source ne dit pas ce que la convention prévoit" in page
    assert 'href="/engagements/#bridgestone-2007"' in page
    table = read(client.get("/aides.csv"))
    assert "Bridgestone" in table and "attesté, autre source" in table
    # The press gives no day, no SIRET: the statutory file stays without it.
    assert rows(client) == []


def test_one_grant_reads_the_same_in_the_table_the_totals_and_the_story(client, ours):
    made = line(company("Alpha"), funder=ours, published=True)
    moved(made, amount="250000.50")
    moved(made, "paid", "80000", qualifier=Qualifier.ABOUT)
    page = read(client.get("/aides/"))
    assert "250 001" not in page
    assert page.count("250 000,50 €") == 3
    assert page.count("environ 80 000 €") == 3


def test_a_cancelled_entry_is_not_shown_in_public(client, ours):
    made = whole(ours)
    wrong = moved(made, "paid", 12_345)
    moved(made, "cancelled", None, cancels=wrong)
    assert "12 345" not in read(client.get("/aides/"))


def test_what_is_not_published_is_nowhere(client, ours):
    whole(ours, published=False, about="Discrète")
    for path in ("/aides/", "/aides.csv", "/donnees/subventions.csv"):
        assert "Discrète" not in read(client.get(path))


@pytest.mark.parametrize(
    ("siret", "wrong"),
    [("", None), ("55210055400013", "E002"), (OURS + "99998", "E001"), ("2000724600001", "E001")],
)
def test_a_siret_of_another_body_or_with_a_digit_wrong_is_told_at_start(settings, siret, wrong):
    settings.EPCI_SIRET = siret
    assert [one.id for one in authority_siret()] == ([f"projects.{wrong}"] if wrong else [])


def test_without_the_siret_of_the_authority_the_page_says_what_to_set(client, ours, settings):
    whole(ours)
    assert "EPCI_SIRET" not in read(client.get("/aides/"))
    settings.EPCI_SIRET = ""
    page = read(client.get("/aides/"))
    assert "le fichier reste vide" in page and "EPCI_SIRET" in page
