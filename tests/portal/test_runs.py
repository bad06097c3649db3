"""The console of refreshes: what staff read of a run, what they may decide, and what it leaves."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agglo.figures.models import MeasureVersion
from agglo.opendata.declaration import Plausibility
from agglo.opendata.models import Pause, Run
from agglo.opendata.options import Options
from agglo.opendata.refresh import execute, refresh
from tests.opendata.conftest import declared, ground, held, row, table  # noqa: F401
from tests.people import client_of
from tests.replay.server import Reply

FIRST = table(row(value="10"), row(geo="62178", value="20"))
SECOND = table(row(value="11"), row(geo="62178", value="21"))


@pytest.fixture
def ask(ground, declared, replay):  # noqa: F811
    declared["toy-table"] = replace(
        declared["toy-table"], plausible=Plausibility(max_revised=0.1, max_refused=0.6)
    )

    def asked(content):
        replay.play("/file/TOYS", Reply(content, "text/csv"))
        return refresh("toy-table", Options(base_url=replay.url))

    return asked


@pytest.fixture
def waiting(ask):
    ask(FIRST)
    return ask(SECOND)


@pytest.fixture
def staff(db):
    return client_of("staff")


def text(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def test_a_held_run_shows_what_it_would_change_and_is_released_with_a_reason(waiting, staff):
    address = f"/equipe/actualisations/{waiting.pk}/"
    page = text(staff.get(address))
    assert "Ce qu’elle changerait" in page
    assert 'data-label="Après" class="num">11</td>' in page
    refused = staff.post(f"{address}liberer/", {"raison": " "}, follow=True)
    assert "Dites pourquoi" in text(refused)
    staff.post(f"{address}liberer/", {"raison": "Vérifié"})
    taken = execute(Run.objects.latest("id").pk)
    assert (taken.status, taken.asked_by.role) == ("succeeded", "staff")
    after = text(staff.get(f"/equipe/actualisations/{taken.pk}/"))
    assert "Chiffres écrits par cette actualisation" in after
    assert 'data-label="Après" class="num">11</td>' in after
    assert "Libérée\u00a0: Vérifié" in text(staff.get(address))
    lines = text(staff.get(f"/equipe/actualisations/{taken.pk}/differences.csv")).splitlines()
    assert len(lines) == 3
    assert any(";10;11;" in said for said in lines)


def test_an_elected_member_decides_nothing(waiting):
    client = client_of("elected")
    assert client.post(f"/equipe/actualisations/{waiting.pk}/liberer/", {"raison": "x"}).status_code == 403
    waiting.refresh_from_db()
    assert waiting.is_held


def test_refused_rows_are_listed_and_taken_away(ask, staff):
    run = ask(table(row(value="10"), row(geo="99999", value="<b>5")))
    page = text(staff.get(f"/equipe/actualisations/{run.pk}/"))
    assert "99999" in page
    assert "<b>5" not in page
    lines = text(staff.get(f"/equipe/actualisations/{run.pk}/refus.csv")).splitlines()
    assert lines[0] == "ligne;raison;contenu"
    assert lines[1].startswith("3;")


def test_a_run_that_received_nothing_says_so_without_rows_of_zeros(ground, staff):  # noqa: F811
    run = Run.objects.create(code="toy-table", status="failed", error="Le service est en panne.", attempt=2)
    page = text(staff.get(f"/equipe/actualisations/{run.pk}/"))
    assert "Rien n’a été reçu du service" in page
    assert "relancez plus tard" in page
    assert "Lignes lues" not in page


def test_a_run_that_will_stop_before_writing_says_who_asked(ground, staff):  # noqa: F811
    run = Run.objects.create(code="toy-table", status="queued", cause="staff")
    staff.post(f"/equipe/actualisations/{run.pk}/retenir/", {"raison": "Bulletin attendu"})
    page = text(staff.get(f"/equipe/actualisations/{run.pk}/"))
    assert "Bulletin attendu" in page
    assert "La retenir avant" not in page


def test_what_a_held_run_would_change_is_named_and_written_in_french(ask, staff):
    ask(table(row(value="1000")))
    MeasureVersion.objects.filter(measure__code="toys").update(name="Jouets en réserve")
    run = ask(table(row(value="9540")))
    page = text(staff.get(f"/equipe/actualisations/{run.pk}/"))
    assert 'data-label="Après" class="num">9\u202f540</td>' in page
    assert 'data-label="Mesure">Jouets en réserve</td>' in page


def test_the_raw_answer_is_shown_as_text_and_given_whole(ask, staff):
    run = ask(table(row(value="10"), row(geo="<script>", value="5")))
    page = text(staff.get(f"/equipe/actualisations/{run.pk}/reponses/0/"))
    assert "&lt;script&gt;" in page
    answer = staff.get(f"/equipe/actualisations/{run.pk}/reponses/0/fichier")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == table(row(value="10"), row(geo="<script>", value="5"))


def test_a_file_brought_by_hand_is_compared_then_loaded_once_confirmed(ask, staff):
    file = SimpleUploadedFile("juin.csv", FIRST)
    response = staff.post(
        "/equipe/actualisations/jeux/toy-table/fichier/", {"fichier": file, "raison": "Reçu par courriel"}
    )
    run = execute(Run.objects.get().pk)
    assert response["Location"] == f"/equipe/actualisations/{run.pk}/"
    assert (run.is_held, run.added, run.cause, held()) == (True, 2, "staff", {})
    assert "Reçu par courriel" in text(staff.get(response["Location"]))
    staff.post(f"/equipe/actualisations/{run.pk}/liberer/", {"raison": "Relu"})
    assert execute(Run.objects.latest("id").pk).added == 2
    assert held() == {("62119", 2023, ""): 10, ("62178", 2023, ""): 20}


@pytest.mark.parametrize(
    ("content", "problem"), [(b"", "vide"), (b"<html><body>Panne</body></html>", "page web")]
)
def test_a_file_that_cannot_be_read_is_refused_at_once(ask, staff, declared, content, problem):  # noqa: F811
    declared["toy-table"] = replace(declared["toy-table"], expect="csv")
    response = staff.post(
        "/equipe/actualisations/jeux/toy-table/fichier/",
        {"fichier": SimpleUploadedFile("x.csv", content), "raison": "x"},
    )
    assert response.status_code == 400
    assert problem in text(response)
    assert not Run.objects.exists()


def test_a_file_of_another_kind_is_said_to_be_one_and_the_reason_typed_stays(ask, staff, declared):  # noqa: F811
    declared["toy-table"] = replace(declared["toy-table"], expect="json")
    address = "/equipe/actualisations/jeux/toy-table/"
    assert "Du JSON, 100\u00a0Mo au plus." in text(staff.get(address))
    file = SimpleUploadedFile("x.csv", FIRST)
    page = text(staff.post(f"{address}fichier/", {"fichier": file, "raison": "Reçu par courriel"}))
    assert "Ce fichier n’est pas du JSON\u00a0: c’est ce que ce jeu attend." in page
    assert 'value="Reçu par courriel"' in page


def test_a_pause_that_is_refused_keeps_what_was_typed(ask, staff):
    address = "/equipe/actualisations/jeux/toy-table/pause/"
    said = {"raison": "Le jeu est refondu", "portee": "jeu", "nature": "staff", "jusque": "2020-01-01"}
    answer = staff.post(address, said)
    page = text(answer)
    assert (answer.status_code, Pause.objects.count()) == (400, 0)
    assert "choisissez une date à venir" in page
    assert "Le jeu est refondu</textarea>" in page
    assert staff.post("/equipe/actualisations/jeux/inconnu/pause/", said).status_code == 404


def test_a_file_too_big_is_refused_before_it_is_kept(ask, staff, settings):
    settings.OPENDATA_UPLOAD_MAX_MB = 1
    response = staff.post(
        "/equipe/actualisations/jeux/toy-table/fichier/",
        {"fichier": SimpleUploadedFile("x.csv", FIRST + b" " * 1024 * 1024), "raison": "x"},
    )
    assert "dépasse" in text(response)


def test_a_dataset_is_paused_and_resumed_with_its_reason_shown(ask, staff):
    address = "/equipe/actualisations/jeux/toy-table/"
    said = {"raison": "Fichier douteux", "portee": "jeu", "nature": "staff"}
    assert "Fichier douteux" in text(staff.post(f"{address}pause/", said, follow=True))
    assert "Fichier douteux" in text(staff.get("/equipe/"))
    assert "Fichier douteux" in text(client_of("anonymous").get("/sources/"))
    staff.post(f"{address}reprise/")
    assert Pause.objects.get().ended_by.role == "staff"


def test_runs_are_filtered_sorted_and_taken_away(waiting, staff):
    page = text(staff.get("/equipe/actualisations/?etat=implausible&jeu=toy-table&sort=-read"))
    assert "1 actualisation" in page
    assert len(text(staff.get("/equipe/actualisations.csv?etat=implausible")).splitlines()) == 2


def test_a_run_is_read_again_from_the_archive(ask, staff, replay):
    run = ask(FIRST)
    seen = len(replay.seen)
    staff.post(f"/equipe/actualisations/{run.pk}/relancer/", {"archive": "1"})
    again = execute(Run.objects.latest("id").pk)
    assert (again.status, again.unchanged, len(replay.seen)) == ("unchanged", 2, seen)


def test_the_list_costs_the_same_for_fifty_runs(ground, staff, django_assert_max_num_queries):  # noqa: F811
    Run.objects.bulk_create(Run(code=f"toy-{n}", status="succeeded") for n in range(50))
    with django_assert_max_num_queries(27):
        staff.get("/equipe/actualisations/")
