"""The catalogue as loaded, and the sentences it makes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.models import Break, MeasureVersion
from agglo.figures.reading import Figure, SeriesInfo
from agglo.indicators.loading import load_indicators, table
from agglo.indicators.models import Axis, Indicator
from agglo.indicators.picture import dataset_words
from agglo.indicators.sentence import of_place, sentence


def test_the_68_indicators_are_there_once_under_seven_axes(catalogue):
    assert Indicator.objects.count() == 68
    assert Axis.objects.count() == 7
    assert sum(axis.indicators.count() for axis in Axis.objects.all()) == 68


def test_loading_again_writes_nothing(catalogue):
    assert set(load_indicators().values()) == {0}


def test_a_changed_question_is_put_back_by_the_next_load(catalogue):
    Indicator.objects.filter(code="EMP-01").update(question="Autre ?")
    assert load_indicators()["indicateurs"] == 1
    assert Indicator.objects.get(code="EMP-01").question.startswith("Le chômage")


def test_an_explanation_written_better_reaches_what_is_already_loaded(catalogue):
    told = Break.objects.get(measure__code="taux-chomage-localise", on=date(2021, 1, 1))
    Break.objects.filter(pk=told.pk).update(detail="Les séries ont été recalculées vers le passé ")
    assert load_indicators()["ruptures"] == 1
    assert Break.objects.get(pk=told.pk).detail == told.detail
    assert told.detail.endswith("ne s’y comparent pas.")


def test_every_rate_names_its_denominator(catalogue):
    rates = MeasureVersion.objects.filter(kind__in=["rate", "ratio"])
    assert rates.exists()
    assert all(version.denominator_id for version in rates)


def test_the_break_of_january_2025_is_known_before_any_figure(catalogue):
    assert Break.objects.filter(measure__code="demandeurs-emploi-abc", on=date(2025, 1, 1)).exists()


def test_the_article_is_quoted_for_the_axes_it_names(catalogue):
    headings = {axis.slug: axis.headings for axis in Axis.objects.all()}
    assert headings["industrie"] == "Relever le défi industriel"
    assert headings["emploi"] == ""
    assert all(axis.difference for axis in Axis.objects.all())


@pytest.mark.parametrize("name", ["axes", "indicators", "measures"])
def test_french_typography_of_the_catalogue(name):
    for row in table(name):
        for cell in row.values():
            assert "'" not in cell, cell
            assert " ?" not in cell and " %" not in cell, cell


def test_a_half_subject_is_refused_by_the_database(catalogue):
    with pytest.raises(IntegrityError, match="indicator_subject_is_whole"), transaction.atomic():
        Indicator.objects.filter(code="EMP-01").update(subject_code="")


def info(**said):
    base = dict.fromkeys(SeriesInfo._fields, "")
    base |= {"name": "Postes salariés", "counted_unit": "postes", "counted_unit_one": "poste", "decimals": 0}
    base |= {"kind": "stock", "scheme": "EPCI", "subject": "Béthune-Bruay", "measure": "m", "version": 1}
    return SeriesInfo(**(base | said))


def figure(year, value, series=None, state=0, obs_status="A"):
    number = None if value is None else Decimal(value)
    known = datetime(2024, 1, 1, tzinfo=UTC)
    return Figure(
        year,
        date(year, 1, 1),
        date(year, 12, 31),
        number,
        None,
        state,
        0,
        0,
        0,
        0,
        obs_status,
        0,
        known,
        None,
        1,
        None,
        series or info(),
    )


def plain(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


TEMPLATE = "{when}, on compte {value} {in}"


def test_a_change_is_told_against_the_period_just_before():
    said = plain(sentence([figure(2022, 1000), figure(2023, 1100)], TEMPLATE))
    assert said == "En 2023, on compte 1 100 postes dans l’agglomération, 100 de plus qu’en 2022 (+10,0 %)."


def test_a_missing_year_in_between_leaves_no_change():
    assert "de plus" not in sentence([figure(2021, 1000), figure(2023, 1100)], TEMPLATE)


def test_a_break_refuses_the_change_and_says_why():
    said = plain(
        sentence([figure(2022, 1000), figure(2023, 1100)], TEMPLATE, breaks=[(date(2023, 1, 1), "loi")])
    )
    assert "rupture de série (loi)" in said
    assert "de plus" not in said


def test_census_years_are_compared_five_years_apart():
    years = [figure(2016, 900), figure(2021, 950), figure(2022, 1000)]
    assert "100 de plus qu’en 2016" in plain(sentence(years, TEMPLATE, gap=5))


def test_only_parts_of_a_hundred_change_by_points():
    """A density counts jobs, a stock counts years: neither moves by points."""
    density = info(name="Emplois par hectare", counted_unit="emplois par hectare", symbol="", kind="ratio")
    said = plain(sentence([figure(2022, 20, series=density), figure(2023, 22, series=density)], TEMPLATE))
    assert said.endswith("2 de plus qu’en 2022 (+10,0 %).")
    share = info(name="Part", counted_unit="%", symbol="%", kind="ratio")
    said = plain(sentence([figure(2022, 20, series=share), figure(2023, 22, series=share)], TEMPLATE))
    assert said.endswith("2 points de plus qu’en 2022.")


def test_a_name_keeps_its_own_capitals_inside_a_sentence():
    said = plain(sentence([figure(2023, 10, series=info(name="Inscrits à France Travail"))]))
    assert said.startswith("En 2023, inscrits à France Travail de l’agglomération")
    assert sentence([figure(2023, 10, series=info(name="PIB de l’EPCI"))]).startswith("En 2023, PIB")


def test_a_statement_does_not_say_twice_what_it_counts():
    said = plain(sentence([figure(2023, 10)], label="Postes prévus", attested=True))
    assert said.startswith("Postes prévus : 10, en 2023, selon")
    said = plain(sentence([figure(2023, 10)], label="Dans l’industrie", attested=True))
    assert said.startswith("Dans l’industrie : 10 postes, en 2023")


def test_a_computed_figure_names_its_calculation_once():
    made = info(source="Calcul de l’observatoire", dataset_title="Calcul\u00a0: inscrits ÷ habitants")
    assert dataset_words(made) == "Calcul de l’observatoire, inscrits ÷ habitants"
    assert dataset_words(info(source="Insee", dataset_title="Flores")) == "Insee, Flores"


def test_a_provisional_figure_says_so():
    assert "chiffre provisoire" in sentence([figure(2023, 10, obs_status="P")], TEMPLATE)


def test_a_withheld_figure_is_told_in_words():
    assert "secret statistique" in sentence([figure(2023, None, state=4)], TEMPLATE)


@pytest.mark.parametrize(
    ("scheme", "name", "words"),
    [
        ("ZE2020", "Béthune", "de la zone d’emploi de Béthune"),
        ("ZE2020", "Arras", "de la zone d’emploi d’Arras"),
        ("EPCI", "x", "de l’agglomération"),
        ("DEP", "x", "du département"),
        ("FRANCE", "France", "de France"),
    ],
)
def test_places_are_named_in_french(scheme, name, words):
    assert of_place(scheme, name) == words
