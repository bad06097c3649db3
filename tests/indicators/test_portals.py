"""Portals of the State, in answers made by hand from the columns their readers report."""

import json
from decimal import Decimal

import pytest

from agglo.figures.vocabulary import State
from agglo.indicators import schools
from agglo.indicators.connectors import (
    education,
    energy,
    france_relance,
    higher_education,
    local_taxes,
    urssaf_hiring,
)
from agglo.opendata.declaration import declared
from agglo.opendata.errors import SchemaChanged, WrongAnswer
from agglo.opendata.freshness import Standing, freshness_of

TWO = ["62119", "62178"]
EPCI = ("EPCI", "200072460")


def got(rows):
    return {(r.scheme, r.code, r.measure, r.period): r.value for r in rows}


def made(read, body):
    return read(json.dumps(body).encode())


def hiring(kind="CDI", value=100, month="2025-01-31", **more):
    return {"dernier_jour_du_mois": month, "nature_de_contrat": kind, "dpae_brut": value, **more}


def test_hirings_of_a_month_are_open_ended_and_fixed_term_together(read):
    rows = [hiring(code_region="32"), hiring("CDD de plus d’un mois", 40, code_region="32")]
    assert got(urssaf_hiring.parse(made(read, rows))) == {("REG", "32", "dpae", "2025-01"): "140"}
    assert got(urssaf_hiring.parse(made(read, [hiring()]))) == {("FRANCE", "F", "dpae", "2025-01"): "100"}


@pytest.mark.parametrize(
    ("rows", "words"), [([hiring("Total")], "illisible"), ([hiring(), hiring()], "deux fois")]
)
def test_a_total_among_contracts_is_not_counted_twice(read, rows, words):
    with pytest.raises(WrongAnswer, match=words):
        list(urssaf_hiring.parse(made(read, rows)))


@pytest.mark.django_db
def test_hirings_stand_still_by_the_notice_of_their_producer():
    found = freshness_of(["urssaf-dpae-region", "urssaf-dpae-france"])
    assert {one.state for one in found} == {Standing.SUSPENDED}
    assert all("19/11/2025" in one.sentence for one in found)
    assert {declared()[one.code].licence for one in found} == {"ODbL 1.0"}


def tax(commune="62119", value=1000, label="CFE - INTERCOMMUNALITÉ / PRODUIT RÉEL", secret=None):
    return {"annee": "2024", "idcom": commune, "sirepci": "200072460", "varlib": label, "valeur": value,
            "secret_statistique": secret}  # fmt: skip


def test_the_tax_of_the_agglomeration_is_the_sum_of_its_communes(read):
    found = got(
        local_taxes.parse(made(read, [tax(), tax("62178", 250.5), tax("62178", 7, "FB - GFP / BASE")]))
    )
    assert found[*EPCI, "produit-cfe", "2024"] == "1250.5"
    assert len(found) == 3


def test_a_withheld_part_leaves_no_sum(read):
    rows = list(local_taxes.parse(made(read, [tax(), tax("62720", 3, secret="sec_stat")])))
    assert {r.code: (r.value, r.state) for r in rows} == {
        "62119": ("1000", None), "62720": (None, State.CONFIDENTIAL), "200072460": (None, State.CONFIDENTIAL),
    }  # fmt: skip


@pytest.mark.parametrize("rows", [[], [tax(label="CFE - GFP / PRODUIT")]])
def test_labels_that_changed_are_said(read, rows):
    with pytest.raises(WrongAnswer, match="a changé les siens"):
        list(local_taxes.parse(made(read, rows)))


def test_students_add_up_over_kinds(read):
    rows = [{"rentree": 2024, "com_id": c, "effectif_atlas": n} for c, n in (("62119", 1800), ("62119", 420),
            ("59350", 90000))]  # fmt: skip
    found = got(higher_education.students(made(read, rows), TWO))
    assert found == {(*place, "etudiants-inscrits", "2024"): "2220" for place in (("COM", "62119"), EPCI)}


def test_winners_of_the_region_and_of_the_country(read):
    rows = [{"annee_de_concours": y, "region": r, "nombre": n} for y, r, n in (
        ("2024", "Hauts-de-France", 3), ("2024", "Île-de-France", 20), ("2025", None, 1))]  # fmt: skip
    found = got(higher_education.winners(made(read, rows)))
    assert {(key[0], key[3]): value for key, value in found.items()} == {
        ("REG", "2024"): "3", ("FRANCE", "2024"): "23", ("REG", "2025"): "0", ("FRANCE", "2025"): "1",
    }  # fmt: skip


def school(uai, commune="62119", vocational="1", apprentices="", state="OUVERT"):
    return {"identifiant_de_l_etablissement": uai, "code_commune": commune, "etat": state,
            "voie_professionnelle": vocational, "apprentissage": apprentices}  # fmt: skip


def test_a_school_counts_once_and_a_closed_one_never(read):
    rows = [school("0620001A", apprentices="1"), school("0620001A"), school("0620002B", "62178"),
            school("0620003C", state="FERME"), school("0590001A", "59350")]  # fmt: skip
    found = got(education.directory(made(read, rows), TWO, "2026-11"))
    assert found[*EPCI, "etablissements-voie-professionnelle", "2026-11"] == "2"
    assert found[*EPCI, "etablissements-apprentissage", "2026-11"] == "1"
    assert found["COM", "62178", "etablissements-apprentissage", "2026-11"] == "0"


