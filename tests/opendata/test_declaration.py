"""What a declaration must say, and how connectors are found."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.test.utils import modify_settings

from agglo.opendata.declaration import Declaration, LongTable, Measured, Producer, declared, find, register
from tests.opendata.registry import restored
from tests.opendata.toy import TOY_JSON, TOY_TABLE


def base(**more):
    source = Producer("x", "X")
    return Declaration(code="x", title="X", source=source, base_url="https://x.example", **more)


def test_a_declaration_lands_in_one_way():
    with pytest.raises(ValueError, match="un seul de parse, table ou land"):
        base(measures=(Measured("x"),))
    with pytest.raises(ValueError, match="aucune mesure déclarée"):
        base(table=LongTable())
    with pytest.raises(ValueError, match="niveau"):
        base(table=LongTable(level=None), measures=(Measured("x"),))


def test_a_code_is_declared_once(declared):
    with pytest.raises(ValueError, match="déjà déclaré"):
        register(replace(TOY_JSON, title="Autre"))
    assert register(TOY_JSON) is TOY_JSON
    assert find("toy-table") == TOY_TABLE
    with pytest.raises(KeyError, match="Aucun jeu de données déclaré sous le code"):
        find("rien")


def test_a_row_is_matched_by_its_dimensions():
    measured = Measured("x", where={"M": ("A", "B")}, breakdown={"ACTIVITY": "_T", "SEX": "_T"})
    assert measured.match({"M": "A", "ACTIVITY": "_T", "SEX": "_T"}) == ""
    assert measured.match({"M": "B", "ACTIVITY": "BE", "SEX": "F"}) == "ACTIVITY=BE;SEX=F"
    assert measured.match({"M": "C", "ACTIVITY": "BE", "SEX": "F"}) is None
    assert measured.match({"M": "A", "ACTIVITY": "BE"}) is None


def test_connectors_of_any_installed_app_are_found_by_name(tmp_path, monkeypatch):
    package = tmp_path / "jouets"
    (package / "connectors").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "connectors" / "__init__.py").touch()
    (package / "connectors" / "toys.py").write_text(
        "from dataclasses import replace\n"
        "from agglo.opendata.declaration import register\n"
        "from tests.opendata.toy import TOY_JSON\n"
        "register(replace(TOY_JSON, code='found'))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with restored(empty=True), modify_settings(INSTALLED_APPS={"append": "jouets"}):
        apps.get_app_config("opendata").ready()
        assert "found" in declared()
