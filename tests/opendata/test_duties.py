"""What staff owe: expected at the end of the next period and its delay, late a week after, told apart."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.duties import Duty, Owed, duties, entered, owes, owes_no_more

PLAN = ("PLAN", "usine")


@contextmanager
def owed(*things, rhythm=Rhythm.QUARTERLY, delay=45, code="toy-duty", measures=("toys",)):
    owes(
        Duty(
            code=code,
            title="Jouets comptés",
            rhythm=rhythm,
            delay=delay,
            owed=lambda: things,
            measures=measures,
        )
    )
    try:
        yield
    finally:
        owes_no_more(code)


def thing(held=None, begins=None):
    return Owed(PLAN, "l’usine", "/equipe/", held, begins)


def only(today):
    (one,) = entered(["toys"], [PLAN], today)
    return one


def test_expected_after_the_next_period_and_its_delay_and_late_a_week_later():
    with owed(thing(held=date(2026, 3, 31))):
        before = only(date(2026, 8, 21))
        assert (before.state, before.expected_on) == ("up-to-date", date(2026, 8, 14))
        assert "Prochaine saisie attendue vers le 14/08/2026" in before.sentence
        late = only(date(2026, 8, 22))
    assert late.state == "staff-late"
    assert "ils sont en retard. Dernière situation saisie\u00a0: 31/03/2026" in late.sentence


def test_what_was_never_entered_is_owed_from_its_first_period():
    with owed(thing(begins=date(2026, 1, 1))):
        assert only(date(2026, 5, 1)).state == "never"
        late = only(date(2026, 6, 1))
    assert (late.state, late.expected_on) == ("staff-late", date(2026, 5, 15))
    assert "Rien n’a encore été saisi." in late.sentence


def test_when_nobody_can_say_since_when_it_is_not_called_late():
    with owed(thing()):
        one = only(date(2030, 1, 1))
    assert (one.state, one.expected_on, one.sentence) == ("never", None, "Rien n’a encore été saisi.")


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2021, 1, 1), date(2021, 2, 14)),
        (date(2021, 2, 14), date(2021, 2, 14)),
        (date(2021, 2, 15), date(2021, 5, 15)),
        (date(2026, 11, 26), date(2027, 2, 14)),
    ],
)
def test_nothing_is_owed_that_fell_due_before_staff_took_it_over(since, expected):
    for one in (thing(begins=date(2020, 10, 1)), thing(held=date(2020, 9, 30))):
        with owed(one._replace(since=since)):
            assert not only(since).is_late
            assert only(since).expected_on == expected
            assert only(expected + timedelta(days=8)).is_late


def test_a_deadline_already_past_is_owed_from_the_day_staff_took_it_over():
    with owed(thing(begins=date(2025, 1, 1))._replace(since=date(2026, 1, 1)), rhythm=Rhythm.ONCE, delay=30):
        assert not only(date(2026, 1, 31)).is_late
        assert only(date(2026, 2, 8)).is_late


def test_a_deadline_is_owed_until_it_is_entered():
    with owed(thing(begins=date(2025, 12, 31)), rhythm=Rhythm.ONCE, delay=30):
        assert only(date(2026, 2, 6)).state == "never"
        assert only(date(2026, 2, 7)).is_late


def test_only_what_a_figure_rests_on_is_told_about_it():
    with owed(thing()):
        assert entered(["toys"], [("PLAN", "autre")]) == []
        assert [one for one in entered(["others"]) if one.code == "toy-duty"] == []


def test_a_duty_is_declared_once():
    with owed(thing()), pytest.raises(ValueError, match="déjà déclarée"):
        owes(Duty(code="toy-duty", title="Autre", rhythm=Rhythm.YEARLY, delay=1, owed=list))


def test_rooms_are_found_by_name_at_start_up():
    assert [duty.code for duty in duties()] == [
        "bulletins-projets", "effectifs-ecoles", "resultats-ecoles", "suivi-plans", "suivi-revitalisation",
        "verdicts-engagements",
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_room_is_asked_once_a_duty(facts, django_assert_num_queries):
    with django_assert_num_queries(len(duties())):
        entered()
