"""Géorisques, in answers made by hand from what its users report: installations, a year’s emissions."""

import io
import json
import zipfile
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import State
from agglo.indicators import georisques
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import ReplayServer, Reply, spoiled

EPCI = ("EPCI", "200072460")
RUNNING = "En exploitation avec titre"


def site(number, commune="62119", regime="Autorisation", state=RUNNING, seveso="Non Seveso", **said):
    return {
        "codeAIOT": f"{number:010d}", "codeInsee": commune, "regime": regime, "etatActivite": state,
        "statutSeveso": seveso, "raisonSociale": "Usine d’essai", **said,
    }  # fmt: skip


def page(*found, last=1):
    return {"results": len(found), "page": 1, "total_pages": last, "data": [*found], "next": None}


def counted(read, *pages, communes=("62119", "62178")):
    held = [{"path": "/api/v1/installations_classees", "body": one} for one in pages]
    answer = read(json.dumps({"period": "2026-11", "pages": held}).encode())
    rows = georisques.counted(georisques.installations(answer), communes, "2026-11")
    return {(row.code, row.measure): int(row.value) for row in rows}


def test_regimes_states_and_seveso_are_counted_apart(read):
    counts = counted(
        read,
        page(
            site(1, seveso="Seveso seuil haut"),
            site(2, regime="Enregistrement", state="En exploitation sans titre"),
            site(3, state="En fin d’exploitation", seveso="Seveso seuil bas"),
            site(4, regime="Non ICPE"),
            site(5, regime="Autres régimes", state=None),
            site(6, state=None),
            site(7, commune="75056"),
        ),
    )
    assert {measure: number for (code, measure), number in counts.items() if code == "62119"} == {
        "icpe-exploitation": 2,
        "icpe-autorisation": 1,
        "icpe-enregistrement": 1,
        "icpe-seveso-haut": 1,
        "icpe-seveso-bas": 0,
        "icpe-fin-exploitation": 1,
    }
    assert counts["62178", "icpe-exploitation"] == 0


def test_an_installation_on_two_pages_counts_once(read):
    assert counted(read, page(site(1)), page(site(1), site(2)))["62119", "icpe-exploitation"] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"data": None}, "liste attendue"),
        (page({"codeAIOT": "1", "codeInsee": "62119"}), "regime"),
        (page(site(1, state="En sommeil")), "en sommeil"),
    ],
)
def test_a_changed_form_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        counted(read, content)


class Service(ReplayServer):
    """One installation a commune, asked ten communes at a time; the first batch has two pages."""

    def reply(self, target: str) -> Reply:
        if self.scenes:
            return super().reply(target)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        codes, number = asked["code_insee"].split(","), int(asked["page"])
        two = "62023" in codes
        shown = codes[:5] if two and number == 1 else codes[5:] if two else codes
        return Reply(
            json.dumps(page(*(site(int(code), code) for code in shown), last=2 if two else 1)).encode()
        )


@pytest.fixture
def service(replay):
    """In place of the replaying server, whose archive and patience it keeps."""
    server = Service().start()
    yield server
    server.stop()


@pytest.mark.django_db
def test_every_page_of_every_commune_reaches_the_ledger(territory, service):
    run = refresh("georisques-icpe", Options(base_url=service.url))
    assert run.status == "succeeded", run.error
    latest = reading.latest(["icpe-exploitation", "icpe-seveso-haut"], [EPCI, ("COM", "62119")])
    assert latest["icpe-exploitation", *EPCI].value == 100
    assert latest["icpe-exploitation", "COM", "62119"].value == 1
    assert latest["icpe-seveso-haut", *EPCI].value == 0
    assert len(service.asked("/api/v1/installations_classees")) == 11


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["html", "wrong-json", "truncated"])
def test_a_spoiled_answer_leaves_the_figures_in_place(territory, service, fault):
    refresh("georisques-icpe", Options(base_url=service.url))
    service.play("/api/v1/installations_classees", spoiled(fault, Reply(json.dumps(page(site(1))).encode())))
    assert refresh("georisques-icpe", Options(base_url=service.url)).status == "failed"
    assert reading.latest(["icpe-exploitation"], [EPCI])["icpe-exploitation", *EPCI].value == 100


