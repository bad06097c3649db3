"""Measures are defined once, many at a time; rates name the counts they are made of by their code."""

import pytest

from agglo.figures.models import MeasureVersion
from agglo.figures.recording import define_measures

COUNT = {"name": "Locaux", "kind": "stock", "numerator": "", "denominator": ""}
RATE = {"name": "Part", "kind": "rate", "numerator": "vacants", "denominator": "locaux"}
ROWS = [{"code": "part", **RATE}, {"code": "locaux", **COUNT}, {"code": "vacants", **COUNT}]


@pytest.mark.django_db
def test_rates_name_counts_of_the_same_rows_in_any_order(django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert define_measures(ROWS) == 3
    part = MeasureVersion.objects.get(measure__code="part")
    assert (part.numerator.code, part.denominator.code) == ("vacants", "locaux")


@pytest.mark.django_db
def test_what_is_defined_is_left_alone():
    define_measures(ROWS)
    assert define_measures([{**row, "name": "Autre"} for row in ROWS]) == 0
    assert not MeasureVersion.objects.filter(name="Autre").exists()


@pytest.mark.django_db
def test_an_unknown_code_is_refused():
    with pytest.raises(KeyError, match="locaux"):
        define_measures([{"code": "part", **RATE}, {"code": "vacants", **COUNT}])
