"""Statements planned once for a connection give what the plain question gives, and count as one question."""

import pytest
from django.db import DatabaseError, connection, transaction

from agglo.figures.statements import ask

pytestmark = pytest.mark.django_db
SUMS = "SELECT n + %(more)s::int, '100 %%' FROM unnest(%(numbers)s::int[]) n WHERE n > %(more)s::int"


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("kept", [True, False])
def test_the_rows_are_the_same_planned_ahead_or_not(settings, kept) -> None:
    settings.DATABASE_PREPARED = kept
    for numbers in ([1, 2, 3], [], [9]):
        expected = [(n + 1, "100 %") for n in numbers if n > 1]
        assert ask(f"{SUMS} -- {kept}", {"numbers": numbers, "more": 1, "unused": 5}) == expected
    assert ask("SELECT %s::text || %s::text", ["a%s", "b'"]) == [("a%sb'",)]
    assert any(f"-- {kept}" in text for text in prepared()) is kept


def test_a_question_counts_once_and_is_prepared_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        for number in range(3):
            assert ask("SELECT %s::int * 7 AS sevenfold", [number]) == [(number * 7,)]
    assert sum("sevenfold" in text for text in prepared()) == 1


def test_what_was_prepared_in_a_transaction_taken_back_is_still_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask("SELECT %s::int AS taken_back", [1])
        raise ZeroDivisionError
    assert ask("SELECT %s::int AS taken_back", [2]) == [(2,)]


def test_a_mistaken_question_is_an_error_of_the_database_and_is_not_kept() -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError), transaction.atomic():
            ask("SELECT %s::int FROM nowhere", [1])
    assert not any("nowhere" in text for text in prepared())


@pytest.mark.django_db(transaction=True)
def test_another_connection_prepares_for_itself() -> None:
    assert ask("SELECT %s::int AS of_each", [1]) == [(1,)]
    connection.close()
    assert ask("SELECT %s::int AS of_each", [2]) == [(2,)]
