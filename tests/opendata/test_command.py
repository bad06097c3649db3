"""`manage.py refresh`, as an operator types it."""

import io

import pytest
from django.core.management import CommandError, call_command

from agglo.opendata.models import Run
from tests.opendata.conftest import held, row, table
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


def typed(*words):
    out, errors = io.StringIO(), io.StringIO()
    try:
        call_command("refresh", *words, stdout=out, stderr=errors)
    except CommandError as error:
        errors.write(str(error))
    return out.getvalue(), errors.getvalue()


def test_a_dry_run_prints_old_and_new_and_leaves_no_trace(ground, replay):
    replay.play("/file/TOYS", Reply(table(row(value="8.5")), "text/csv"))
    typed("toy-table", "--base-url", replay.url)
    replay.play("/file/TOYS", Reply(table(row(value="8.4"), row(geo="99999")), "text/csv"))
    out, _ = typed("toy-table", "--base-url", replay.url, "--dry-run")
    assert "révisé\u00a0: Béthune (COM 62119), toys, du 2023-01-01 au 2023-12-31\u00a0: 8,5 → 8,4" in out
    assert "ligne 3 refusée\u00a0: commune inconnue\u00a0: 99999" in out
    assert "Essai à blanc\u00a0: rien n’a été écrit." in out
    assert Run.objects.count() == 1
    assert held()["62119", 2023, ""] == pytest.approx(8.5)


def test_a_downloaded_file_is_loaded_without_the_network(ground, replay, tmp_path):
    path = tmp_path / "jouets.csv"
    path.write_bytes(table(row(), row(geo="62178")))
    out, _ = typed("toy-table", "--file", str(path))
    assert "réussie" in out
    assert "2 lignes lues, 2 ajoutées, 0 révisée, 0 inchangée, 0 retirée, 0 refusée." in out
    assert replay.seen == []


def test_a_file_that_is_not_there_is_said_plainly(ground, replay):
    _, errors = typed("toy-table", "--file", "/nulle/part.csv")
    assert "Le fichier part.csv ne peut pas être lu." in errors


def test_an_unknown_code_points_to_the_list(declared, db):
    _, errors = typed("jouet")
    assert errors == "Aucun jeu déclaré sous\u00a0: jouet. La liste\u00a0: refresh --list."


def test_the_list_says_how_fresh_each_dataset_is(declared, db):
    out, _ = typed("--list")
    assert out.count("jamais chargé") == 2


def test_one_source_down_does_not_keep_the_other_from_landing(ground, replay):
    replay.play("/file/TOYS", Reply(table(row()), "text/csv"))
    replay.play("/data/TOYS", Reply(status=503))
    _, errors = typed("--all", "--base-url", replay.url)
    assert "À revoir\u00a0: toy-json." in errors
    assert dict(Run.objects.values_list("code", "status")) == {"toy-json": "failed", "toy-table": "succeeded"}


def test_queueing_leaves_the_work_to_the_workers(declared, db):
    out, _ = typed("toy-table", "--queue", "--known-from", "2024-01-15")
    run = Run.objects.get()
    assert f"Demande n° {run.pk} confiée aux ouvriers." in out
    assert (run.status, run.options) == ("queued", {"known_from": "2024-01-15"})


def test_a_wrong_date_is_refused_before_anything_starts(declared, db):
    _, errors = typed("toy-table", "--known-from", "15/01/2024")
    assert errors == "--known-from attend une date AAAA-MM-JJ."
    assert not Run.objects.exists()
