"""Pages of support and aid: what is typed is kept or said, and the computation is written out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from agglo.figures.vocabulary import Origin
from projects.models import (
    Beneficiary,
    Counterpart,
    FundingLine,
    Movement,
    Organisation,
    SupportAct,
    SupportCase,
    UndertakingLink,
)
from tests.people import client_of, person
from tests.projects.aid import SIRENS, TOLD, case, company, line, moved
from tests.projects.conftest import read
from tests.projects.two import published_by_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of(person("staff"))


def typed_case(**more) -> dict:
    kept = case(company("Amorce")).scheme
    said = {"company_name": "Alpha", "scheme": kept.pk, "about": "Une machine", "opened_on": "2025-01-15"}
    return said | {"source": "Services"} | more


def test_a_case_for_a_company_nobody_knew_yet(staff):
    response = staff.post("/equipe/accompagnement/nouveau/", typed_case(company_siren="552 100 554"))
    made = SupportCase.objects.get(company__name="Alpha")
    assert response["Location"] == made.get_absolute_url()
    assert (made.company.siren, made.adviser.role, made.company.origin) == (
        "552100554",
        "staff",
        Origin.ATTESTED,
    )
    staff.post("/equipe/accompagnement/nouveau/", typed_case(company_name="552100554"))
    assert Organisation.objects.filter(siren="552100554").count() == 1
    assert made.company.cases.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"company_siren": "552100555"}, "n’est pas un SIREN"),
        ({"company_name": "123456789"}, "Personne de connu n’a ce SIREN"),
        ({"closed_on": "2024-01-01"}, "ne se clôt pas avant son ouverture"),
        ({"result": "awarded"}, "Un résultat a sa date"),
        ({"investment": "1 250 000,50"}, "a son montant et sa date"),
        ({"about": ""}, "obligatoire"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(staff, change, words):
    said = typed_case(company_name="Alpha et fils") | change
    page = read(staff.post("/equipe/accompagnement/nouveau/", said))
    assert words in page
    assert "Rien n’a été gardé pour l’instant" in page
    assert all(f'value="{value}"' in page for value in change.values() if "investment" in change)
    assert SupportCase.objects.count() == 1


def test_an_act_is_noted_with_one_tap_on_the_case(staff):
    kept = case(company("Alpha"))
    page = read(staff.get(kept.get_absolute_url()))
    assert page.count('name="kind"') == len(SupportAct.Kind.choices)
    staff.post(f"{kept.get_absolute_url()}actes/", {"kind": "visit", "on": timezone.localdate(), "words": ""})
    made = SupportAct.objects.get()
    assert (made.on, made.by.role) == (timezone.localdate(), "staff")
    late = {"kind": "visit", "on": timezone.localdate() + timedelta(3), "words": "visite des ateliers"}
    page = read(staff.post(f"{kept.get_absolute_url()}actes/", late))
    assert "à venir" in page and "visite des ateliers" in page
    staff.post(f"{kept.get_absolute_url()}actes/{made.pk}/retirer/", {"why": "saisi deux fois"})
    assert "Retiré&nbsp;: saisi deux fois" in read(staff.get(kept.get_absolute_url()))
    assert SupportCase.objects.counted().acts == 0


def test_the_list_says_three_counts_and_leaves_the_64_alone(staff, attested):
    one = company("Alpha", SIRENS[1])
    for kept in (case(one), case(one)):
        SupportAct.objects.create(case=kept, kind="visit", on=date(2025, 1, 1))
    page = read(staff.get("/equipe/accompagnement/"))
    facts = page[page.index('aria-label="Comptes"') :].split("</dl>")[0]
    assert [
        facts[facts.index(word) :].split("<dd>")[1][0] for word in ("Dossiers", "Actes", "Entreprises")
    ] == [
        "2",
        "2",
        "1",
    ]
    assert "64 dossiers lauréats" in facts


def typed_line(**more) -> dict:
    funder = company("Financeur")
    said = {"company_name": "Alpha", "about": "Une machine", "funder": funder.name, "form": "grant"}
    return said | {"regime": "de_minimis", "payment": "unique", "source": "Services"} | more


def test_a_line_its_movements_and_their_cancelling(staff):
    response = staff.post("/equipe/aides/nouvelle/", typed_line())
    made = FundingLine.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.beneficiaries.get().organisation.name, made.beneficiaries.get().share) == ("Alpha", 1)
    said = {
        "kind": "granted",
        "amount": "80 000,00 €",
        "qualifier": 0,
        "on": "2025-03-01",
        "source": "Services",
    }
    page = read(staff.post(f"{made.get_absolute_url()}mouvements/", said | {"evidence": ""}))
    assert "obligatoire" in page and "80 000,00 €" in page
    staff.post(f"{made.get_absolute_url()}mouvements/", said | {"evidence": "délibération"})
    row = Movement.objects.get()
    assert (row.amount, row.until, row.by.role) == (80_000, date(2025, 3, 1), "staff")
    assert "80 000 €" in read(staff.get(made.get_absolute_url()))
    staff.post(f"{made.get_absolute_url()}mouvements/{row.pk}/annuler/", {"evidence": "erreur"})
    page = read(staff.get(made.get_absolute_url()))
    assert "Écriture annulée" in page
    assert page[page.index("Accordé") :].split("<dd>")[1].startswith("—")


def test_the_jobs_a_decision_speaks_of_are_told_with_it(staff, client):
    said = typed_line(jobs="45", legal_basis="délibération du 1er mars")
    staff.post("/equipe/aides/nouvelle/", said)
    made = FundingLine.objects.get()
    published_by_two("aides", made.pk)
    Movement.objects.create(
        line=made,
        kind="granted",
        on=date(2025, 3, 1),
        until=date(2025, 3, 1),
        evidence="vote",
        source="essai",
    )
    for page in (read(staff.get(made.get_absolute_url())), read(client.get("/aides/"))):
        assert "Emplois de l’établissement aidé</dt><dd>45, à la décision" in page
    assert ";45;" in b"".join(client.get("/aides.csv")).decode()
    assert "supérieure ou égale à 0" in read(staff.post("/equipe/aides/nouvelle/", said | {"jobs": "-3"}))
    beyond = read(staff.post("/equipe/aides/nouvelle/", said | {"jobs": "9999999999"}))
    assert "Ce nombre est trop grand" in beyond and "2147483647" not in beyond


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"siret": "123"}, "n’est pas un SIRET"),
        ({"pay_until": "2025-01-01"}, "besoin d’un début"),
        ({"company_name": ""}, "obligatoire"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_a_sentence(staff, change, words):
    assert words in read(staff.post("/equipe/aides/nouvelle/", typed_line() | change))
    assert not FundingLine.objects.exists()


def test_invented_and_attested_are_kept_apart_with_a_sentence(staff):
    demo = company("Fictive", "990000000", origin=Origin.DEMO)
    made = line(company("Alpha"))
    page = read(
        staff.post(
            f"{made.get_absolute_url()}parts/",
            {
                "form-TOTAL_FORMS": 1,
                "form-INITIAL_FORMS": 1,
                "form-0-organisation": demo.pk,
                "form-0-percent": "100",
            },
        )
    )
    assert "ne se rattache pas" in page
    assert made.beneficiaries.get().organisation.name == "Alpha"


def test_shares_make_a_hundred_or_say_what_they_make(staff):
    made, other = line(company("Alpha")), company("Bêta")
    said = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 1}
    said |= {"form-0-organisation": company("Alpha").pk, "form-0-percent": "60"}
    said |= {"form-1-organisation": other.pk, "form-1-percent": "30,5"}
    page = read(staff.post(f"{made.get_absolute_url()}parts/", said))
    assert "90,5 %" in page and 'value="30,5"' in page
    staff.post(f"{made.get_absolute_url()}parts/", said | {"form-1-percent": "40"})
    assert sorted(Beneficiary.objects.values_list("share", flat=True)) == [Decimal("0.4"), Decimal("0.6")]


def test_a_counterpart_is_checked_and_what_is_due_is_computed(staff):
    made = line(company("Alpha"))
    moved(made, "paid", 100_000)
    yesterday = timezone.localdate() - timedelta(1)
    said = {"kind": "jobs_kept", "words": "Garder 50 emplois", "target": "50", "counted_unit": "emplois"}
    said |= {"qualifier": 0, "check_on": yesterday, "clawback": "pro_rata", "source": "Convention"}
    staff.post(f"{made.get_absolute_url()}contreparties/", said)
    promise = Counterpart.objects.get()
    for path in ("/equipe/aides/", "/equipe/"):
        assert "Garder 50 emplois" in read(staff.get(path))
    check = {"on": yesterday, "found": "partly", "reached": "30", "evidence": "DSN", "said_by": "Alpha"}
    path = f"{made.get_absolute_url()}contreparties/{promise.pk}/"
    assert "à venir" in read(staff.post(path, check | {"on": "2099-01-01", "source": "Services"}))
    staff.post(path, check | {"source": "Services"})
    page = read(staff.get(made.get_absolute_url()))
    assert "40 000,00 €" in page and "× (50 − 30) ÷ 50" in page
    claim = f"{made.get_absolute_url()}mouvements/?contrepartie={promise.pk}"
    assert claim in page
    asked = read(staff.get(claim))
    assert 'value="40000.00"' in asked and '<option value="reclaimed" selected>' in asked
    said = {"kind": "reclaimed", "amount": "40 000", "qualifier": 0, "on": yesterday, "source": "Titre"}
    staff.post(claim, said | {"evidence": "titre de recette", "counterpart": promise.pk})
    page = read(staff.get(made.get_absolute_url()))
    assert "Réclamé pour elle&nbsp;: 40 000 €" in page and claim not in page
    assert "Garder 50 emplois" not in read(staff.get("/equipe/aides/")).split("Toutes les lignes")[0]


def test_the_de_minimis_page_writes_its_computation_out(staff, django_assert_max_num_queries):
    mother, one, other = company("Mère"), company("Alpha"), company("Bêta")
    for child in (one, other):
        UndertakingLink.objects.create(
            controller=mother, controlled=child, ground="votes", start=date(2015, 1, 1), **TOLD
        )
    moved(line(one, regime="de_minimis", about="Robot"), amount=190_000, on=date(2023, 1, 30))
    moved(line(other, regime="de_minimis", about="Four"), amount=80_000, on=date(2024, 6, 3))
    moved(line(one, regime="exempted", about="Halle"), amount=500_000, on=date(2024, 6, 3))
    path = f"/equipe/aides/de-minimis/?entreprise={one.pk}&montant=60+000&le="
    page = read(staff.get(path + "2026-01-29"))
    assert "le plafond serait dépassé" in page
    assert "270 000,00 €" in page and "Il reste 30 000 €" in page
    assert "Mère → Bêta" in page
    aside = page[page.index('id="ailleurs"') :]
    assert "Halle" in aside and "Robot" not in aside
    with django_assert_max_num_queries(14):
        page = read(staff.get(path + "2026-01-31"))
    assert "le plafond est respecté" in page
    assert "a cessé de compter après le 30 janvier 2026" in page
    moved(line(other, regime="de_minimis", form="loan"), amount=10_000, on=date(2025, 1, 1))
    page = read(staff.get(path + "2026-01-31"))
    assert "on ne peut pas le dire" in page and "au plus 220 000 €" in page
    assert "obligatoire" in read(staff.get("/equipe/aides/de-minimis/?le=&entreprise="))
    assert FundingLine.objects.count() == 4


def test_a_link_is_typed_closed_and_refused_with_itself(staff):
    one, other = company("Alpha"), company("Bêta")
    said = {"controller": one.pk, "controlled": one.pk, "ground": "votes", "source": "Statuts"}
    assert "deux entreprises différentes" in read(staff.post("/equipe/aides/groupes/nouveau/", said))
    said |= {"controlled": other.pk, "start": "2020-01-01"}
    staff.post("/equipe/aides/groupes/nouveau/", said)
    assert "déjà au registre" in read(staff.post("/equipe/aides/groupes/nouveau/", said))
    kept = UndertakingLink.objects.get()
    staff.post(f"/equipe/aides/groupes/{kept.pk}/", said | {"end": "2024-01-01"})
    assert UndertakingLink.objects.held_on(date(2023, 12, 31)).exists()
    assert not UndertakingLink.objects.held_on(date(2024, 1, 1)).exists()


def test_queries_of_the_lists_do_not_grow(staff, django_assert_max_num_queries):
    for number in range(12):
        made = line(company(f"C{number}"), case=case(company(f"C{number}")))
        moved(made)
    with django_assert_max_num_queries(16):
        staff.get("/equipe/aides/")
    with django_assert_max_num_queries(16):
        staff.get("/equipe/accompagnement/")
