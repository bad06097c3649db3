"""BODACC: quoted records, corrections and annulments, months, and nobody's name."""

import json

import pytest

from agglo.indicators import bodacc
from agglo.indicators.connectors import bodacc as connector
from agglo.opendata.errors import WrongAnswer

TOWNS = {("62400", "bethune"): "62119", ("62700", "bruay la buissiere"): "62178"}
MONTHS = connector.months_until("2026-11")


def notice(number, nature="liquidation", day="2026-10-09", kind="annonce", cites="", ville="BETHUNE Cedex"):
    letter, issue, rank = (cites[:1], cites[1:9], cites[9:]) if cites else ("", "", "")
    previous = {"nomPublication": f"BODACC {letter}", "numeroParution": issue, "numeroAnnonce": rank}
    judgment = {"famille": "Jugement d'ouverture", "nature": f"Jugement d'ouverture de {nature} judiciaire"}
    return {
        "id": f"A20260194{number}", "typeavis": kind, "dateparution": day, "cp": "62400", "ville": ville,
        "jugement": json.dumps({**judgment, "complementJugement": "Maître DUPONT"}),
        "parutionavisprecedent": json.dumps(previous) if cites else None,
    }  # fmt: skip


def counts(read, *rows, month="2026-10"):
    found = bodacc.notices(read(json.dumps(rows).encode()))
    rows = bodacc.counted(found, TOWNS, ["62119", "62178"], MONTHS)
    return {row.measure: int(row.value) for row in rows if (row.code, row.period) == ("62119", month)}


def test_quoted_records_tell_an_opening_from_a_personal_ban(samples):
    body = json.loads((samples / "bodacc_records_siren_883847758.json").read_text())
    opened = [bodacc.opening(json.loads(row["jugement"])) for row in body["results"]]
    assert opened == ["", "defaillances-liquidations"]


def test_safeguard_stands_apart(read):
    found = counts(read, notice(1), notice(2, "redressement"), notice(3, "sauvegarde"))
    assert found["defaillances-ouvertures"] == found["defaillances-12-mois"] == 2
    assert found["procedures-sauvegarde"] == 1


def test_an_annulment_undoes_the_announcement_it_cites(read):
    undo = notice(9, kind="annulation", day="2026-10-20", cites="A202601941")
    assert counts(read, notice(1), undo)["defaillances-ouvertures"] == 0
    assert counts(read, undo, notice(1))["defaillances-ouvertures"] == 0


def test_a_correction_replaces_at_the_month_of_the_first(read):
    fixed = notice(9, "redressement", "2026-10-20", "rectificatif", "A202601941")
    september = counts(read, notice(1, day="2026-09-30"), fixed, month="2026-09")
    assert (september["defaillances-liquidations"], september["defaillances-redressements"]) == (0, 1)
    assert counts(read, notice(1, day="2026-09-30"), fixed)["defaillances-ouvertures"] == 0


def test_a_duplicate_page_counts_once(read):
    assert counts(read, notice(1), notice(1))["defaillances-ouvertures"] == 1


def test_twelve_months_wait_for_twelve_months(read):
    assert "defaillances-12-mois" not in counts(read, notice(1), month=MONTHS[10])
    assert counts(read, notice(1, day="2025-11-05"))["defaillances-12-mois"] == 1
    assert counts(read, notice(1, day="2025-10-31"))["defaillances-12-mois"] == 0


def test_another_town_of_the_same_postcode_is_not_ours(read):
    assert counts(read, notice(1, ville="Ailleurs"))["defaillances-ouvertures"] == 0


def test_no_name_is_asked_for_nor_kept():
    assert not {"commercant", "listepersonnes", "registre"} & set(bodacc.COLUMNS)
    row = {**notice(1), "commercant": "DUPONT Marie", "listepersonnes": "{}"}
    assert "DUPONT" not in json.dumps(bodacc.bare(row))


@pytest.mark.parametrize(
    ("field", "value"), [("typeavis", "autre"), ("dateparution", None), ("jugement", "{")]
)
def test_a_changed_notice_is_refused(read, field, value):
    with pytest.raises(WrongAnswer):
        counts(read, {**notice(1), field: value})
