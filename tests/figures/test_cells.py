"""What a table shows and is sorted by is what reading finds for anybody, at any date."""

from datetime import date

import pytest
from django.db import connection

from agglo.figures import reading
from agglo.figures.cells import latest_cells, latest_values
from agglo.figures.models import Observation, Series, Subject
from agglo.figures.recording import ensure_subject
from agglo.figures.vocabulary import State
from tests.figures.conftest import LATER

THEN = date(2023, 6, 1)


def sorted_by(known_on=None):
    sql, params = latest_values("emplois", "COM", known_on)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    codes = dict(Subject.objects.values_list("id", "code"))
    assert len(found) == len(dict(found))
    return {codes[id_]: value for id_, value in found}


def shown(known_on=None):
    found = reading.latest(["emplois"], known_on=known_on)
    return {code: f.value for (_, scheme, code), f in found.items() if scheme == "COM"}


@pytest.fixture
def towns(ledger):
    ledger.say(100, 2020)
    ledger.say(300, 2021)
    ledger.say(200, 2021, code="62617")
    ledger.say(250, 2021, code="62516")
    ledger.say(150, 2021, known_from=LATER)
    ledger.say(None, 2021, code="62516", state=State.CONFIDENTIAL, known_from=LATER)
    ledger.say(400, 2022, code="62617", known_from=LATER)
    return ledger


@pytest.mark.parametrize("known_on", [None, THEN, date(2000, 1, 1)])
def test_a_cell_holds_what_reading_finds(towns, known_on, django_assert_num_queries):
    towns.say(8.4, 2021, measure="taux")
    ids = list(Subject.objects.values_list("id", flat=True))
    with django_assert_num_queries(1):
        cells = latest_cells(["emplois", "taux"], ids, known_on)
    found = reading.latest(["emplois", "taux"], known_on=known_on)
    expected = {
        (f.series.measure, f.series.subject_id, f.value, f.state, f.series.decimals) for f in found.values()
    }
    assert set(map(tuple, cells.values())) == expected
    assert all(cell.has_value == (cell.value is not None) for cell in cells.values())


@pytest.mark.parametrize("known_on", [None, THEN, date(2000, 1, 1)])
def test_the_value_sorted_by_is_the_value_shown(towns, known_on):
    assert sorted_by(known_on) == shown(known_on)


def test_a_past_date_sorts_by_what_was_known_then(towns):
    assert sorted_by(THEN) == {"62119": 300, "62617": 200, "62516": 250}
    assert sorted_by() == {"62119": 150, "62617": 400, "62516": None}


def test_neither_a_draft_nor_a_private_series_sorts_a_subject(towns):
    Observation.objects.filter(period_start=date(2022, 1, 1)).update(review=0)
    Series.objects.filter(subject__code="62119").update(public=False)
    assert sorted_by() == shown() == {"62617": 200, "62516": None}


def test_of_two_accounts_the_first_ranked_sorts_even_when_it_is_older(towns):
    towns.say(7, 2019, code="62516", dataset=towns.article)
    Series.objects.filter(dataset=towns.dataset).update(rank=1)
    assert sorted_by()["62516"] == shown()["62516"] == 7


def test_only_subjects_of_the_scheme_are_looked_up(towns):
    ensure_subject("EPCI", "200072460", "Une intercommunalité", "EPCI")
    Series.objects.filter(subject__code="62119").update(
        subject=Subject.objects.get(scheme="EPCI", code="200072460")
    )
    assert sorted_by() == shown() == {"62617": 400, "62516": None}
