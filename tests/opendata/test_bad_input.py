"""Every bad answer leaves yesterday's figures standing and says, in French, what happened."""

import gzip
from decimal import Decimal

import pytest

from agglo.opendata.models import RefusedRow
from agglo.opendata.refresh import Options, refresh
from tests.opendata.conftest import COLUMNS, held, packed, page, row, table
from tests.replay.server import HTML, Reply, spoiled

pytestmark = pytest.mark.django_db
YESTERDAY = {("62119", 2023, ""): Decimal(10), ("62178", 2023, ""): Decimal(20)}
GOOD = (row(value="10"), row(geo="62178", value="20"))


@pytest.fixture
def yesterday(ground, replay):
    """Both toys were loaded yesterday."""
    replay.play("/file/TOYS", Reply(table(*GOOD), "text/csv"))
    replay.play("/data/TOYS", Reply(page(*GOOD)))
    for code in ("toy-table", "toy-json"):
        assert refresh(code, Options(base_url=replay.url)).status == "succeeded"


def today(replay, reply, code="toy-table"):
    replay.play("/file/TOYS" if code == "toy-table" else "/data/TOYS", reply)
    return refresh(code, Options(base_url=replay.url))


def csv(*rows, **more):
    return Reply(table(*rows, **more), "text/csv")


def stands(code="toy-table"):
    return held(series__dataset__code=code) == YESTERDAY


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("429", "demande de ralentir"),
        ("500", "est en panne (erreur 500)"),
        ("502", "est en panne (erreur 502)"),
        ("404", "ne connaît pas cette adresse (erreur 404)"),
        ("timeout", "n’a pas répondu à temps"),
        ("drop", "a été coupée ou refusée"),
        ("cut", "a été coupée ou refusée"),
        ("html", "Une page web est arrivée à la place"),
        ("wrong-json", "n’est pas du JSON lisible"),
        ("empty-catalogue", "n’a pas de liste d’observations"),
        ("empty", "une réponse vide"),
        ("truncated", "n’est pas du JSON lisible"),
        ("truncated-gzip", "compressée est coupée"),
        ("moved-away", "renvoie vers autre-site.example"),
        ("moved-private", "mène à un réseau privé"),
    ],
)
def test_a_faulty_json_answer_changes_nothing_and_says_why(
    yesterday, replay, settings, impatient, fault, words
):
    settings.OPENDATA_RETRIES = 0
    impatient(fault)
    done = today(replay, spoiled(fault, Reply(page(row(value="99")))), "toy-json")
    assert done.status == "failed"
    assert words in done.error
    assert done.error.endswith("Les chiffres déjà chargés restent en place.")
    assert stands("toy-json")


def test_a_service_that_answers_drop_by_drop_is_given_up(yesterday, replay, settings, impatient):
    settings.OPENDATA_RETRIES = 0
    impatient("drip")
    done = today(replay, spoiled("drip", csv(*GOOD)))
    assert "répond trop lentement" in done.error
    assert done.retryable
    assert stands()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (HTML, "Une page web est arrivée à la place du fichier CSV"),
        (packed(table(*GOOD))[:-10], "L’archive est coupée ou abîmée"),
        (b"PK\x03\x04" + bytes(40), "L’archive est coupée ou abîmée"),
        (table(*GOOD)[:-20], "Le fichier est coupé"),
        (
            table(*GOOD, columns=[c for c in COLUMNS if c != "TOY_MEASURE"]),
            "n’a plus la colonne TOY_MEASURE.",
        ),
        (table(*GOOD).replace(b"62119", b"6\xe9119"), "n’est pas écrit en utf-8"),
        (table(), "peu vraisemblable\u00a0: la réponse ne donne que 0 chiffre utilisable"),
    ],
    ids=["html", "gzip", "zip", "cut", "column", "charset", "no-row"],
)
def test_a_wrong_file_changes_nothing_and_says_why(yesterday, replay, body, words):
    done = today(replay, Reply(body, "text/csv"))
    assert words in done.error, done.detail
    assert done.status in ("failed", "implausible")
    assert stands()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(geo="99999", value="1"), "commune inconnue\u00a0: 99999"),
        (
            row(geo="62119", value="-5"),
            "valeur hors bornes\u00a0: -5 (attendu entre 0 et 1\u202f000\u202f000)",
        ),
        (row(geo="62119", value="8,4"), "virgule décimale\u00a0: «\u202f8,4\u202f», le point est attendu"),
        (row(geo="62119", value="beaucoup"), "valeur illisible\u00a0: «\u202fbeaucoup\u202f»"),
        (row(geo="62119", period="2023-13"), "période illisible\u00a0: «\u202f2023-13\u202f»"),
        (row(geo="62119", activity=""), "ventilation vide"),
    ],
    ids=["commune", "bounds", "comma", "words", "period", "breakdown"],
)
def test_a_bad_row_is_refused_with_its_line_and_reason_and_the_others_land(yesterday, replay, bad, reason):
    done = today(replay, csv(row(geo="62178", value="21"), bad, row(geo="62048", value="3")))
    assert done.status == "succeeded", done.error
    refused = RefusedRow.objects.get(run=done)
    assert refused.line == 3
    assert refused.reason.startswith(reason)
    assert bad["OBS_VALUE"] in refused.content
    assert (done.refused, done.added, done.revised) == (1, 1, 1)


