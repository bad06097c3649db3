"""The stock files of Sirene, made by hand in the columns of the official ones: counted, loaded, not kept."""

import json
from datetime import date

import pytest

from agglo.indicators import sirene_stock
from agglo.indicators.connectors import sirene_stock as connector
from agglo.indicators.datagouv import Resource
from agglo.opendata.declaration import declared
from agglo.opendata.errors import WrongAnswer
from tests.replay.sirene import establishment, parquet, unit

DAY = date(2026, 11, 1)
CRAFT = {"activitePrincipaleRegistreMetiersEtablissement": "4322AP"}


@pytest.fixture
def count(tmp_path):
    """Counts of these rows, as {(commune, measure, breakdown, period): number}."""

    def counted(establishments, units, communes=("62119", "62178"), day=DAY, **form):
        counts = sirene_stock.count(
            parquet(tmp_path / "e.parquet", establishments, **form),
            parquet(tmp_path / "u.parquet", units, **form),
            communes,
            day,
        )
        return {row[:4]: row[4] for row in counts}

    return counted


def test_only_active_establishments_of_our_communes_are_counted(count):
    counts = count(
        [
            establishment(1),
            establishment(2, etatAdministratifEtablissement="F"),
            establishment(3, commune="75056"),
            establishment(4, commune="62178", caractereEmployeurEtablissement="O"),
        ],
        [unit(n) for n in (1, 2, 3, 4)],
    )
    assert counts["62119", "sirene-etablissements-actifs", "", "2026-11"] == 1
    assert counts["", "sirene-etablissements-actifs", "", "2026-11"] == 2
    assert counts["", "sirene-etablissements-employeurs", "", "2026-11"] == 1
    assert {key[0] for key in counts} == {"", "62119", "62178"}


def test_a_unit_in_partial_diffusion_counts_like_another(count):
    counts = count([establishment(1, statutDiffusionEtablissement="P")], [unit(1)])
    assert counts["62119", "sirene-etablissements-actifs", "", "2026-11"] == 1


@pytest.mark.parametrize(
    ("activity", "industry", "shops"),
    [
        ("05.10Z", 1, 0),
        ("39.00Z", 1, 0),
        ("41.20A", 0, 0),
        ("01.11Z", 0, 0),
        ("10.71C", 1, 1),
        ("47.91A", 0, 0),
    ],
)
def test_industry_and_shops_are_closed_lists(count, activity, industry, shops):
    counts = count([establishment(1, activitePrincipaleEtablissement=activity)], [unit(1)])
    assert counts["62119", "sirene-etablissements-industrie", "", "2026-11"] == industry
    assert counts["62119", "sirene-commerces", "", "2026-11"] == shops


def test_an_old_nomenclature_is_never_taken_for_the_present_one(count):
    old = {"nomenclatureActivitePrincipaleEtablissement": "NAF1993"}
    counts = count([establishment(1, **old), establishment(2), establishment(3)], [unit(1), unit(2), unit(3)])
    assert counts["62119", "sirene-etablissements-industrie", "", "2026-11"] == 2
    assert counts["62119", "sirene-etablissements-actifs", "DIVISION=25", "2026-11"] == 2
    assert counts["62119", "sirene-etablissements-actifs", "DIVISION=ND", "2026-11"] == 1


def test_when_most_codes_are_of_another_nomenclature_nothing_is_counted(count):
    new = {"nomenclatureActivitePrincipaleEtablissement": "NAF2025"}
    with pytest.raises(WrongAnswer, match=r"NAF rév\. 2"):
        count([establishment(1, **new), establishment(2, **new), establishment(3)], [unit(1)])


def test_a_craft_company_with_two_establishments_is_one_company(count):
    counts = count(
        [establishment(1, **CRAFT), establishment(1, commune="62178", **CRAFT), establishment(2)],
        [unit(1), unit(2)],
    )
    assert counts["62119", "sirene-artisanat", "", "2026-11"] == 1
    assert counts["62178", "sirene-artisanat", "", "2026-11"] == 1
    assert counts["", "sirene-artisanat", "", "2026-11"] == 1


def test_social_economy_is_read_on_the_company_and_counted_where_it_employs(count):
    counts = count(
        [establishment(1, caractereEmployeurEtablissement="O"), establishment(2)],
        [unit(1, economieSocialeSolidaireUniteLegale="O"), unit(2, economieSocialeSolidaireUniteLegale="O")],
    )
    assert counts["", "sirene-ess", "", "2026-11"] == 1


def ceased(siren, day, created="2018-06-15"):
    return unit(siren, dateCreationUniteLegale=created, etatAdministratifUniteLegale="C", dateDebut=day)


