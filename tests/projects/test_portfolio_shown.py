"""What each reader sees of the portfolio: no sum, no difference and no date gives one hidden case away."""

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.vocabulary import Origin
from projects.demo.loading import load, remove
from projects.implantation_page import books
from projects.models import Prospect
from projects.portfolio_shown import outward, shown_to
from projects.public_pipeline import public_book
from projects.releasing import WHOLE, masked_stages, quarter_ends, released
from projects.weighing import declare
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.test_prospects import OLD, PERCENTS, prospect

snapshot = st.frozensets(st.tuples(st.integers(1, 6), st.sampled_from([1, 4])), max_size=6).map(
    lambda held: frozenset(dict(held).items())
)


@given(st.lists(snapshot, max_size=8))
def test_between_two_publications_never_one_or_two_cases_move(snapshots):
    dated = list(enumerate(snapshots))
    published = [
        dated[day][1]
        for day in dict.fromkeys(released(dated[:n]) for n in range(1, len(dated) + 1))
        if day is not None
    ]
    for held in published:
        assert len(held) == 0 or len(held) >= 3
    for before, after in pairwise([frozenset(), *published]):
        assert len({case for case, _ in before ^ after}) not in (1, 2)


def test_quarters_end_where_they_end_and_the_one_under_way_is_not_told():
    assert quarter_ends(date(2025, 11, 5), date(2026, 6, 30)) == [date(2025, 12, 31), date(2026, 3, 31)]
    assert quarter_ends(date(2026, 5, 1), date(2026, 5, 2)) == []


def readings(counts: dict[int, int], masked: set) -> list[tuple[int, ...]]:
    """What a reader still thinks possible: zeros are shown, so each masked stage holds at least one case."""
    left = sum(counts[stage] for stage in masked)
    return [one for one in product(range(1, left + 1), repeat=len(masked)) if sum(one) == left]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_a_masked_count_is_never_worked_out_from_the_whole(numbers):
    counts = dict(enumerate(numbers))
    masked = masked_stages(counts)
    assert {stage for stage, count in counts.items() if count < 3} <= masked
    if masked and WHOLE not in masked:
        assert all(len(set(possible)) > 1 for possible in zip(*readings(counts, masked), strict=True))


def test_two_lone_cases_are_masked_with_a_third_stage():
    counts = {1: 7, 2: 5, 3: 3, 4: 4, 5: 5, 6: 1, 7: 1, 8: 4}
    masked = masked_stages(counts)
    assert {6, 7} < masked
    assert len(masked) == 3
    assert len(readings(counts, masked)) > 1


@given(st.dictionaries(st.integers(1, 8), st.integers(1, 30), min_size=2, max_size=8))
def test_small_counts_are_masked_and_never_alone(counts):
    masked = masked_stages(counts)
    small = {stage for stage, count in counts.items() if count < 3}
    assert small <= masked
    assert len(masked) != 1


@given(st.integers(0, 5000), st.integers(0, 5000), st.sampled_from([1, 10, 50]))
def test_bounds_are_let_out_never_in(low, more, step):
    found = outward(low, low + more, step)
    assert found[0] <= low <= low + more <= found[1]


@pytest.fixture
def some(db):
    """Two cases an elected member may know, and hidden ones given by each test."""
    declare(PERCENTS, "le bureau", "parce que", since=date(2024, 1, 1))
    for code in ("Un", "Deux"):
        prospect(code, (4, OLD), confidentiality="internal", jobs_low=40, jobs_high=40)


def hide(*jobs: int, stage: int = 4, kind: str = "restricted") -> None:
    for place, number in enumerate(jobs):
        code = f"Caché {kind} {stage} {place}"
        prospect(code, (stage, OLD), confidentiality=kind, jobs_low=number, jobs_high=number)


@pytest.mark.parametrize(
    ("hidden", "counted"),
    [((), 2), ((30,), 2), ((30, 30), 2), ((30, 30, 30), 5), ((300, 10, 10), 2)],
)
def test_hidden_cases_are_counted_in_only_when_none_can_be_worked_out(some, hidden, counted):
    hide(*hidden)
    found = shown_to(person("elected"))
    assert found.portfolio.cases == counted
    assert found.left_out == (counted == 2 and bool(hidden))
    assert sum(count for _, count in found.stages) == counted