def test_the_median_school_of_a_place_and_none_under_three():
    rates = [(f"062000{n}X", "m", "2024", Decimal(rate)) for n, rate in enumerate((10, 40, 50))]
    rates += [("0750001A", "m", "2024", Decimal(90)), ("0750002A", "m", "2024", None)]
    found = got(schools.medians(rates, {"0620000X", "0620001X"}))
    assert {key[0]: value for key, value in found.items()} == {"DEP": "40", "REG": "40", "FRANCE": "45"}


def test_rates_are_dated_of_the_second_year_and_our_schools_come_from_the_directory(read):
    ours = [school(f"062000{n}X") for n in range(3)]
    rates = [
        {"uai": f"062000{n}X", "annee": "cumul 2022-2023", "taux_emploi_6_mois": 30 + n} for n in range(3)
    ]
    path = "/api/explore/v2.1/catalog/datasets/fr-en-{}/exports/json"
    answer = made(read, {"period": "2026-11", "pages": [
        {"path": path.format("annuaire-education"), "body": ours},
        {"path": path.format("inserjeunes-lycee_pro"), "body": rates}]})  # fmt: skip
    assert got(education.parse_leavers(answer))[*EPCI, "lycees-pro-emploi-6-mois", "2023"] == "31"
    rates[0]["taux_emploi_6_mois"] = 310
    answer = made(read, {"period": "2026-11", "pages": [{"path": "/x", "body": rates}]})
    with pytest.raises(WrongAnswer, match="dépasse 100"):
        list(education.parse_leavers(answer))


def project(town="BETHUNE", postcode="62400", siren="123456789", words="Ligne de production"):
    return {"siren": siren, "mesure": "Décarbonation", "nom_commune": town, "code_postal": postcode,
            "description_projet": words, "mise_a_jour": "2022-03-21"}  # fmt: skip


def test_projects_are_distinct_and_found_by_name_and_postcode(read):
    towns = {("62400", "bethune"): "62119", ("62700", "bruay la buissiere"): "62178"}
    answer = made(read, [project(), project(), project(words="Fours"), project("Paris", "75001"),
                         project("Bruay-la-Buissière", "62700.0"), project("Ailleurs", "62700")])  # fmt: skip
    found = got(france_relance.projects(answer, towns, TWO))
    assert found == {
        ("COM", "62119", france_relance.MEASURE, "2022-03-21"): "2",
        ("COM", "62178", france_relance.MEASURE, "2022-03-21"): "1",
        (*EPCI, france_relance.MEASURE, "2022-03-21"): "3",
    }
    assert "62700 Ailleurs" in answer.warnings[-1]


def summed(column, network, sector="INDUSTRIE", other=0, **communes):
    path = f"/values_agg?metric_field={column}&qs=filiere%3A%22{network}%22"
    inner = [{"value": code[1:], "metric": value} for code, value in communes.items()]
    return {"path": path, "body": {"total_other": other, "aggs": [
        {"value": "RESIDENTIEL", "metric": 5, "aggs": []},
        {"value": sector, "aggs": [{"value": "2023", "aggs": inner}]}]}}  # fmt: skip


def industry(read, *pages):
    return got(energy.industry(made(read, {"period": "2026-11", "pages": list(pages)})))


def test_energy_of_industry_is_in_gigawatt_hours_and_nought_is_withheld(read):
    found = industry(
        read, summed("conso_totale_mwh", "Electricit%C3%A9", c62119=1500, c62178=0),
        summed("nombre_de_mailles_secretisees", "Gaz", c62178=2),
    )  # fmt: skip
    assert found["COM", "62119", "industrie-electricite", "2023"] == "1.5"
    assert found[*EPCI, "industrie-electricite", "2023"] == "1.5"
    assert ("COM", "62178", "industrie-electricite", "2023") not in found
    assert found[*EPCI, "industrie-energie-mailles-retenues", "2023"] == "2"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (summed("conso_totale_mwh", "Gaz", sector="I"), "Elle a\u00a0: RESIDENTIEL, I"),
        (summed("conso_totale_mwh", "Gaz", other=3), "le total serait faux"),
        ({"path": "/values_agg?metric_field=autre", "body": {}}, "ne dit plus ce qu’elle additionne"),
    ],
)
def test_an_unknown_sector_or_a_cut_total_is_refused(read, page, words):
    with pytest.raises(WrongAnswer, match=words):
        industry(read, page)


def plant(commune="62119", source="Solaire", power=49.46, regime="En service"):
    return {"codeinseecommune": commune, "filiere": source, "regime": regime, "puismaxinstallee": power}


def test_power_in_service_by_commune(read):
    rows = [plant(), plant(power=100), plant("62178", "Eolien", 12000), plant(regime="Hors service"),
            plant(source="Thermique non renouvelable", power=800)]  # fmt: skip
    found = got(energy.register_rows(made(read, rows), TWO, "2026-11"))
    assert found["COM", "62119", "puissance-solaire", "2026-11"] == "149.46"
    assert found["COM", "62178", "puissance-solaire", "2026-11"] == "0"
    assert found[*EPCI, "puissance-renouvelable", "2026-11"] == "12149.46"


@pytest.mark.parametrize(
    ("parse", "row"),
    [
        (urssaf_hiring.parse, hiring()),
        (local_taxes.parse, tax()),
        (higher_education.winners, {"annee_de_concours": "2024", "region": "", "nombre": 1}),
        (lambda answer: energy.register_rows(answer, TWO, "2026"), plant()),
        (lambda answer: france_relance.projects(answer, {}, TWO), project()),
    ],
)  # fmt: skip
def test_a_column_that_is_gone_is_named(read, parse, row):
    name = sorted(row)[0]
    with pytest.raises(SchemaChanged, match="n’a plus l"):
        list(parse(made(read, [{key: value for key, value in row.items() if key != name}])))