def test_a_company_ceased_on_its_third_birthday_had_lived_three_years(count):
    units = [
        unit(1, dateCreationUniteLegale="2018-06-15"),
        ceased(2, "2021-06-14"),
        ceased(3, "2021-06-15"),
        ceased(4, "2023-06-14"),
    ]
    counts = count([establishment(n) for n in (1, 2, 3, 4)], units)
    assert counts["", "sirene-cohorte", "", "2018"] == 4
    assert counts["", "sirene-cohorte-3-ans", "", "2018"] == 3
    assert counts["", "sirene-cohorte-5-ans", "", "2018"] == 1


def test_a_company_that_only_changed_since_its_creation_is_alive(count):
    changed = unit(1, dateCreationUniteLegale="2018-06-15", dateDebut="2019-01-01")
    counts = count([establishment(1)], [changed])
    assert counts["", "sirene-cohorte-3-ans", "", "2018"] == 1


def test_a_cohort_is_told_once_its_last_company_is_old_enough(count):
    years = {key[3] for key in count([establishment(1)], [unit(1)]) if key[1] == "sirene-cohorte-3-ans"}
    assert (min(years), max(years)) == ("2012", "2022")
    assert "2023" not in years


def test_the_cohort_follows_head_offices(count):
    rows = [establishment(1), establishment(1, commune="62178", etablissementSiege=False)]
    counts = count(rows, [unit(1)])
    assert counts["62119", "sirene-cohorte", "", "2015"] == 1
    assert counts["62178", "sirene-cohorte", "", "2015"] == 0


def test_closures_are_dated_by_the_day_the_state_began(count):
    closed = establishment(1, etatAdministratifEtablissement="F", dateDebut="2024-05-01")
    counts = count([closed, establishment(2)], [unit(1), unit(2)])
    assert counts["62119", "sirene-fermetures", "", "2024"] == 1
    assert counts["62119", "sirene-creations", "", "2015"] == 2
    # The year under way is not whole.
    assert not [key for key in counts if key[1] == "sirene-creations" and key[3] == "2026"]


@pytest.mark.parametrize("days", ["DATE", "TIMESTAMP", "VARCHAR"])
def test_days_read_alike_whatever_their_type(count, days):
    counts = count([establishment(1)], [unit(1)], days=days)
    assert counts["62119", "sirene-creations", "", "2015"] == 1


def test_the_quoted_rows_have_the_columns_that_are_read(samples):
    rows = json.loads((samples / "sirene_stock-etablissement_2_rows_2026-04.json").read_text())
    cut = {"dateDebut", "etatAdministratifEtablissement", "activitePrincipaleEtablissement"}
    cut |= {"nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement"}
    # The report that printed them shows the first columns; the others are named in its list.
    assert sirene_stock.ESTABLISHMENTS - cut <= set(rows[0])


def test_a_missing_column_is_named(count):
    with pytest.raises(WrongAnswer, match="caractereEmployeurEtablissement"):
        count([establishment(1)], [unit(1)], without=("caractereEmployeurEtablissement",))


def test_a_file_that_is_no_parquet_is_refused_in_french(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>Maintenance</title>")
    with pytest.raises(WrongAnswer, match="Parquet lisible"):
        sirene_stock.count(page, page, ["62119"], DAY)


def test_a_cut_file_is_refused_in_french(tmp_path):
    whole = parquet(tmp_path / "e.parquet", [establishment(n) for n in range(500)])
    whole.write_bytes(whole.read_bytes()[:-200])
    with pytest.raises(WrongAnswer, match="Parquet lisible"):
        sirene_stock.count(whole, whole, ["62119"], DAY)


def test_no_establishment_of_ours_is_a_wrong_file(count):
    with pytest.raises(WrongAnswer, match="aucun établissement actif"):
        count([establishment(1, commune="75056")], [unit(1)])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sirene : Fichier StockEtablissement du 01 Novembre 2026 (format parquet)", date(2026, 11, 1)),
        ("Sirene : Fichier StockEtablissement du 1er août 2026 (format parquet)", date(2026, 8, 1)),
    ],
)
def test_the_day_of_the_stock_is_in_its_title(title, expected):
    assert connector.stock_day(Resource(title, "parquet", "", None)) == expected


def test_a_stock_without_a_day_is_refused():
    with pytest.raises(WrongAnswer, match="quel jour"):
        connector.stock_day(Resource("StockEtablissement", "parquet", "", None))


def test_every_count_is_declared_and_every_declared_measure_is_counted(count):
    counts = count([establishment(1)], [unit(1)])
    assert {key[1] for key in counts} == {one.measure for one in declared()[connector.CODE].measures}
