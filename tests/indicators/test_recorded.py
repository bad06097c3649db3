"""What we ask, held against what the services recorded or published of themselves: names, levels, files."""

import json
import re

import pytest

from agglo.figures.models import Break, Observation
from agglo.figures.recording import define_measure, ensure_subject
from agglo.figures.vocabulary import Kind
from agglo.indicators import melodi_pages
from agglo.indicators.connectors import recherche_entreprises
from agglo.indicators.recherche_entreprises import COMPANIES
from agglo.opendata.declaration import Declaration, LongTable, Measured, declared, register
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from agglo.territory.connectors import geo
from tests.opendata.registry import restored
from tests.opendata.toy import PRODUCER

# Came out in August 2026, after the catalogue was recorded.
NEWER = {"DS_SOCIAL_ECONOMY"}


@pytest.fixture
def catalogue_of_insee(samples):
    text = (samples / "melodi_catalog_all_2026-01-06.json").read_text(encoding="utf-8")
    return {entry["identifier"]: entry for entry in json.loads(text)}


def melodi_datasets():
    ours = [one for one in declared().values() if one.base_url == melodi_pages.BASE_URL]
    return {re.search(r"DS_\w+", one.path)[0]: one for one in ours if "DS_" in one.path}


def test_every_melodi_dataset_we_ask_for_is_in_the_recorded_catalogue(catalogue_of_insee):
    asked = melodi_datasets()
    assert len(asked) >= 12
    assert asked.keys() - catalogue_of_insee.keys() == NEWER


def test_the_recorded_catalogue_has_our_levels_and_says_when_it_changed(catalogue_of_insee):
    for name, one in melodi_datasets().items():
        if name in NEWER:
            continue
        entry = catalogue_of_insee[name]
        assert entry["modified"], name
        # Reference populations stop at communes: the whole is summed here.
        if name != "DS_POPULATIONS_REFERENCE":
            assert "EPCI" in {level["id"] for level in entry["spatialResolution"]}, (name, one.code)


def test_the_recorded_catalogue_leads_to_the_long_file(catalogue_of_insee):
    entry = catalogue_of_insee["DS_SIDE_CREA_ENT_COM"]

    class Door:
        def get(self, address, **options):
            return self if address.startswith("catalog/") else address

        def json(self):
            return entry

    (address,) = melodi_pages.fetch_file(Door(), declared()["insee-side-creations"])
    assert address.endswith("/DS_SIDE_CREA_ENT_COM_2024_CSV_FR")


@pytest.mark.parametrize("name", ["bpe_melodi_zip_shape.zip", "bpe_2024_csv_first_rows.csv"])
def test_a_long_file_in_the_form_of_insee_is_read(samples, name, db):
    """Its header, its quotes and the second member of its zip; no column of status."""
    for scheme, code in (("COM", "10001"), ("DEP", "67"), ("DEP", "86")):
        ensure_subject(scheme, code, code, "territoire")
    define_measure("bpe", name="Équipements", counted_unit="équipements", kind=Kind.STOCK)
    with restored():
        register(
            Declaration(
                code="toy-bpe", title="Équipements", source=PRODUCER, base_url="https://toy.example",
                table=LongTable(), schemes={"COM": "COM", "DEP": "DEP"}, unknown_subject="skip",
                measures=(
                    Measured(
                        "bpe", {"BPE_MEASURE": "FACILITIES"}, {"FACILITY_TYPE": None, "FACILITY_DOM": None}
                    ),
                ),
            )
        )  # fmt: skip
        done = refresh("toy-bpe", Options(file=str(samples / name)))
    assert (done.status, done.refused) == ("succeeded", 0), done.error
    assert Observation.objects.count() == done.added > 0


def test_what_is_asked_of_recherche_entreprises_is_in_its_specification(samples):
    text = (samples / "recherche-entreprises_open-api.yml").read_text(encoding="utf-8")
    known = set(re.findall(r"^ +- name: (\w+)$", text, re.M))
    asked = {*recherche_entreprises.NUMBER, *recherche_entreprises.LIST, *COMPANIES, "epci", "code_commune"}
    assert asked <= known


def test_what_is_asked_of_the_service_of_geography_is_in_its_definition(samples):
    text = (samples / "geo-api_definition.yml").read_text(encoding="utf-8")
    assert "/epcis/{code}/communes:" in text
    assert "/communes/{code}:" in text
    for name, value in geo.PARAMS.items():
        assert f"name: {name}" in text
        assert all(word in text for word in str(value).split(","))


@pytest.mark.parametrize(
    ("measure", "on", "cause"),
    [
        ("demandeurs-emploi-abc", "2025-01-01", "plein emploi"),
        ("demandeurs-emploi-a", "2025-01-01", "plein emploi"),
        ("effectif-salarie-prive", "2023-01-01", "apprentis"),
        ("effectif-salarie-prive-cvs", "2023-01-01", "apprentis"),
        ("creations-entreprises", "2012-01-01", "SIDE"),
        ("etablissements-actifs-industrie", "2027-01-01", "NAF 2025"),
        ("effectif-salarie-prive-industrie", "2027-01-01", "NAF 2025"),
        ("taux-chomage-localise", "2020-01-01", "Zones d’emploi 2020"),
        ("lycees-pro-emploi-6-mois", "2023-01-01", "InserJeunes"),
        ("cfa-emploi-6-mois", "2023-01-01", "InserJeunes"),
    ],
)
def test_breaks_are_known_before_any_figure(catalogue, measure, on, cause):
    assert Break.objects.filter(measure__code=measure, on=on, cause__contains=cause).exists()
