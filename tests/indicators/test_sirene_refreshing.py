"""The stock files of Sirene the whole way: found, counted, loaded, removed; what stays names nobody."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agglo.figures import reading
from agglo.indicators.connectors import sirene_stock as connector
from agglo.opendata.models import Run
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply
from tests.replay.sirene import establishment, parquet, unit

pytestmark = pytest.mark.django_db
EPCI = ("EPCI", "200072460")
CATALOGUE = connector.SIRENE_STOCK.path


def catalogue(replay, **names):
    resources = [
        {"title": f"Sirene : Fichier {name} du 01 Novembre 2026 (format {form})", "format": form,
         "latest": f"{replay.url}/r/{name}.{form}", "last_modified": "2026-11-01T05:00:00+00:00"}
        for name in ("StockUniteLegaleHistorique", "StockEtablissement", "StockUniteLegale",
                     "StockEtablissementHistorique", "StockEtablissementLiensSuccession")
        for form in ("parquet", "zip")
    ]  # fmt: skip
    return Reply(json.dumps({"resources": resources} | names).encode())


@pytest.fixture
def stock(territory, replay, tmp_path):
    """The catalogue and both files, served; one active company a commune."""
    communes = [f"{code}" for code in ("62119", "62178", "62516", "62048")]
    rows = [establishment(n, commune=code) for n, code in enumerate(communes * 20, start=1)]
    for name, content in (
        ("StockEtablissement", parquet(tmp_path / "e.parquet", rows)),
        ("StockUniteLegale", parquet(tmp_path / "u.parquet", [unit(n) for n in range(1, 81)])),
    ):
        replay.play(f"/r/{name}.parquet", Reply(content.read_bytes(), "application/octet-stream"))
    replay.play(CATALOGUE, catalogue(replay))
    return replay


def archived() -> bytes:
    """Everything the archive holds, unpacked."""
    import gzip

    found = [path for path in Path(settings.OPENDATA_ARCHIVE).rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in found)


def test_the_stock_reaches_the_ledger_and_only_counts_stay(stock):
    run = refresh(connector.CODE, Options(base_url=stock.url))
    assert run.status == "succeeded", run.error
    latest = reading.latest(
        ["sirene-etablissements-actifs", "sirene-cohorte-5-ans"], [EPCI, ("COM", "62119")]
    )
    assert latest["sirene-etablissements-actifs", *EPCI].value == 80
    assert latest["sirene-etablissements-actifs", "COM", "62119"].value == 20
    assert run.edition == "2026-11-01"
    kept = archived()
    assert b"DUPONT" not in kept
    assert b"RUE SECRETE" not in kept
    assert b"900000001" not in kept
    assert b"PAR1" not in kept


def test_the_recorded_answer_says_what_the_files_were_and_that_they_were_removed(stock, tmp_path):
    from hashlib import sha256

    run = refresh(connector.CODE, Options(base_url=stock.url))
    (answer,) = run.answers.all()
    checksum = sha256((tmp_path / "e.parquet").read_bytes()).hexdigest()
    assert "StockEtablissement du 01 Novembre 2026" in answer.headers["file-1"]
    assert f"sha256 {checksum}" in answer.headers["file-1"]
    assert "retiré" in answer.headers["file-1"]
    assert "StockUniteLegale" in answer.headers["file-2"]


def test_the_extract_can_be_read_again_without_the_files(stock):
    first = refresh(connector.CODE, Options(base_url=stock.url))
    again = refresh(connector.CODE, Options(replay=first.pk))
    assert (again.status, again.added, again.revised, again.withdrawn) == ("unchanged", 0, 0, 0)


def test_files_that_did_not_change_are_not_downloaded_again(stock):
    refresh(connector.CODE, Options(base_url=stock.url))
    again = refresh(connector.CODE, Options(base_url=stock.url))
    assert again.status == "unchanged"
    assert len(stock.asked(CATALOGUE)) == 2
    assert len(stock.asked("/r/StockEtablissement.parquet")) == 1


def test_files_said_to_have_changed_are_downloaded_again(stock):
    refresh(connector.CODE, Options(base_url=stock.url))
    changed = catalogue(stock)
    stock.play(CATALOGUE, Reply(changed.body.replace(b"2026-11-01T05", b"2026-11-02T05")))
    refresh(connector.CODE, Options(base_url=stock.url))
    assert len(stock.asked("/r/StockEtablissement.parquet")) == 2


def test_a_file_that_cannot_be_counted_does_not_stay_either(stock, tmp_path):
    changed = parquet(tmp_path / "c.parquet", [establishment(1)], without=("dateDebut",))
    stock.play("/r/StockEtablissement.parquet", Reply(changed.read_bytes(), "application/octet-stream"))
    run = refresh(connector.CODE, Options(base_url=stock.url))
    assert run.status == "failed"
    assert "dateDebut" in run.error
    assert b"RUE SECRETE" not in archived()
    assert b"PAR1" not in archived()


def test_a_catalogue_without_the_parquet_file_says_what_it_has(stock):
    stock.play(
        CATALOGUE, Reply(b'{"resources": [{"title": "StockEtablissement", "format": "zip", "url": "x"}]}')
    )
    run = refresh(connector.CODE, Options(base_url=stock.url))
    assert "n’annonce plus de fichier «\u202fStockEtablissement\u202f» au format parquet" in run.error


def test_files_downloaded_by_hand_are_counted_and_loaded(territory, replay, tmp_path):
    rows = [establishment(n) for n in range(1, 41)]
    paths = [
        parquet(tmp_path / "StockEtablissement.parquet", rows),
        parquet(tmp_path / "StockUniteLegale.parquet", [unit(n) for n in range(1, 41)]),
    ]
    out = StringIO()
    call_command("count_sirene", *map(str, paths), "--stock=2026-11-01", stdout=out)
    assert "comptages du stock du 01/11/2026" in out.getvalue()
    found = reading.latest(["sirene-etablissements-actifs"], [EPCI])["sirene-etablissements-actifs", *EPCI]
    assert found.value == 40
    (answer,) = Run.objects.get(code=connector.CODE).answers.all()
    assert b"DUPONT" not in archived()
    assert answer.url.endswith(".json")


def test_a_file_that_is_not_there_is_said(territory, tmp_path):
    with pytest.raises(CommandError, match="Parquet lisible"):
        call_command("count_sirene", str(tmp_path / "a"), str(tmp_path / "b"), "--stock=2026-11-01")
