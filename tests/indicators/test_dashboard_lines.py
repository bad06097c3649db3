"""What a dashboard draws and compares, read in columns, is what the figures themselves say."""

from dataclasses import asdict
from datetime import date

import pytest

from agglo.charts import Trace
from agglo.charts.periods import long_label
from agglo.figures import reading
from agglo.figures.courses import courses
from agglo.figures.models import Break
from agglo.indicators.dashboard import PERIODS, dashboard
from agglo.indicators.models import Axis, Followed
from agglo.indicators.picture import point, points_of
from agglo.indicators.sentence import change_words, evolution
from agglo.opendata.declaration import declared
from tests.figures.conftest import ledger  # noqa: F401
from tests.figures.test_courses import mixed  # noqa: F401

DAYS = [None, date(2023, 6, 1)]


def said(one):
    return asdict(one) | {"label": one.label or long_label(one.x)}


@pytest.mark.parametrize("known_on", DAYS)
@pytest.mark.parametrize("last", [2, 40])
def test_points_from_columns_are_those_of_the_figures(mixed, known_on, last):  # noqa: F811
    infos = reading.find_series(["emplois"])
    figures = reading.points(infos, last=last, known_on=known_on)
    kinds = set()
    for id_, course in courses(infos, last=last, known_on=known_on).items():
        points = points_of(course)
        kinds.add(type(points))
        assert [said(p) for p in points] == [said(point(f, {})) for f in figures[id_]]
    assert kinds == ({list, Trace} if last == 40 else {list})


def test_a_span_without_short_name_keeps_its_words(ledger):  # noqa: F811
    for year in range(2018, 2022):
        ledger.say(year, year)
    infos = reading.find_series(["emplois"])
    (course,) = courses(infos, last=40).values()
    spans = course._replace(periods=((date(2018, 3, 1), date(2019, 1, 31)), *course.periods[1:]))
    assert isinstance(points_of(course), Trace)
    assert points_of(spans)[0].label == "de mars 2018 à janvier 2019"


@pytest.mark.django_db
@pytest.mark.parametrize("gap", [0, 3])
@pytest.mark.parametrize("known_on", [None, date(2024, 1, 15)])
def test_a_card_compares_its_last_figure_with_the_same_one_as_before(facts, gap, known_on):
    Followed.objects.update(gap=gap)
    compared = 0
    for axis in Axis.objects.all():
        for card in dashboard(axis, known_on).cards:
            info = card.figure.series
            figures = reading.points([info], last=PERIODS, known_on=known_on)[info.id]
            assert card.figure == figures[-1]
            if info.dataset in declared():
                told = Break.objects.filter(measure__code=info.measure).values_list("on", "cause")
                found = evolution(figures, told, gap)
                assert card.trend == [None if f.value is None else float(f.value) for f in figures[-24:]]
                assert card.trend_words == ("" if found is None else change_words(found))
                compared += bool(card.trend_words)
    assert compared
