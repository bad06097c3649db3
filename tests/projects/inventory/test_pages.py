"""The inventory as the public reads it and as staff keep it, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from agglo.figures.models import Subject
from projects.connectors.parks import count_vacancy
from projects.inventory import waiting
from projects.inventory.adopting import adopt
from projects.models import InventoryRound, LandUnit, Organisation, RoundPark, Site, UnitStay
from projects.standards import STANDARDS, writing
from tests.people import client_of, person
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db
TOLD = {"source": "essai"}
HOME = "/equipe/inventaires/"


def new_park(slug: str = "ruitz") -> Site:
    subject = Subject.objects.create(scheme="SITE", code=slug, name=slug, kind_label="site")
    return Site.objects.create(subject=subject, slug=slug, name=slug, kind="park", published=True, **TOLD)


def add_units(park: Site, number: int, *, vacant: int = 0) -> None:
    for rank in range(number):
        empty = rank < vacant
        unit = LandUnit.objects.create(
            park=park, code=f"uf-{rank}", square_metres=1000, cfe="ended" if empty else "active",
            cfe_ended_on=date(2020, 1, 1) if empty else None, built=True, **TOLD,
        )  # fmt: skip
        use = "empty" if empty else "occupied"
        UnitStay.objects.create(unit=unit, use=use, start=date(2020, 1, 1), **TOLD)


def adopt_inventory(park: Site, on: date = date(2021, 4, 1)) -> None:
    """By the act that makes its counts public."""
    opened = InventoryRound.objects.create(
        name="Inventaire", opened_on=date(2021, 1, 4), consultation_start=date(2021, 2, 1),
        consultation_end=date(2021, 3, 2), **TOLD,
    )  # fmt: skip
    RoundPark.objects.create(round=opened, park=park)
    adopt(opened, on, "arrêté 1")


@pytest.fixture
def park(db) -> Site:
    return new_park()


@pytest.fixture
def staff(db):
    return client_of("staff")


def test_the_public_reads_two_of_fifteen_and_both_denominators(client, park):
    add_units(park, 15, vacant=2)
    adopt_inventory(park)
    body = read(client.get("/zones-activite/ruitz/"))
    assert "2 de ses 15 unités foncières sont vacantes au sens de la loi" in body
    assert "13,3 %" in body
    assert "2 unités vacantes sur 15 unités foncières de la zone, en nombre" in body
    assert "Ce n’est pas le taux de la loi" in body
    assert "2 sur 15, soit 13,3 %" in read(client.get("/zones-activite/"))
    assert "2 unités foncières vacantes au sens de la loi sur 15" in read(client.get("/sites/ruitz/"))
    (line,) = [one for one in read(client.get("/zones-activite.csv")).splitlines() if one.startswith("ruitz")]
    assert ";15;13;0;2;0;13,3;13,3;0;" in line


def test_unknown_stays_unknown(client, park):
    add_units(park, 3, vacant=1)
    LandUnit.objects.create(park=park, code="sait-on", **TOLD)
    adopt_inventory(park)
    body = read(client.get("/zones-activite/ruitz/"))
    assert "de 1, on ne sait pas" in body
    assert "au moins" in body
    assert "pas encore adopté" in read(client.get(f"/zones-activite/{new_park('vide').slug}/"))


def test_the_situation_is_that_of_the_day_asked(client, park):
    add_units(park, 2, vacant=1)
    adopt_inventory(park)
    assert "Aucune de ses 2 unités" in read(client.get("/zones-activite/ruitz/?au=2021-05-01"))
    assert "Choisissez un jour passé" in read(client.get("/zones-activite/ruitz/?au=2999-01-01"))
    assert "ne se lit pas" in read(client.get("/zones-activite/ruitz/?au=demain"))


def test_no_person_and_no_unit_is_shown_to_the_public(client, park):
    add_units(park, 1)
    adopt_inventory(park)
    LandUnit.objects.update(owner_kind="natural")
    body = read(client.get("/zones-activite/ruitz/"))
    assert "uf-0" not in body
    assert "particulier" in body
    assert "Personne physique" not in body
    assert not LandUnit.objects.visible_to(None).exists()


def test_units_that_are_being_listed_are_nobody_s_number_before_the_act(client, staff, park):
    add_units(park, 3, vacant=2)
    for address in ("/zones-activite/", "/zones-activite/ruitz/", "/sites/ruitz/", "/zones-activite.csv"):
        body = read(client.get(address))
        assert "66,7" not in body and "66.7" not in body and "vacantes au sens" not in body, address
    assert "pas encore adopté" in read(client.get("/zones-activite/ruitz/?au=2024-01-01"))
    assert list(count_vacancy(timezone.localdate())) == []
    (one,) = writing.rows(STANDARDS["site-eco"], public=True)
    assert one.cells["site_uf_nbre"] == ""
    assert "2 vacantes au sens de la loi sur 3" in read(staff.get(f"{HOME}zones/ruitz/"))
    adopt_inventory(park)
    InventoryRound.objects.update(adopted_on=timezone.localdate() + timedelta(days=1))
    assert "66,7" not in read(client.get("/zones-activite/"))
    InventoryRound.objects.update(adopted_on=timezone.localdate())
    assert "66,7" in read(client.get("/zones-activite/"))
    assert [one.value for one in count_vacancy(timezone.localdate())][:2] == [3, 2]


def test_only_a_reviewer_records_the_act(staff, park):
    add_units(park, 1)
    opened = InventoryRound.objects.create(
        name="t", opened_on=date(2021, 1, 4), consultation_start=date(2021, 2, 1),
        consultation_end=date(2021, 3, 2), **TOLD,
    )  # fmt: skip
    said = {"adopted_on": "2021-04-01", "act": "arrêté 1"}
    assert "Adopter l’inventaire" not in read(staff.get(f"{HOME}{opened.pk}/"))
    assert staff.post(f"{HOME}{opened.pk}/adopter/", said).status_code == 403
    assert [one.act for one in waiting.items(person("staff", email="a@exemple.fr"))] == [
        "Ouvrir un inventaire"
    ]
    reviewer = person("reviewer")
    assert "Adopter" in [one.act for one in waiting.items(reviewer)]
    assert client_of(reviewer).post(f"{HOME}{opened.pk}/adopter/", said).status_code == 302


def test_an_unpublished_park_is_not_found(client, park):
    Site.objects.update(published=False)
    assert client.get("/zones-activite/ruitz/").status_code == 404


def refused(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_the_database_refuses_what_cannot_be(park):
    company = Organisation.objects.create(slug="c", name="C", kind="company", **TOLD)
    unit = {"park": park, "code": "u", **TOLD}
    refused(
        "legal_persons_only", lambda: LandUnit.objects.create(owner_kind="natural", owner=company, **unit)
    )
    refused("cfe_end_is_dated", lambda: LandUnit.objects.create(cfe="ended", **unit))
    tour = {"name": "t", "opened_on": date(2026, 1, 1), **TOLD}
    begin = date(2026, 2, 1)
    short = {"consultation_start": begin, "consultation_end": begin + timedelta(days=28)}
    refused("lasts_thirty_days", lambda: InventoryRound.objects.create(**short, **tour))
    long = {"consultation_start": begin, "consultation_end": begin + timedelta(days=29)}
    InventoryRound.objects.create(**long, **tour)
    refused(
        "adopted_by_an_act",
        lambda: InventoryRound.objects.create(adopted_on=date(2026, 4, 1), **long, **tour),
    )
    refused(
        "adopted_after_consultation",
        lambda: InventoryRound.objects.create(adopted_on=begin, act="délib. 1", **long, **tour),
    )


def test_staff_list_a_unit_and_who_occupied_it(staff, park):
    form = {
        "code": "uf-1", "parcels": "62737000AB0012, 62737000AB0013", "area": "1,7 ha", "source": "cadastre",
        "owner_kind": "unknown", "cfe": "ended", "cfe_ended_on": "2020-01-01", "built": "true",
        "brownfield": "unknown",
    }  # fmt: skip
    address = f"{HOME}zones/ruitz/unites/nouvelle/"
    wrong = staff.post(address, form | {"parcels": "12AB", "cfe_ended_on": ""})
    assert wrong.status_code == 400
    body = read(wrong)
    assert "n’est pas une référence cadastrale" in body
    assert "la règle des deux ans en dépend" in body
    assert 'value="1,7 ha"' in wrong.content.decode().replace("\u202f", " ")
    page = staff.post(address, form, follow=True)
    unit = LandUnit.objects.get()
    assert (unit.square_metres, unit.parcels) == (17_000, ["62737000AB0012", "62737000AB0013"])
    assert "n’est pas comptée vacante" in read(page)
    stay = {"act": "stay", "use": "empty", "start": "2020-01-01", "source": "visite"}
    body = read(staff.post(f"{HOME}zones/ruitz/unites/{unit.pk}/", stay, follow=True))
    assert "<strong>vacante</strong>" in body
    late = {"act": "stay", "use": "empty", "start": "2022-01-01", "end": "2021-01-01", "source": "visite"}
    assert "La fin vient après le début" in read(staff.post(f"{HOME}zones/ruitz/unites/{unit.pk}/", late))
    staff.post(f"{HOME}zones/ruitz/unites/{unit.pk}/occupations/{UnitStay.objects.get().pk}/retirer/")
    assert not UnitStay.objects.exists()
    entries = AuditEntry.objects.filter(table_name__in=["projects_landunit", "projects_unitstay"])
    assert {one.user.role for one in entries} == {"staff"}
    again = read(staff.post(address, form))
    assert "déjà pris dans cette zone" in again


def test_a_round_is_consulted_thirty_days_then_adopted_and_its_counts_stay(staff, client, park):
    add_units(park, 15, vacant=2)
    form = {"name": "Inventaire 2026", "opened_on": "2026-01-10", "consultation_start": "2026-02-01",
            "consultation_end": "2026-02-20", "parks": park.pk, "source": "service"}  # fmt: skip
    assert "la loi en veut trente" in read(staff.post(f"{HOME}nouveau/", form))
    staff.post(f"{HOME}nouveau/", form | {"consultation_end": "2026-03-02"})
    tour = InventoryRound.objects.get()
    act = f"{HOME}{tour.pk}/adopter/"
    reviewer = client_of("reviewer")
    early = reviewer.post(act, {"adopted_on": "2026-03-02", "act": "arrêté 12"})
    assert "après la fin de la consultation" in read(early)
    assert "consultation close, adoption à venir" in read(client.get("/zones-activite/ruitz/"))
    reviewer.post(act, {"adopted_on": "2026-04-01", "act": "arrêté 12"})
    row = RoundPark.objects.get()
    assert (row.units, row.vacant, row.unknown) == (15, 2, 0)
    LandUnit.objects.filter(code="uf-0").update(cfe="active", cfe_ended_on=None)
    body = read(client.get("/zones-activite/ruitz/"))
    assert "1 de ses 15 unités foncières est vacante" in body
    assert "2 vacantes sur 15, soit 13,3 %" in body
    assert "avril 2032" in body
    assert "ne se change plus" in read(staff.post(f"{HOME}{tour.pk}/", form, follow=True))


def test_a_park_that_was_never_inventoried_is_late_and_on_the_worklist(staff, park):
    (item,) = waiting.items(None)
    assert (item.pile, item.what) == ("late", "ruitz")
    assert "en retard" in read(staff.get(HOME))
    tour = InventoryRound.objects.create(name="t", opened_on=timezone.localdate(), **TOLD)
    RoundPark.objects.create(round=tour, park=park)
    assert list(waiting.items(None)) == []


def test_our_counts_go_into_the_national_file(park):
    add_units(park, 15, vacant=2)
    adopt_inventory(park)
    (one,) = writing.rows(STANDARDS["site-eco"], public=True)
    names = ("site_uf_nbre", "site_uf_vacant_nbre", "site_taux_vacance", "site_uf_bati_nbre")
    assert [one.cells[name] for name in names] == ["15", "2", "13.3", "15"]


def test_queries_do_not_grow_with_the_parks(client, staff, park, django_assert_num_queries):
    add_units(park, 2)
    asked = {}
    for who, address in ((client, "/zones-activite/"), (staff, HOME), (staff, f"{HOME}zones/ruitz/")):
        with CaptureQueriesContext(connection) as queries:
            who.get(address)
        asked[address] = (who, len(queries))
    for number in range(4):
        add_units(new_park(f"p{number}"), 5, vacant=1)
    add_more = LandUnit.objects.create(park=park, code="autre", **TOLD)
    UnitStay.objects.create(unit=add_more, use="empty", **TOLD)
    for address, (who, number) in asked.items():
        with django_assert_num_queries(number):
            who.get(address)
