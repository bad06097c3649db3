"""Wide official files made by hand from what their users report: land used up, fibre, recruitment."""

import io
import json
from decimal import Decimal

import pytest
from openpyxl import Workbook

from agglo.figures import reading
from agglo.indicators.connectors import arcep, artificialisation, bmo
from agglo.indicators.places import our_communes
from agglo.opendata.errors import FinalError, WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply, spoiled

EPCI, DEP, ELSEWHERE = ("EPCI", "200072460"), ("DEP", "62"), ("EPCI", "246200364")


def by_key(rows):
    return {(row.scheme, row.code, row.measure, row.period): row.value for row in rows}


# Land.

LAND = "idcom,idcomtxt,idreg,iddep,epci25,naf22art23,art22act23,naf23art24,art23act24,naf11art24"


def land(*rows, header=LAND):
    return "\n".join([header, *rows]).encode()


def commune(code, whole=20_000, business=5_000, dep="62", epci="200072460"):
    return f"{code},Nom,32,{dep},{epci},{whole},{business},0,0,999999"


def test_square_metres_become_hectares_and_totals_over_years_are_left_aside(read):
    rows = by_key(artificialisation.read(read(land(commune("62119"))), {"62119"}))
    assert rows["COM", "62119", "enaf-consommes", "2022"] == "2"
    assert rows["COM", "62119", "enaf-consommes-activite", "2022"] == "0.5"
    assert rows["COM", "62119", "enaf-consommes", "2023"] == "0"
    assert {key[3] for key in rows} == {"2022", "2023"}


def test_the_last_year_is_provisional(read):
    found = artificialisation.read(read(land(commune("62119"))), {"62119"})
    assert {row.period: row.obs_status for row in found} == {"2022": "A", "2023": "P"}


def test_our_sum_follows_today_s_communes_and_others_the_file_s(read):
    content = land(
        commune("62119", epci="999999999"),
        commune("62002", epci="200072460"),
        commune("62041", epci="246200364"),
        commune("59350", dep="59", epci="200093201"),
    )
    rows = by_key(artificialisation.read(read(content), {"62119"}))
    assert rows[(*EPCI, "enaf-consommes", "2022")] == "2"
    assert rows[(*ELSEWHERE, "enaf-consommes", "2022")] == "2"
    assert rows[(*DEP, "enaf-consommes", "2022")] == "6"
    assert rows["FRANCE", "F", "enaf-consommes", "2022"] == "8"


def test_the_source_s_rounding_is_zero_and_a_real_negative_is_refused(read):
    rows = by_key(artificialisation.read(read(land(commune("62119", business=-2))), {"62119"}))
    assert rows["COM", "62119", "enaf-consommes-activite", "2022"] == "0"
    with pytest.raises(WrongAnswer, match="négative"):
        list(artificialisation.read(read(land(commune("62119", business=-50))), {"62119"}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (land(commune("62119"), header=LAND.replace("idcom,", "code,")), "idcom"),
        (land(commune("62119"), header=LAND.replace("art22act23", "art22eco23")), "dépareillés"),
        (land(commune("62178")), "manquent"),
        (land(commune("62119")[:20]), "coupé ou abîmé"),
        (b"\xff\xfe" + land(commune("62119")), "UTF-8"),
        (land(commune("62119", whole="NA")), "illisible"),
    ],
)
def test_a_changed_land_file_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        list(artificialisation.read(read(content), {"62119"}))


@pytest.mark.django_db
def test_land_reaches_the_ledger_by_way_of_the_catalogue(territory, replay):
    resource = {"title": "conso_com.csv", "format": "csv", "latest": f"{replay.url}/r/conso_com.csv"}
    replay.play(artificialisation.LAND.path, Reply(json.dumps({"resources": [resource]}).encode()))
    rows = [commune(code) for code in our_communes()]
    replay.play(
        "/r/conso_com.csv", Reply(land(*rows, commune("75056", dep="75", epci="200054781")), "text/csv")
    )
    run = refresh("cerema-artificialisation", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    found = reading.series(["enaf-consommes-activite"], [EPCI])["enaf-consommes-activite", *EPCI]
    assert [(f.end.year, f.value) for f in found] == [(2022, Decimal(50)), (2023, Decimal(0))]
    assert reading.latest(["enaf-consommes"], [("COM", "62119")])


# Fibre.

FIBRE = "code_insee;nom_com;code_dep;code_reg;nbr;type;elig_ftth;elig_coax;date"


def fibre(*rows, header=FIBRE):
    return "\n".join([header, *rows]).encode()


def premises(code, number=1000, eligible=900, kind="all", dep="62", day="2026-06-30"):
    return f"{code};Nom;{dep};32;{number};{kind};{eligible};5;{day}"


def test_premises_and_fibre_are_summed_at_every_level(read):
    content = fibre(premises("62119"), premises("62178", 500, 100), premises("59350", 10, 1, dep="59"))
    rows = by_key(arcep.read(read(content), {"62119"}))
    assert rows["COM", "62119", "locaux", "2026-Q2"] == "1000"
    assert rows[(*EPCI, "locaux-ftth", "2026-Q2")] == "900"
    assert rows[(*DEP, "locaux", "2026-Q2")] == "1500"
    assert rows["REG", "32", "locaux-ftth", "2026-Q2"] == "1001"


def test_a_damaged_name_is_no_obstacle(read):
    content = fibre(premises("62119").replace("Nom", "Nœux")).decode().encode("latin-1", "replace")
    assert by_key(arcep.read(read(content), {"62119"}))["COM", "62119", "locaux", "2026-Q2"] == "1000"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (fibre(premises("62119"), header=FIBRE.replace("elig_ftth", "ftth")), "elig_ftth"),
        (fibre(premises("62119"), premises("62119", kind="res")), "deux fois"),
        (fibre(premises("62178")), "manquent"),
        (fibre(premises("62119", number="1 000")), "illisible"),
        (fibre(premises("62119", day="30/06/2026")), "date de l’édition"),
        (b"<!doctype html><title>Maintenance</title>", "page web"),
    ],
)
def test_a_changed_fibre_file_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        list(arcep.read(read(content), {"62119"}))