def test_a_single_hidden_case_among_the_engaged_keeps_all_hidden_ones_out(some):
    hide(30, 30, 30)
    hide(30, stage=7)
    assert shown_to(person("elected")).left_out


def test_the_largest_is_not_taken_away_for_who_may_not_know_it(some):
    hide(50, 45, 45)
    elected, reviewer = shown_to(person("elected")), shown_to(person("reviewer"))
    assert [key for key, _, _ in elected.rows] == ["engaged", "weighted", "every"]
    assert "without_largest" in [key for key, _, _ in reviewer.rows]
    assert (elected.step, reviewer.step) == (10, 1)


def test_the_year_before_is_told_only_when_no_hidden_case_could_be_worked_out(some):
    declare(PERCENTS, "le bureau", "avant", since=date(2020, 1, 1))
    reader = person("elected")
    assert books(reader)[0].year_ago == "20\u00a0emplois"
    hide(30, 30, 30)
    assert books(reader)[0].year_ago == ""
    assert books(person("reviewer"))[0].year_ago == "43\u00a0emplois"


def test_an_nda_case_is_hidden_even_from_who_it_names(some):
    hide(30, kind="nda")
    owner = person("staff")
    Prospect.objects.filter(confidentiality="nda").update(owner=owner)
    assert shown_to(owner).portfolio.cases == 2


def test_elected_members_read_code_names_and_ranges_never_the_company(some):
    Prospect.objects.filter(code_name="Un").update(name="Usine secrète")
    hide(30)
    page = read(client_of("elected").get("/elus/implantations/"))
    assert "Un</span>" in page
    assert "secrète" not in page
    assert "Caché" not in page
    assert "trop peu nombreux" in page


def test_the_public_reads_the_article_and_no_case(client, attested, some):
    Prospect.objects.filter(code_name="Un").update(name="Usine secrète")
    hide(30, 31, 32)
    page = read(client.get("/implantations/"))
    for words in ("Une quarantaine", "300", "environ", "conditionnel"):
        assert words in page
    for hidden in ("Un</span>", "Deux", "secrète", "Caché"):
        assert hidden not in page
    assert "bornes arrondies à 50" in page
    assert public_book().shown.weights.decided_by == "le bureau"


def test_the_public_reads_no_sum_of_two_cases(client, attested, some):
    assert "Pas encore assez de dossiers" in read(client.get("/implantations/"))


def test_the_public_reads_no_number_of_cases_that_are_each_alone_at_their_stage(client, attested):
    declare(PERCENTS, "le bureau", "parce que", since=date(2024, 1, 1))
    for stage in (2, 3, 4):
        prospect(f"Seul {stage}", (stage, OLD), confidentiality="internal", jobs_low=40, jobs_high=40)
    assert public_book().cases is None
    page = read(client.get("/implantations/"))
    assert "trop peu nombreux pour que leur nombre soit dit" in page
    assert "3 dossiers" not in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_announced_case_is_named_the_day_it_is_announced(client, attested, some):
    prospect(
        "Annoncé", (4, OLD), confidentiality="public", announced_on=date(2025, 3, 1), name="Usine secrète"
    )
    page = read(client.get("/implantations/"))
    assert "Annoncé" in page
    assert "secrète" not in page


def test_a_case_that_enters_today_changes_nothing_the_public_reads(some):
    hide(30, 31, 32)
    before = public_book()
    prospect("Neuf", (4, date.today() - timedelta(days=1)), confidentiality="internal", jobs_low=500)
    after = public_book()
    assert (after.day, after.rows, after.cases) == (before.day, before.rows, before.cases)


def test_invented_cases_have_a_watermarked_book_of_their_own_and_go_away(client, attested, some):
    hide(30, 31, 32)
    alone = public_book().rows
    load()
    assert public_book().rows == alone
    book = public_book(demo=True)
    assert book.demo
    assert book.funnel.demo
    assert shown_to(AnonymousUser(), demo=True).weights.origin == Origin.DEMO
    page = read(client.get("/implantations/"))
    assert "Dossiers fictifs" in page
    assert "is-demo--page" in page
    remove()
    assert not Prospect.objects.demo().exists()
