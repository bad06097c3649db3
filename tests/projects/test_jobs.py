"""Jobs counted once: properties that hold for any claims, then the attested ones on their pages."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.models import Observation
from agglo.figures.vocabulary import Evidence, Origin, Qualifier
from projects import confirming
from projects.job_table import job_table
from projects.jobs import Claim, Standing, allot, by_commune, qualified, realised, standing_of, tally
from projects.models import JobClaim, JobPool
from tests.projects.conftest import read

share = st.sampled_from([None, Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(0)])
claim = st.builds(
    lambda pool, standing, number, moved, qualifier, ours, on, part: Claim(
        pool, standing, number, number * moved // 10, qualifier, ours, on, part
    ),
    st.sampled_from("abc"),
    st.sampled_from(Standing),
    st.integers(0, 5000),
    st.integers(0, 10),
    st.sampled_from(Qualifier),
    st.shared(share, key="ours"),
    st.sampled_from([date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]),
    st.booleans(),
)
claims = st.lists(claim, max_size=12)


@given(claims)
def test_gross_is_overlap_and_transfers_and_net(some):
    for count in tally(some).counts.values():
        assert count.gross == count.overlap + count.transferred + count.net
        assert min(count.gross, count.overlap, count.transferred, count.net) >= 0


@given(claims, st.randoms())
def test_the_order_of_claims_changes_nothing(some, random):
    mixed = some.copy()
    random.shuffle(mixed)
    assert tally(mixed).counts == tally(some).counts


@given(claims, st.data())
def test_saying_it_twice_creates_no_job(some, data):
    if not some:
        return
    again = data.draw(st.sampled_from(some))
    before, after = tally(some).counts, tally([*some, again]).counts
    for standing, count in before.items():
        assert after[standing].net == count.net
        assert after[standing].gross >= count.gross


@given(claims, claims)
def test_pools_apart_add_up(some, others):
    apart = [replace(c, pool="z") for c in others]
    both, one, two = tally(some + apart).counts, tally(some).counts, tally(apart).counts
    for standing, count in both.items():
        assert count.net == sum(t[standing].net for t in (one, two) if standing in t)


@given(claims)
def test_a_standing_never_moves_another(some):
    for standing in Standing:
        alone = tally([c for c in some if c.standing == standing]).counts
        assert alone.get(standing) == tally(some).counts.get(standing)


@given(claims)
def test_what_is_nobodys_share_is_set_aside_and_not_counted(some):
    result = tally(some)
    counted = sum(count.claims + count.earlier for count in result.counts.values())
    assert len(result.aside) + counted == len(some)


@given(claims, st.integers(0, 5000))
def test_a_later_number_takes_the_place_of_all_before(some, number):
    later = [Claim("a", one, number, on=date(2027, 1, 1)) for one in Standing]
    only = [c for c in some if c.pool == "a" and c.share is not None]
    for standing, count in tally([*only, *later]).counts.items():
        assert (count.gross, count.overlap, count.net) == (number, 0, number), standing


def test_a_number_of_another_time_is_no_overlap():
    said = [
        Claim("a", Standing.CONFIRMED, 110, on=date(2023, 4, 18)),
        Claim("a", Standing.CONFIRMED, 3, on=date(2026, 10, 1)),
    ]
    count = tally(said).counts[Standing.CONFIRMED]
    assert (count.gross, count.overlap, count.net, count.earlier) == (3, 0, 3, 1)


def test_a_part_stands_beside_the_whole_and_never_for_it():
    def counted(day: date) -> tuple[int, int, int]:
        whole = Claim("a", Standing.REPORTED, 148, on=date(2026, 2, 5))
        part = Claim("a", Standing.REPORTED, 40, on=day, part=True)
        count = tally([whole, part]).counts[Standing.REPORTED]
        return count.gross, count.overlap, count.net

    assert counted(date(2026, 2, 5)) == (188, 40, 148)
    assert counted(date(2026, 3, 1)) == (188, 40, 148)
    assert counted(date(2025, 3, 1)) == (148, 0, 148)


@pytest.mark.parametrize(
    ("number", "on", "within"),
    [(40, date(2026, 2, 5), 40), (148, date(2025, 1, 1), 148), (200, date(2027, 1, 1), 131)],
)
def test_unconfirmed_jobs_of_a_confirmed_number_are_told_apart(number, on, within):
    sure = Claim("a", Standing.CONFIRMED, 131, on=date(2026, 2, 5))
    other = Claim("b", Standing.REPORTED, 7, on=on)
    assert tally([sure, other, Claim("a", Standing.REPORTED, number, on=on)]).within == within
    assert tally([sure, other]).within == 0


def test_what_the_sources_say_of_a_number_is_said_of_a_sum():
    exact, about, most, least = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.AT_MOST, Qualifier.AT_LEAST
    assert [qualified(some) for some in ([], [exact], [exact, most], [about, most], [least, most])] == [
        exact, exact, most, about, about,
    ]  # fmt: skip


@given(st.integers(0, 10_000), st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_jobs_are_allotted_whole_and_none_is_lost(number, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = allot(number, shares)
    assert sum(parts) == number
    assert all(abs(part - number * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_shares_that_do_not_make_one_are_refused():
    with pytest.raises(ValueError, match="100\u00a0%"):
        allot(10, [Fraction(1, 2)])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(0, 500)), max_size=8))
def test_moves_within_the_territory_create_nothing(moves):
    assert sum(by_commune(moves, set("abc")).values()) == 0


def test_a_firm_that_moves_from_bethune_to_ruitz():
    assert by_commune([("62119", "62727", 80)], {"62119", "62727"}) == {"62119": -80, "62727": 80}
    assert by_commune([("59350", "62119", 80)], {"62119"}) == {"62119": 80}
    count = tally([Claim("firm", Standing.CONFIRMED, 80, transferred=80)]).counts[Standing.CONFIRMED]
    assert (count.gross, count.net) == (80, 0)


def test_only_confirmed_jobs_are_observed():
    assert standing_of(Evidence.OBSERVED, True) == Standing.CONFIRMED
    assert standing_of(Evidence.OBSERVED, False) == Standing.REPORTED
    assert [standing_of(one, False) for one in Evidence] == [
        Standing.REPORTED,
        Standing.COMMITTED,
        Standing.ANNOUNCED,
        Standing.POTENTIAL,
        Standing.REPORTED,
        Standing.ANNOUNCED,
    ]
    assert realised(0, 3) is None
    assert realised(200, 148) == 74


@pytest.mark.django_db
def test_the_attested_claims_count_once(attested):
    table = job_table(JobClaim.objects.attested())
    counts = {row.standing: row.count for row in table.counts}
    assert Standing.CONFIRMED not in counts  # no company has confirmed anything yet
    reported = counts[Standing.REPORTED]
    assert (reported.gross, reported.overlap, reported.net) == (188, 40, 148)
    assert counts[Standing.ANNOUNCED].net == 500  # 200 and 300; ACC is nobody's share yet
    assert counts[Standing.ANNOUNCED].qualifier == Qualifier.ABOUT  # « environ 200 », « au plus 300 »
    assert counts[Standing.POTENTIAL].net == 300
    assert [pool.slug for pool in table.aside] == ["acc"]
    assert [{a.slug, b.slug} for a, b in table.doubts] == [{"deux-prospects", "logs-logistique"}]
    assert [(one.pool.slug, one.percent) for one in table.outcomes] == [("blackstar", 74)]


@pytest.mark.django_db
def test_a_claim_says_the_number_of_its_figure(attested):
    from employment.loading import load_employment

    load_employment()
    for claim in JobClaim.objects.exclude(figure_key=""):
        figure = Observation.objects.get(quotation__key=claim.figure_key)
        assert (figure.value, figure.qualifier, figure.evidence) == (
            claim.number,
            claim.qualifier,
            claim.evidence,
        ), claim.figure_key


@pytest.mark.django_db
def test_invented_jobs_are_never_added_to_attested_ones(attested):
    JobClaim.objects.create(
        pool=JobPool.objects.get(slug="blackstar"),
        scheme="aid",
        number=9,
        evidence=0,
        as_of=date(2026, 1, 1),
        source="essai",
        origin=Origin.DEMO,
    )
    with pytest.raises(ValueError, match="ne s’ajoutent pas"):
        job_table(JobClaim.objects.all())
    assert job_table(JobClaim.objects.attested())


@pytest.mark.django_db
def test_the_database_refuses_what_cannot_be(attested):
    told = {
        "pool": JobPool.objects.get(slug="blackstar"),
        "scheme": "aid",
        "as_of": date(2026, 1, 1),
        "source": "essai",
    }
    for name, fields in {
        "claim_transfers_are_a_part": {"number": 3, "transferred": 4, "evidence": 0},
        "claim_is_confirmed_by_somebody": {"number": 3, "evidence": 0, "confirmed_by": "BlackStar"},
        "only_observed_jobs_are_confirmed": {
            "number": 3,
            "evidence": 2,
            "confirmed_by": "BlackStar",
            "confirmed_on": date(2026, 1, 1),
        },
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            JobClaim.objects.create(**told, **fields)


@pytest.mark.django_db
def test_the_site_shows_gross_overlap_and_net_and_no_total(client, attested, django_assert_max_num_queries):
    with django_assert_max_num_queries(27):
        body = read(client.get("/sites/bridgestone-bethune/"))
    jobs = body[body.index('id="emplois"') :].split("</section>")[0]
    for said in ("188", "148", "constaté, non confirmé", "annoncé", "potentiel", "peut-être les mêmes"):
        assert said in jobs
    assert "948" not in jobs and "648" not in jobs
    assert "<tfoot" not in jobs
    assert "À partager" in read(client.get("/sites/acc-douvrin/"))


@pytest.mark.django_db
def test_sums_keep_the_words_of_their_sources(client, attested):
    assert "environ 500" in read(client.get("/sites/bridgestone-bethune/"))
    page = read(client.get("/emplois/"))
    assert "environ 500 annoncés" in page and "pour environ 500 annoncés" in page
    assert ";environ" in read(client.get("/emplois.csv"))


@pytest.mark.django_db
def test_the_forty_of_a_confirmed_number_are_said_to_be_within_it(client, attested):
    asked = confirming.ask(JobClaim.objects.get(pool__slug="blackstar", number=148), "Direction")
    confirming.answer(confirming.token_of(asked), "corrected", "Direction", number=131)
    body = read(client.get("/sites/bridgestone-bethune/"))
    assert "les mêmes emplois que le nombre confirmé" in body
    assert "131 constatés pour environ 200 annoncés" in body