@pytest.mark.django_db
def test_fibre_reaches_the_ledger_and_an_older_edition_is_refused(territory, replay):
    content = fibre(*(premises(code) for code in our_communes()))
    replay.play(arcep.FIBRE.path, Reply(content, "text/csv"))
    run = refresh("arcep-fibre", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    latest = reading.latest(["locaux-ftth", "locaux"], [EPCI])
    assert (latest["locaux-ftth", *EPCI].value, latest["locaux", *EPCI].value) == (90_000, 100_000)
    replay.play(arcep.FIBRE.path, Reply(content.replace(b"2026-06-30", b"2026-03-31"), "text/csv"))
    assert "plus ancienne" in refresh("arcep-fibre", Options(base_url=replay.url)).error


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["html", "empty", "cut"])
def test_a_spoiled_fibre_file_writes_nothing(territory, replay, fault):
    replay.play(
        arcep.FIBRE.path, spoiled(fault, Reply(fibre(*(premises(c) for c in our_communes())), "text/csv"))
    )
    assert refresh("arcep-fibre", Options(base_url=replay.url)).status == "failed"
    assert reading.latest(["locaux"], [EPCI]) == {}


# Recruitment.

TRADES = ("annee", "Code métier BMO", "REG", "NOM_REG", "Dept", "BE24", "NOMBE24", "met", "xmet", "smet")


def trades(*rows):
    book = Workbook()
    book.active.append(["À lire"])
    sheet = book.create_sheet("BMO_2026_open_data")
    for row in (TRADES, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def trade(met, xmet, dep="62", reg="32"):
    return ("2026", "A0X40", reg, "Hauts-de-France", dep, "3205", "Béthune", met, xmet, "*")


def test_projects_are_summed_without_what_is_withheld(read):
    rows = by_key(
        bmo.summed(bmo.rows(read(trades(trade(40, 10), trade("*", "*"), trade(60, "*", dep="59")))))
    )
    assert rows["DEP", "62", "bmo-projets", "2026"] == "40"
    assert rows["REG", "32", "bmo-projets", "2026"] == "100"
    assert rows["FRANCE", "F", "bmo-projets-difficiles", "2026"] == "10"


def test_the_same_table_reads_from_a_csv(read):
    text = ";".join(TRADES) + "\n" + ";".join(str(cell) for cell in trade(40, 10))
    assert by_key(bmo.summed(bmo.rows(read(text.encode()))))["DEP", "62", "bmo-projets", "2026"] == "40"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (trades()[:400], "abîmé"),
        (b"annee;Dept\n2026;62\n", "met, xmet"),
        (trades(trade("beaucoup", 1)), "illisible"),
    ],
)
def test_a_changed_table_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        list(bmo.summed(bmo.rows(read(content))))


def test_a_workbook_without_the_table_names_its_sheets(read):
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(WrongAnswer, match="Aucune feuille"):
        list(bmo.rows(read(out.getvalue())))


@pytest.mark.django_db
def test_a_file_given_by_hand_reaches_the_ledger(territory, replay, tmp_path):
    path = tmp_path / "bmo.xlsx"
    path.write_bytes(trades(trade(40, 10)))
    run = refresh("france-travail-bmo", Options(file=str(path)))
    assert run.status == "succeeded", run.error
    assert reading.latest(["bmo-projets"], [DEP])["bmo-projets", *DEP].value == 40


@pytest.mark.django_db
def test_without_communes_loaded_it_is_said_what_to_do(catalogue):
    with pytest.raises(FinalError, match="load_territory"):
        our_communes()