@pytest.mark.parametrize("value", ["8,4", "-5", "beaucoup", "1e99999", "Infinity"])
def test_a_figure_whose_row_is_refused_is_not_taken_for_withdrawn(yesterday, replay, value):
    done = today(replay, csv(row(value=value), row(geo="62178", value="20")))
    assert (done.withdrawn, done.refused) == (0, 1)
    assert stands()


def test_json_rows_are_refused_with_their_rank(yesterday, replay):
    rows = (row(value="10"), row(geo="99999", value="1"), row(geo="62178", value="20"))
    done = today(replay, Reply(page(*rows)), "toy-json")
    assert (done.refused_rows.get().line, done.refused_rows.get().reason) == (
        2,
        "commune inconnue\u00a0: 99999",
    )


def test_a_line_with_too_many_cells_is_refused_and_nothing_is_withdrawn_on_its_account(yesterday, replay):
    body = table(row(value="10"), row(geo="62048")).replace(b'"62048"', b'"62048";"x"', 1)
    body += table(row(geo="62048", period="2022"))[len(table()) :]
    done = today(replay, Reply(body, "text/csv"))
    assert done.refused_rows.get().reason == "8 colonnes au lieu de 7"
    assert (done.withdrawn, done.added) == (0, 1)


def test_rows_said_twice_alike_count_once(yesterday, replay):
    done = today(replay, csv(*GOOD, row(value="10.0")))
    assert (done.repeated, done.refused, done.unchanged) == (1, 0, 2)
    assert stands()


def test_rows_that_contradict_each_other_are_all_refused(yesterday, replay):
    done = today(
        replay, csv(row(value="11"), row(geo="62178", value="20"), row(value="12"), row(geo="62048"))
    )
    assert [(r.line, r.reason) for r in done.refused_rows.all()] == [
        (2, "deux lignes se contredisent\u00a0: 11 et 12"),
        (4, "deux lignes se contredisent\u00a0: 11 et 12"),
    ]
    assert held(series__dataset__code="toy-table") == YESTERDAY | {("62048", 2023, ""): 10}


def test_new_rows_said_twice_are_noticed_too(ground, replay):
    done = today(
        replay, csv(row(value="1"), row(value="1"), row(geo="62178", value="2"), row(geo="62178", value="3"))
    )
    assert (done.added, done.repeated, done.refused) == (1, 1, 2), done.error


def test_too_many_refused_rows_hold_the_whole_answer_back(yesterday, replay):
    done = today(replay, csv(row(value="11"), *[row(geo=str(99000 + n)) for n in range(9)]))
    assert done.status == "implausible"
    assert "90,0\u00a0% des lignes sont refusées" in done.error
    assert done.refused_rows.count() == 9
    assert stands()


def test_a_bomb_is_stopped_before_it_goes_off(yesterday, replay, declared):
    from dataclasses import replace

    declared["toy-table"] = replace(declared["toy-table"], max_bytes=1_000_000)
    bomb = gzip.compress(bytes(20_000_000))
    done = today(replay, Reply(bomb, "text/csv", headers={"Content-Encoding": "gzip"}))
    assert "dépasse la taille permise" in done.error
    inside = gzip.compress(table(*GOOD) + b"\n" * 20_000_000)
    done = today(replay, Reply(inside, "application/gzip"))
    assert "dépasse la taille permise" in done.error
    assert stands()


def test_a_measure_the_ledger_does_not_know_is_said_by_name(db, declared, replay):
    done = today(replay, csv(*GOOD))
    assert "Le registre ne connaît pas la ou les mesures toys, toys-made" in done.error
