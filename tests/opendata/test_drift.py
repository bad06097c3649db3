"""A column that came, went or changed its name is told apart from bad data, by name."""

import json
from dataclasses import replace

import pytest

from agglo.opendata.answer import Answer
from agglo.opendata.columns import changes, check_columns
from agglo.opendata.errors import SchemaChanged, WrongAnswer
from agglo.opendata.models import RefusedRow
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from tests.opendata.conftest import COLUMNS, held, row, table
from tests.opendata.toy import TOY_JSON
from tests.replay.server import Reply

NEEDED = ("code_insee", "valeur")


def answer():
    return Answer(url="https://api.jouets.example/data", path=None)


def test_a_missing_column_is_named_and_its_new_name_guessed():
    with pytest.raises(SchemaChanged) as caught:
        check_columns(answer(), ["code_insee_2026", "valeur", "date"], NEEDED, word="clé")
    assert (caught.value.missing, caught.value.renamed) == (["code_insee"], {"code_insee": "code_insee_2026"})
    assert caught.value.sentence.startswith(
        "La réponse n’a plus la clé code_insee (sans doute renommée code_insee_2026)."
    )


def test_several_missing_columns_are_all_named():
    with pytest.raises(SchemaChanged, match="n’a plus les colonnes code_insee ; valeur"):
        check_columns(answer(), ["x"], NEEDED)


def test_a_new_column_is_a_warning():
    seen = answer()
    check_columns(seen, [*NEEDED, "sexe", "age"], NEEDED, optional=["sexe"], known=True)
    assert seen.warnings == ["nouvelle colonne\u00a0: age"]
    assert seen.columns == [*NEEDED, "sexe", "age"]


def test_what_changed_since_last_time_is_said_by_name():
    assert changes(["a", "libelle_commune", "b"], ["a", "libelle_communes", "sexe", "age"]) == [
        "colonne libelle_commune renommée libelle_communes",
        "nouvelles colonnes\u00a0: sexe, age",
        "colonne disparue\u00a0: b",
    ]
    assert changes([], ["a"]) == changes(["a"], ["a"]) == []


def run(replay, body, code="toy-table"):
    replay.play("/file/TOYS", Reply(body, "text/csv"))
    replay.play("/data/TOYS", Reply(body))
    return refresh(code, Options(base_url=replay.url))


@pytest.mark.django_db
def test_a_renamed_column_of_a_file_refuses_the_file_not_its_rows(ground, replay):
    run(replay, table(row()))
    done = run(replay, table(row(value="11")).replace(b"TOY_MEASURE", b"TOY_MEASURES"))
    assert done.status == "failed"
    assert "n’a plus la colonne TOY_MEASURE (sans doute renommée TOY_MEASURES)." in done.error
    assert not RefusedRow.objects.exists()
    assert held() == {("62119", 2023, ""): 10}


@pytest.mark.django_db
def test_a_new_column_of_a_file_is_noted_once_and_the_figures_land(ground, replay):
    assert run(replay, table(row())).warnings == []
    wider = table({**row(value="11"), "SEX": "_T"}, columns=[*COLUMNS[:-1], "SEX", COLUMNS[-1]])
    done = run(replay, wider)
    assert (done.status, done.revised, done.warnings) == ("succeeded", 1, ["nouvelle colonne\u00a0: SEX"])
    again = run(replay, wider.replace(b";11\n", b";12\n"))
    assert (again.revised, again.warnings) == (1, [])


@pytest.mark.django_db
def test_a_parser_checks_its_keys_in_the_same_way(ground, replay, declared):
    def parse(answer):
        rows = answer.json()["observations"]
        check_columns(answer, rows[0], ("dimensions", "measures"), optional=["attributes"], known=True)
        return TOY_JSON.parse(answer)

    declared["toy-json"] = replace(TOY_JSON, parse=parse)
    dimensions = {"GEO": "COM-62119", "ACTIVITY": "_T", "TOY_MEASURE": "STOCK", "TIME_PERIOD": "2023"}
    observation = {"dimensions": dimensions, "measures": {"X": {"value": 10}}, "note": ""}
    done = run(replay, json.dumps({"observations": [observation]}).encode(), "toy-json")
    assert (done.status, done.warnings) == ("succeeded", ["nouvelle colonne\u00a0: note"]), done.error
    observation["mesures"] = observation.pop("measures")
    done = run(replay, json.dumps({"observations": [observation]}).encode(), "toy-json")
    assert "n’a plus la colonne measures (sans doute renommée mesures)." in done.error


def test_an_answer_in_another_encoding_is_refused_and_never_read_with_holes(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes('{"commune": "Béthune", "valeur": 12}'.encode("latin-1"))
    answer = Answer(url="https://api.jouets.example/x", path=path)
    for read in (answer.text, answer.json):
        with pytest.raises(WrongAnswer, match="encodage a changé"):
            read()
