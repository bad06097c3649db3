"""Refused rows taken away as the source wrote them, corrected, loaded by hand without touching the rest."""

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agglo.opendata.declaration import Edition, LongTable, Plausibility
from agglo.opendata.models import Run
from agglo.opendata.options import Options
from agglo.opendata.refresh import execute, refresh
from tests.opendata.conftest import COLUMNS, declared, ground, held, page, row, table  # noqa: F401
from tests.people import client_of
from tests.replay.server import Reply

DATASET = "/equipe/actualisations/jeux/toy-table/"
WHOLE = [row(value="10"), row(geo="62178", value="20"), row(geo="62048", value="quinze")]


@pytest.fixture
def staff(db):
    return client_of("staff")


@pytest.fixture
def ask(ground, declared, replay):  # noqa: F811
    def asked(content, code="toy-table", path="/file/TOYS", kind="text/csv"):
        replay.play(path, Reply(content, kind))
        return refresh(code, Options(base_url=replay.url))

    return asked


def to_correct(client, run):
    response = client.get(f"/equipe/actualisations/{run.pk}/a-corriger.csv")
    return b"".join(response.streaming_content)


def bring(client, content, **said):
    file = SimpleUploadedFile("corrigé.csv", content)
    client.post(f"{DATASET}fichier/", {"fichier": file, "raison": "Corrigé", **said})
    return execute(Run.objects.latest("id").pk)


def loaded(client, run):
    assert run.is_held, run.error
    client.post(f"/equipe/actualisations/{run.pk}/liberer/", {"raison": "Relu"})
    return execute(Run.objects.latest("id").pk)


def test_refused_rows_come_back_with_the_columns_of_the_source(ask, staff):
    content = table(*WHOLE[:2]) + b'"_T";"62048";"COM";"STOCK";"A";2023;"1;5 ""000"""\n'
    run = ask(content)
    assert run.refused == 1
    rows = list(csv.reader(io.StringIO(to_correct(staff, run).decode("utf-8-sig")), delimiter=";"))
    assert rows == [COLUMNS, ["_T", "62048", "COM", "STOCK", "A", "2023", '1;5 "000"']]
    text = staff.get(f"/equipe/actualisations/{run.pk}/").content.decode()
    assert f"/equipe/actualisations/{run.pk}/a-corriger.csv" in text


@pytest.mark.parametrize("broken", ["", "1,5", "trois"])
def test_a_value_that_is_missing_or_unreadable_is_found_again(ask, staff, broken):
    run = ask(table(*WHOLE[:2], row(geo="99999", value=broken)))
    assert run.refused == 1
    assert to_correct(staff, run).decode("utf-8-sig").splitlines()[1:] == [
        f"_T;99999;COM;STOCK;A;2023;{broken}"
    ]


def test_a_row_with_too_many_cells_comes_back_as_it_was(ask, staff):
    run = ask(table(*WHOLE[:2]) + b'"_T";"62048";"COM";"STOCK";"A";2023;5;6\n' + table(row()).split(b"\n")[1])
    assert run.refused_rows.filter(reason__contains="colonnes au lieu de").exists()
    assert b"_T;62048;COM;STOCK;A;2023;5;6\r\n" in to_correct(staff, run)


def test_a_formula_is_kept_as_text_and_a_negative_number_stays_one(ask, staff):
    run = ask(table(row(), row(geo="=1+1", value="-5"), row(geo="99999", value="-5")))
    lines = to_correct(staff, run).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["_T;'=1+1;COM;STOCK;A;2023;-5", "_T;99999;COM;STOCK;A;2023;-5"]


def test_corrected_rows_are_loaded_and_nothing_else_is_withdrawn(ask, staff, declared):  # noqa: F811
    declared["toy-table"] = replace(
        declared["toy-table"], plausible=Plausibility(min_rows=2, max_refused=0.6)
    )
    run = ask(table(*WHOLE))
    before = held()
    assert len(before) == 2
    declared["toy-table"] = replace(declared["toy-table"], expect="zip")
    corrected = to_correct(staff, run).replace(b"quinze", b"15000")
    taken = loaded(staff, bring(staff, corrected, partiel="on"))
    assert (taken.status, taken.added, taken.withdrawn) == ("succeeded", 1, 0), taken.error
    assert held() == {**before, ("62048", 2023, ""): 15000}


def test_a_whole_file_brought_by_hand_still_withdraws_what_it_leaves_out(ask, staff):
    ask(table(*WHOLE[:2]))
    run = bring(staff, table(WHOLE[0]))
    assert (run.is_held, run.withdrawn) == (True, 1)


def test_after_a_file_in_part_the_source_is_read_as_before(ask, staff, declared):  # noqa: F811
    first = table(*WHOLE[:2], row(geo="62048", period="2024", value="7"))
    declared["toy-table"] = replace(declared["toy-table"], edition=lambda answers: Edition(code="2024-05"))
    run = ask(first)
    taken = loaded(staff, bring(staff, table(row(geo="62048", value="8")), partiel="on"))
    assert (taken.edition, taken.covers_until, taken.columns) == (run.edition, run.covers_until, run.columns)
    again = ask(first + b"\n")
    assert again.status in ("succeeded", "unchanged", "implausible"), again.error


def test_a_file_brought_by_hand_never_passes_for_a_later_edition_than_the_source_has(ask, staff, replay):
    source = {"Last-Modified": "Mon, 05 Oct 2026 10:00:00 GMT"}
    replay.play("/file/TOYS", Reply(table(*WHOLE[:2]), "text/csv", headers=source))
    first = refresh("toy-table", Options(base_url=replay.url))
    loaded(staff, bring(staff, table(row(value="11"), WHOLE[1])))
    replay.play("/file/TOYS", Reply(table(row(value="12"), WHOLE[1]), "text/csv", headers=source))
    after = refresh("toy-table", Options(base_url=replay.url))
    assert (first.edition, after.status) == ("2026-10-05", "succeeded"), after.error


def test_a_refused_file_asked_again_waits_for_a_word_again(ask, staff):
    ask(table(*WHOLE[:2]))
    run = bring(staff, table(row(value="99"), WHOLE[1]))
    staff.post(f"/equipe/actualisations/{run.pk}/abandonner/", {"raison": "Mauvais fichier"})
    staff.post(f"/equipe/actualisations/{run.pk}/relancer/")
    again = execute(Run.objects.latest("id").pk)
    assert again.is_held
    assert held()["62119", 2023, ""] == 10


def test_rows_made_by_a_connector_are_corrected_at_the_source(ask, staff, declared):  # noqa: F811
    run = ask(page(row(value="10"), row(geo="99999")), "toy-json", "/data/TOYS", "application/json")
    assert run.refused == 1
    text = staff.get(f"/equipe/actualisations/{run.pk}/").content.decode()
    assert "Signalez l’erreur au producteur (Bureau des jouets)" in text
    assert staff.get(f"/equipe/actualisations/{run.pk}/a-corriger.csv").status_code == 404


def test_a_table_in_another_encoding_comes_back_in_it(ask, staff, declared):  # noqa: F811
    declared["toy-table"] = replace(declared["toy-table"], table=LongTable(encoding="latin-1"))
    content = table(row(), row(geo="été", value="5")).decode().encode("latin-1")
    assert "_T;été;COM".encode("latin-1") in to_correct(staff, ask(content))
