"""Lots and their occupants as files bring them: outlines, ends, areas that cannot be, and taking back."""

import json
from datetime import date

import pytest

from projects.models import Lot, Occupancy
from projects.standards import STANDARDS, writing
from projects.standards.reading import REFUSED, UNCHANGED, compare
from tests.projects.conftest import read
from tests.projects.standards.conftest import rows_of, take_rows_back

pytestmark = pytest.mark.django_db
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[2.64, 50.53], [2.65, 50.53], [2.65, 50.54], [2.64, 50.54], [2.64, 50.53]]],
}
SIRET = {"SIREN": "552100554", "SIRET": "55210055400013"}


def written(code: str) -> list[dict[str, str]]:
    return rows_of(writing.csv_text(STANDARDS[code], writing.rows(STANDARDS[code], public=True)))


def test_the_outline_of_a_lot_is_drawn_goes_out_and_is_taken_back(client, accept, bring, agent, example):
    accept("site-eco", example("site-eco"))
    first = accept("terrain-eco", example("terrain-eco", terr_geomsurf=json.dumps(SQUARE)))
    lot = Lot.objects.get()
    assert lot.outline == SQUARE
    body = read(client.get(lot.site.get_absolute_url()))
    assert f'href="#lot-{lot.pk}"' in body and "Sans contour connu" not in body
    (row,) = written("terrain-eco")
    assert json.loads(row["terr_geomsurf"]) == SQUARE
    assert compare(bring("terrain-eco", row)).proposals[0].verdict == UNCHANGED
    wider = json.loads(json.dumps(SQUARE).replace("2.65", "2.66"))
    second = accept("terrain-eco", row | {"terr_geomsurf": json.dumps(wider)})
    assert Lot.objects.get().outline == wider
    assert take_rows_back(second, agent) == (1, 0)
    assert Lot.objects.get().outline == SQUARE
    assert take_rows_back(first, agent) == (1, 0)
    assert not Lot.objects.exists()


def test_an_establishment_that_closed_ends_there_until_the_file_is_taken_back(
    client, accept, bring, agent, example
):
    accept("site-eco", example("site-eco"))
    accept("terrain-eco", example("terrain-eco"))
    here = example("etablissement", terr_id=example("terrain-eco")["terr_id"], **SIRET) | {
        "etab_actif": "oui", "etab_fermeture_date": "",
    }  # fmt: skip
    accept("etablissement", here)
    one = Occupancy.objects.get()
    assert one.end is None
    closed = here | {"etab_actif": "non", "etab_fermeture_date": "2025-02-08"}
    brought = accept("etablissement", closed)
    one.refresh_from_db()
    assert one.end == date(2025, 2, 8)
    assert "7 février 2025" in read(client.get(one.site.get_absolute_url()))
    assert written("etablissement")[0]["etab_fermeture_date"] == "2025-02-08"
    Occupancy.objects.update(end=date(2025, 3, 1))
    assert written("etablissement")[0]["etab_fermeture_date"] == "2025-03-01"
    Occupancy.objects.update(end=date(2025, 2, 8))
    assert take_rows_back(brought, agent) == (1, 0)
    one.refresh_from_db()
    assert one.end is None
    for said, words in (
        ({"etab_fermeture_date": "2001-01-01"}, "n’est pas après sa création"),
        ({"etab_actif": "non"}, "sa date de fermeture manque"),
    ):
        brought = accept("etablissement", here | said)
        assert words in " ".join(brought.compared.get().remarks)
        assert Occupancy.objects.get().end is None


@pytest.mark.parametrize(
    ("code", "name", "cell"),
    [
        ("terrain-eco", "terr_surf_brute", "-3"),
        ("terrain-eco", "terr_m2_prix", "-0.5"),
        ("friches", "bati_surface", "-3"),
    ],
)
def test_a_negative_number_is_refused(bring, example, code, name, cell):
    (one,) = compare(bring(code, example(code, **{name: cell}))).proposals
    assert one.verdict == REFUSED
    assert "plus petit que zéro" in one.reasons[0]
    (zero,) = compare(bring(code, example(code, **{name: "0"}))).proposals
    assert zero.verdict != REFUSED


def test_an_area_that_no_column_holds_stays_in_its_cell(accept, example):
    accept("site-eco", example("site-eco"))
    accept("terrain-eco", example("terrain-eco", terr_surf_brute="9999999999"))
    assert Lot.objects.get().square_metres is None


def test_the_page_of_a_site_tells_what_its_lots_went_through(client, accept, example):
    accept("site-eco", example("site-eco"))
    accept("terrain-eco", example("terrain-eco", terr_etat_occup="vacant"))
    lot = Lot.objects.get()
    assert "Son histoire" not in read(client.get(lot.site.get_absolute_url()))
    lot.states.update(reason="bâtiment vidé")
    accept("terrain-eco", example("terrain-eco", terr_etat_occup="friche", terr_actu_date="2024-05-01"))
    body = read(client.get(lot.site.get_absolute_url()))
    history = body[body.index("Son histoire") :]
    assert history.index("depuis le 1er mai 2024") < history.index("depuis le 29 août 2023")
    assert "vacant&#8239;» – bâtiment vidé" in history
    assert 'data-label="Vente"' in body