# Emissions.

COLUMNS = "identifiant;code_insee;annee_emission;milieu;polluant;quantite;unite"


def register(*rows, columns=COLUMNS, name="2024/emissions.csv"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(name, "\ufeff" + "\r\n".join([columns, *rows]) + "\r\n")
        bundle.writestr("2024/etablissements.csv", "identifiant;nom_etablissement\r\n")
    return packed.getvalue()


def emission(
    number, commune="62119", pollutant=georisques.CO2, quantity="1500000", medium="Air", unit="kg/an"
):
    return f"{number:010d};{commune};2024;{medium};{pollutant};{quantity};{unit}"


def declared(read, *rows, **form):
    found = georisques.emissions(read(register(*rows, **form)), ["62119", "62178"], "E")
    return {(row.scheme, row.code, row.measure): row.value for row in found}


def test_fossil_co2_to_the_air_is_summed_in_tonnes(read):
    sums = declared(
        read,
        emission(1),
        emission(1, pollutant="Dioxyde de carbone (CO2) d'origine biomasse"),
        emission(1, pollutant="Dioxyde de carbone (CO2) total (d'origine biomasse et non biomasse)"),
        emission(1, pollutant="Monoxyde de carbone (CO)"),
        emission(2, quantity="500,5"),
        emission(3, commune="62178"),
        emission(4, commune="75056"),
        emission(5, medium="Eau (direct)"),
    )
    assert sums["COM", "62119", "irep-co2"] == "1500.5005"
    assert sums["EPCI", "E", "irep-co2"] == "3000.5005"
    assert sums["EPCI", "E", "irep-declarants-co2"] == "3"


def test_under_the_threshold_is_declared_and_has_no_number(read):
    sums = declared(read, emission(1, quantity="< seuil"), emission(2, commune="62178"))
    assert sums["COM", "62119", "irep-co2"] is None
    assert sums["COM", "62119", "irep-declarants-co2"] == "1"
    assert sums["EPCI", "E", "irep-co2"] == "1500"


@pytest.mark.parametrize(
    ("rows", "form", "words"),
    [
        ([emission(1)], {"columns": COLUMNS.replace("quantite", "masse")}, "quantite"),
        ([emission(1)], {"name": "2024/rejets.csv"}, "emissions.csv"),
        ([emission(1, pollutant="CO2")], {}, "n’a plus de polluant"),
        ([emission(1, unit="t/an")], {}, "kg par an"),
        ([emission(1, quantity="beaucoup")], {}, "ni un nombre"),
        ([emission(1), emission(1)], {}, "deux fois"),
        ([emission(1), "1;2"], {}, "coupé ou abîmé"),
    ],
)
def test_a_changed_register_is_refused_in_french(read, rows, form, words):
    with pytest.raises(WrongAnswer, match=words):
        declared(read, *rows, **form)


def test_a_cut_archive_is_refused_in_french(read):
    with pytest.raises(WrongAnswer, match="coupée ou abîmée"):
        list(georisques.emissions(read(register(emission(1))[:-40]), ["62119"], "E"))


@pytest.mark.django_db
def test_the_last_year_published_is_taken(territory, replay):
    from django.utils import timezone

    year = timezone.now().year - 2
    replay.play(
        f"/irep/{year}.zip", Reply(register(emission(1), emission(2, quantity="< seuil")), "application/zip")
    )
    replay.play(f"/irep/{year + 1}.zip", Reply(b"Not Found", "text/plain", 404))
    run = refresh("georisques-irep", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    latest = reading.latest(["irep-co2", "irep-declarants-co2"], [EPCI])
    assert latest["irep-co2", *EPCI].value == Decimal(1500)
    assert latest["irep-declarants-co2", *EPCI].value == 2
    assert latest["irep-co2", *EPCI].state == State.VALUE
