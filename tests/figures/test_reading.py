"""The reading side: latest, series, as known on, comparison, history, what may be computed."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from agglo.figures import arithmetic, reading
from agglo.figures.models import Observation, Series
from agglo.figures.recording import OutOfOrder
from tests.figures.conftest import EARLY, LATER

BETHUNE = ("COM", "62119")


def last(known_on=None):
    return reading.latest(["emplois"], [BETHUNE], known_on=known_on)[("emplois", *BETHUNE)]


def test_the_latest_figure_is_that_of_the_last_period(ledger):
    ledger.say(100, 2021)
    ledger.say(110, 2022)
    assert (last().value, last().end) == (110, date(2022, 12, 31))


def test_a_revision_is_read_as_it_was_known_on_each_date(ledger):
    ledger.say(8.5)
    ledger.say(8.4, known_from=LATER)
    assert str(last().value) == "8.4"
    assert str(last(date(2024, 1, 15)).value) == "8.5"
    assert str(last(date(2024, 6, 1)).value) == "8.4"
    assert reading.latest(["emplois"], [BETHUNE], known_on=date(2022, 1, 1)) == {}


def test_history_tells_what_was_held_and_since_when(ledger):
    ledger.say(8.5)
    ledger.say(8.4, known_from=LATER)
    told = [(str(f.value), f.known_from, f.known_to) for f in reading.history(last())]
    assert told == [("8.5", EARLY, LATER), ("8.4", LATER, None)]


def test_saying_the_same_again_changes_nothing_and_going_back_is_refused(ledger):
    ledger.say(8.5, known_from=LATER)
    assert ledger.say(8.5, known_from=LATER).unchanged == 1
    with pytest.raises(OutOfOrder):
        ledger.say(9, known_from=EARLY)
    assert Observation.objects.count() == 1


def test_two_sources_that_disagree_both_stay_and_the_first_ranked_is_read(ledger):
    ledger.say(100, rank=1)
    ledger.say(90, dataset=ledger.article)
    accounts = reading.find_series(["emplois"], [BETHUNE], every_account=True)
    assert {s.source for s in accounts} == {"Insee", "La Gazette"}
    assert last().value == 90


def test_the_last_points_of_many_series_come_in_two_queries(ledger, django_assert_num_queries):
    for year in range(2000, 2020):
        ledger.say(year, year)
        ledger.say(year + 1, year, code="62617")
    with django_assert_num_queries(2):
        found = reading.series(["emplois", "sites"], last=3)
    assert [f.value for f in found[("emplois", *BETHUNE)]] == [2017, 2018, 2019]
    assert len(found) == 2


def test_last_points_as_known_on_a_date_mix_open_and_closed_figures(ledger):
    for year in range(2018, 2022):
        ledger.say(year, year)
    ledger.say(1, 2020, known_from=LATER)
    then = reading.series(["emplois"], [BETHUNE], last=2, known_on=date(2023, 2, 1))
    now = reading.series(["emplois"], [BETHUNE], last=2)
    assert [f.value for f in then[("emplois", *BETHUNE)]] == [2020, 2021]
    assert [f.value for f in now[("emplois", *BETHUNE)]] == [1, 2021]


def test_comparison_takes_the_last_period_most_subjects_have(ledger):
    for code in ("62119", "62617", "62516"):
        ledger.say(10, 2021, code=code)
    ledger.say(11, 2022)
    assert {(f.series.code, f.end.year) for f in reading.compare("emplois", None)} == {
        ("62119", 2021),
        ("62617", 2021),
        ("62516", 2021),
    }


def test_the_public_reads_neither_private_series_nor_drafts(ledger, django_user_model):
    ledger.say(100)
    Series.objects.update(public=False)
    assert reading.find_series(["emplois"], user=AnonymousUser()) == []
    Series.objects.update(public=True)
    Observation.objects.update(review=0)
    assert reading.latest(["emplois"], [BETHUNE]) == {}
    assert reading.read_figure(Observation.objects.get().pk) is None
    member = django_user_model(email="x@example.org")
    assert reading.read_figure(Observation.objects.get().pk, user=member).value == 100
    assert Observation.objects.visible_to(AnonymousUser()).count() == 0


def figures(*pairs):
    found = reading.series([p[0] for p in pairs], None, user=None)
    return [f for rows in found.values() for f in rows]


def test_like_figures_add_up_and_say_what_is_missing(ledger):
    ledger.say(100)
    ledger.say(20, code="62617", qualifier=1)
    ledger.say(None, code="62516", state=4)
    total = arithmetic.add_up(figures(("emplois",)))
    assert (total.value, total.approximate, total.missing) == (120, True, 1)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"measure": "sites"}, "ne comptent pas la même chose"),
        ({"evidence": 2}, "même statut"),
        ({"origin": 2}, "fictive"),
        ({"year": 2021}, "même période"),
    ],
)
def test_unlike_figures_are_not_added_up(ledger, second, words):
    ledger.say(100)
    ledger.say(20, code="62617", **second)
    with pytest.raises(arithmetic.CannotAddUp, match=words):
        arithmetic.add_up(figures(("emplois",), ("sites",)))


def test_rates_are_never_added_up_over_territories(ledger):
    ledger.say(8, measure="taux")
    ledger.say(9, measure="taux", code="62617")
    with pytest.raises(arithmetic.CannotAddUp, match="ne s’additionne pas"):
        arithmetic.add_up(figures(("taux",)))


def test_change_is_in_percent_for_counts_and_in_points_for_rates(ledger):
    ledger.say(100, 2021)
    ledger.say(110, 2022)
    ledger.say(8.4, 2021, measure="taux")
    ledger.say(9.2, 2022, measure="taux")
    found = reading.series(["emplois", "taux"])
    count = arithmetic.change(*found[("emplois", *BETHUNE)])
    rate = arithmetic.change(*found[("taux", *BETHUNE)])
    assert (count.absolute, count.percent) == (10, 10)
    assert (str(rate.absolute), rate.percent, rate.in_points) == ("0.8", None, True)


def test_change_is_refused_across_a_break_and_says_why(ledger):
    ledger.say(100, 2021)
    ledger.say(110, 2022)
    pair = reading.series(["emplois"])[("emplois", *BETHUNE)]
    told = arithmetic.change(*pair, breaks=[(date(2022, 3, 1), "loi nouvelle")])
    assert told.absolute is None
    assert "loi nouvelle" in told.refused
    assert arithmetic.change(*pair, breaks=[(date(2023, 3, 1), "après")]).absolute == 10
