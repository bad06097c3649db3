"""Dares, in answers made by hand from the columns its users report: rounded, never added, renamed."""

import json

import pytest

from agglo.indicators.connectors import dares
from agglo.opendata.errors import SchemaChanged, WrongAnswer


def row(category="ABC", value=9540, seniority="Total", **more):
    return {
        "date": "2026-T2", "categorie": category, "type_de_donnees": "Brutes", "sexe": "Total",
        "tranche_d_age": "Total", "anciennete": seniority, "nombre_de_demandeurs_d_emploi": value,
        "code_zone_d_emploi": "3205", "zone_d_emploi": "Béthune", **more,
    }  # fmt: skip


def zones(read, *rows, parse=dares.by_zone):
    answer = read(json.dumps(rows).encode())
    return {(r.scheme, r.code, r.measure, r.period): r.value for r in parse(answer)}


def test_a_zone_has_its_two_categories_as_they_are_written(read):
    found = zones(
        read, row("A, B, C"), row("A", 5120), row("B", 700), row("ABC", 20, sexe="Femmes"),
        row("ABC", 4010, "1 an ou plus"), row("ABC", 9000, type_de_donnees="CVS-CJO"),
    )  # fmt: skip
    assert found == {
        ("ZE2020", "3205", "demandeurs-emploi-abc", "2026-Q2"): "9540",
        ("ZE2020", "3205", "demandeurs-emploi-a", "2026-Q2"): "5120",
    }


def test_a_year_or_more_is_one_figure_of_the_source(read):
    found = zones(read, row(), row(value=4010, seniority="Un an ou plus"), parse=dares.by_zone_long_term)
    assert list(found.values()) == ["4010"]


def test_rounded_parts_are_never_added_into_a_year_or_more(read):
    parts = [row(value=2000, seniority="De 1 à 2 ans"), row(value=2010, seniority="Plus de 2 ans")]
    with pytest.raises(WrongAnswer, match="Il dit\u00a0: De 1 à 2 ans, Plus de 2 ans"):
        zones(read, *parts, parse=dares.by_zone_long_term)


def test_a_département_a_region_and_the_country(read):
    places = [
        ("32", "62"),
        ("32", "Total"),
        ("Total France", "Total"),
        ("Total France métropolitaine", "Total"),
    ]
    rows = [row(code_region=region, code_departement=code) for region, code in places]
    found = zones(read, *rows, parse=dares.by_department)
    assert {key[:2] for key in found} == {("DEP", "62"), ("REG", "32"), ("FRANCE", "F")}


def test_a_commune_without_a_count_is_under_secret_and_no_epci_is_summed(read):
    rows = [row(value=v, code_commune=c) for c, v in (("62119", 2105), ("62720", None), ("Total", 99999))]
    found = zones(read, *rows, parse=dares.by_commune)
    assert [(key[0], key[1], value) for key, value in found.items()] == [
        ("COM", "62119", "2105"), ("COM", "62720", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(date="juin 2026")], "trimestre est illisible"),
        ([row(), row()], "dit deux fois"),
        ([row("Catégorie 1")], "n’a plus les catégories"),
        ([row(value="n.c.")], "nombre positif"),
    ],
)
def test_what_cannot_be_read_is_refused(read, rows, words):
    with pytest.raises(WrongAnswer, match=words):
        zones(read, *rows)


def test_a_renamed_column_is_named(read):
    renamed = {("effectif" if k == "nombre_de_demandeurs_d_emploi" else k): v for k, v in row().items()}
    with pytest.raises(SchemaChanged, match="n’a plus la colonne nombre_de_demandeurs_d_emploi"):
        zones(read, renamed)
