"""What staff may not type of an inventory: days to come, impossible areas, the same thing twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from projects.inventory.adopting import CannotAdopt, adopt
from projects.inventory.entry import RoundForm
from projects.models import InventoryRound, LandUnit, RoundPark, UnitStay
from tests.people import client_of
from tests.projects.conftest import read
from tests.projects.inventory.test_pages import HOME, TOLD, add_units, adopt_inventory, new_park

pytestmark = pytest.mark.django_db
UNIT = {
    "code": "uf-1", "parcels": "62737000AB0012", "area": "1,7 ha", "source": "cadastre", "cfe": "unknown",
    "owner_kind": "unknown", "built": "unknown", "brownfield": "unknown",
}  # fmt: skip
ADDRESS = f"{HOME}zones/ruitz/unites/"


@pytest.fixture
def park(db):
    return new_park()


@pytest.fixture
def staff(db):
    return client_of("staff")


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def test_an_act_of_a_day_to_come_adopts_nothing(park):
    add_units(park, 2)
    with pytest.raises(CannotAdopt, match="à venir"):
        adopt_inventory(park, tomorrow())
    tour = InventoryRound.objects.get()
    said = {"adopted_on": tomorrow().isoformat(), "act": "arrêté 1"}
    assert "à venir" in read(client_of("reviewer").post(f"{HOME}{tour.pk}/adopter/", said))
    adopt(tour, timezone.localdate(), "arrêté 1")
    assert RoundPark.objects.get().units == 2


def test_a_round_opens_today_at_the_latest_then_is_consulted_one_a_park(staff, park):
    form = {"name": "Inventaire", "opened_on": "2026-01-10", "consultation_start": "2026-02-01",
            "consultation_end": "2026-03-10", "parks": park.pk, "source": "service"}  # fmt: skip
    address = f"{HOME}nouveau/"
    assert "à venir" in read(staff.post(address, form | {"opened_on": tomorrow().isoformat()}))
    assert "vient après l’ouverture" in read(staff.post(address, form | {"opened_on": "2026-02-02"}))
    assert staff.post(address, form).status_code == 302
    again = read(staff.post(address, form))
    assert "« ruitz » est déjà dans « Inventaire », qui n’est pas adopté" in again
    tour = InventoryRound.objects.get()
    assert staff.post(f"{HOME}{tour.pk}/", form).status_code == 302
    adopt(tour, date(2026, 4, 1), "arrêté 1")
    assert staff.post(address, form).status_code == 302


def test_a_form_opened_before_the_act_does_not_take_it_back(park):
    with pytest.raises(CannotAdopt):
        adopt_inventory(park, tomorrow())
    opened = InventoryRound.objects.get()
    adopt(InventoryRound.objects.get(), date(2021, 4, 1), "arrêté 1")
    form = {"name": "Autre", "opened_on": "2021-01-04", "consultation_start": "2021-02-01",
            "consultation_end": "2021-03-10", "parks": [park.pk], "source": "service"}  # fmt: skip
    late = RoundForm(form, instance=opened)
    assert "ne se change plus" in str(late.errors)
    assert InventoryRound.objects.get().adopted_on == date(2021, 4, 1)


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("999999999999999 ha", "plus grand que tout le territoire"),
        ("999999999999999", "plus grand que tout le territoire"),
        ("1,5", "Dites l’unité : 1,5 ha, ou 1,5 m² ?"),
    ],
)
def test_an_area_that_cannot_be_or_has_no_unit_is_asked_again(staff, park, area, said):
    answer = staff.post(f"{ADDRESS}nouvelle/", UNIT | {"area": area})
    assert answer.status_code == 400
    assert said in read(answer)
    assert not LandUnit.objects.exists()


def test_a_small_area_with_its_unit_and_a_large_one_without_are_read(staff, park):
    staff.post(f"{ADDRESS}nouvelle/", UNIT | {"area": "50 m²"})
    staff.post(f"{ADDRESS}nouvelle/", UNIT | {"area": "16 750", "code": "uf-2", "parcels": ""})
    assert [one.square_metres for one in LandUnit.objects.all()] == [50, 16_750]


def test_a_parcel_is_in_one_unit_of_a_park(staff, park):
    staff.post(f"{ADDRESS}nouvelle/", UNIT)
    second = UNIT | {"code": "uf-2", "parcels": "62737000AB0011 62737000AB0012"}
    body = read(staff.post(f"{ADDRESS}nouvelle/", second))
    assert "62737000AB0012 : déjà dans l’unité « uf-1 »" in body
    unit = LandUnit.objects.get()
    assert staff.post(f"{ADDRESS}{unit.pk}/", UNIT | {"act": "unit"}).status_code == 302
    new_park("autre")
    assert staff.post(f"{HOME}zones/autre/unites/nouvelle/", UNIT).status_code == 302


def test_what_is_still_to_come_is_not_noted(staff, park):
    ended = UNIT | {"cfe": "ended", "cfe_ended_on": tomorrow().isoformat()}
    assert "à venir" in read(staff.post(f"{ADDRESS}nouvelle/", ended))
    add_units(park, 1)
    stay = {"act": "stay", "use": "empty", "start": tomorrow().isoformat(), "source": "visite"}
    assert "à venir" in read(staff.post(f"{ADDRESS}{LandUnit.objects.get().pk}/", stay))


@pytest.mark.parametrize("start", ["2020-01-01", ""])
def test_an_occupation_sent_twice_is_kept_once(staff, park, start):
    unit = LandUnit.objects.create(park=park, code="u", **TOLD)
    stay = {"act": "stay", "use": "empty", "start": start, "source": "visite"}
    for _ in range(2):
        assert staff.post(f"{ADDRESS}{unit.pk}/", stay).status_code == 302
    assert UnitStay.objects.count() == 1
    staff.post(f"{ADDRESS}{unit.pk}/", stay | {"use": "unknown"})
    assert UnitStay.objects.count() == 2


def test_a_unit_that_should_not_be_there_is_taken_out_and_adopted_numbers_stay(staff, client, park):
    add_units(park, 3, vacant=1)
    adopt_inventory(park)
    unit = LandUnit.objects.get(code="uf-0")
    address = f"{ADDRESS}{unit.pk}/retirer/"
    assert address in staff.get(f"{ADDRESS}{unit.pk}/").content.decode()
    assert staff.get(address).status_code == 405
    assert client.post(address).status_code == 302 and LandUnit.objects.count() == 3
    assert "Unité uf-0 retirée" in read(staff.post(address, follow=True))
    assert LandUnit.objects.count() == 2
    assert RoundPark.objects.get().units == 3
    entry = AuditEntry.objects.filter(table_name="projects_landunit").latest("pk")
    assert "uf-0" in str(entry.__dict__)
    assert entry.user.role == "staff"


def test_one_and_none_are_said_as_such(staff, client, park):
    add_units(park, 1)
    assert "Aucune vacante au sens de la loi sur 1 unité foncière" in read(staff.get(f"{HOME}zones/ruitz/"))
    assert "1 unité, aucune vacante" in read(staff.get(HOME))
    assert 'data-label="Propriétaire"' in read(staff.get(f"{HOME}zones/ruitz/"))
    adopt_inventory(park)
    body = read(client.get("/zones-activite/ruitz/"))
    assert "Sa seule unité foncière n’est pas vacante au sens de la loi" in body
    assert "aucune vacante sur 1, soit 0" in body
    assert "Aucune unité foncière vacante au sens de la loi sur 1" in read(client.get("/sites/ruitz/"))
