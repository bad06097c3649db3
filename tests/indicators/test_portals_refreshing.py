"""Dares and the portals of the State the whole way: asked of a replaying server, written, held, refused."""

import json
from decimal import Decimal

import pytest

from agglo.figures import reading
from agglo.figures.recording import ensure_subject
from agglo.indicators.places import our_communes
from agglo.opendata.declaration import find
from agglo.opendata.due import due
from agglo.opendata.refresh import Options, refresh
from tests.indicators.test_dares import row
from tests.indicators.test_portals import plant, project, school, summed, tax
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db
EPCI = ("EPCI", "200072460")
CATALOGUE = "/api/explore/v2.1/catalog/datasets"


def body(content):
    return Reply(json.dumps(content).encode())


def load(replay, code, *replies, path=None):
    replay.play(path or f"/{find(code).path}", *replies)
    return refresh(code, Options(base_url=replay.url))


def value(measure, subject=EPCI):
    return reading.latest([measure], [subject])[measure, *subject].value


def test_the_share_of_long_term_job_seekers_comes_out_of_two_datasets(territory, replay):
    ensure_subject("ZE2020", "3205", "Béthune", "zone d’emploi")
    rows = [row(), row("A", 5120), row(value=4010, seniority="1 an ou plus")]
    for code in ("dares-zones", "dares-zones-longue-duree"):
        run = load(replay, code, body(rows))
        assert run.status == "succeeded", run.error
    assert refresh("calcul-part-inscrits-longue-duree").status == "succeeded"
    assert round(value("part-inscrits-longue-duree", ("ZE2020", "3205")), 1) == 42
    asked = replay.asked(f"/{find('dares-zones').path}")[0].path
    assert "code_zone_d_emploi+in+" in asked
    assert "sexe%3D%22Total%22" in asked


def test_an_unchanged_entry_of_the_catalogue_spares_the_export(territory, replay):
    moment = {"metas": {"default": {"data_processed": "2026-09-10T14:01:00+00:00"}}}
    entry = find("odre-installations").path.removesuffix("/exports/json")
    replay.play(f"/{entry}", body(moment))
    path = f"/{find('odre-installations').path}"
    run = load(replay, "odre-installations", body([plant(), plant("62178", power=1000)]))
    assert run.status == "succeeded", run.error
    assert value("puissance-solaire") == Decimal("1049.46")
    asked = len(replay.asked(path))
    assert refresh("odre-installations", Options(base_url=replay.url)).status == "unchanged"
    assert len(replay.asked(path)) == asked


def test_taxes_projects_and_energy_reach_the_agglomeration(territory, replay):
    assert load(replay, "ofgl-rei", body([tax(), tax("62178", 500)])).status == "succeeded"
    assert value("produit-cfe") == 1500
    run = load(replay, "france-relance", body([project(), project("Paris", "75001")]))
    assert run.status == "succeeded", run.error
    assert value("france-relance-projets-industriels") == 1
    pages = [
        body(summed("conso_totale_mwh", "x", c62119=1500)["body"]),
        body(summed("conso_totale_mwh", "x", c62119=500, c62178=500)["body"]),
        body(summed("nombre_de_mailles_secretisees", "x", c62178=2)["body"]),
        body(summed("nombre_de_mailles_secretisees", "x", c62178=1)["body"]),
    ]
    run = load(replay, "ore-industrie", *pages)
    assert run.status == "succeeded", run.error
    assert (value("industrie-electricite"), value("industrie-gaz")) == (Decimal("1.5"), 1)
    assert value("industrie-energie-mailles-retenues") == 3


def test_our_schools_and_the_rates_of_all_are_read_together(territory, replay):
    commune = our_communes()[0]
    schools = [school(f"062000{n}X", commune, apprentices="1") for n in range(3)]
    run = load(replay, "education-annuaire", body(schools))
    assert run.status == "succeeded", run.error
    assert value("etablissements-apprentissage") == 3
    rates = [
        {"uai": f"062000{n}X", "annee": "cumul 2023-2024", "taux_emploi_6_mois": 40 + n} for n in range(3)
    ]
    run = load(replay, "education-inserjeunes-lycees", body(rates))
    assert run.status == "succeeded", run.error
    assert value("lycees-pro-emploi-6-mois") == 41


def test_the_schedule_asks_nothing_of_a_suspended_series(territory, replay):
    assert not {"urssaf-dpae-region", "urssaf-dpae-france"} & set(due())
    assert "dares-zones" in due()


@pytest.mark.parametrize(
    ("code", "measure", "good"),
    [
        ("ofgl-rei", "produit-cfe", [tax()]),
        ("odre-installations", "puissance-solaire", [plant()]),
        ("france-relance", "france-relance-projets-industriels", [project()]),
    ],
)
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b'{"error_code": "ODSQLError", "message": "ODSQL query is malformed: Unknown field: valeur"}',
               "application/json", 400), "«\u202fvaleur\u202f»"),
        (Reply(b'[{"colonne": 1}]'), "n’a plus les colonnes"),
        (Reply(b'[{"annee": "2024", "idc'), "JSON lisible"),
    ],
)  # fmt: skip
def test_a_changed_or_cut_answer_leaves_the_figures_in_place(
    territory, replay, code, measure, good, reply, words
):
    assert load(replay, code, body(good)).status == "succeeded"
    before = value(measure)
    run = load(replay, code, reply)
    assert run.status == "failed"
    assert words in run.error
    assert value(measure) == before
