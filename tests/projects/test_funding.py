"""Aid: movements that are kept, amounts that may be unknown, counterparts, and who may read what."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from agglo.accounts.models import AuditEntry
from agglo.figures.vocabulary import Origin, Qualifier
from projects.aid_amounts import Sum, totals
from projects.clawback import due
from projects.models import Beneficiary, Counterpart, CounterpartCheck, FundingLine, Movement
from tests.people import person
from tests.projects.aid import TOLD, company, line, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> FundingLine:
    return line(company("Alpha"))


def test_each_kind_of_movement_is_summed_apart(kept):
    moved(kept, "asked", 90_000)
    moved(kept, "granted", 80_000)
    moved(kept, "paid", 30_000)
    moved(kept, "paid", 10_000, date(2025, 6, 1))
    said = {kind: one.words for kind, one in totals(kept.movements.all()).items()}
    plain = {kind: words.replace("\u202f", " ").replace("\u00a0", " ") for kind, words in said.items()}
    assert plain == {
        "asked": "90 000 €",
        "granted": "80 000 €",
        "paid": "40 000 €",
        "reclaimed": "—",
        "recovered": "—",
    }


def test_an_unknown_amount_stays_unknown_and_a_rough_one_stays_rough(kept):
    moved(kept, "paid", None)
    assert totals(kept.movements.all())["paid"].words == "montant non connu"
    moved(kept, "paid", 10_000)
    assert totals(kept.movements.all())["paid"].words.startswith("au moins 10")
    moved(kept, "granted", 50_000, qualifier=Qualifier.ABOUT)
    assert totals(kept.movements.all())["granted"].words.startswith("environ 50")


def test_a_movement_is_cancelled_by_another_and_neither_goes(kept):
    wrong = moved(kept, "paid", 10_000)
    moved(kept, "cancelled", None, cancels=wrong, evidence="saisi deux fois")
    assert totals(kept.movements.all())["paid"].entries == 0
    assert Movement.objects.count() == 2
    assert not Movement.objects.in_force().exists()
    with pytest.raises(IntegrityError, match="cancels"), transaction.atomic():
        moved(kept, "cancelled", None, cancels=wrong)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Movement.objects.filter(pk=wrong.pk).update(amount=1)


def test_the_database_refuses_what_cannot_be(kept):
    other = line(company("Bêta"))
    stranger = moved(other, "paid", 5)
    cases = (
        ("movement_has_evidence", {"evidence": ""}),
        ("movement_amount_is_positive", {"amount": 0}),
        ("movement_is_ordered", {"until": date(2020, 1, 1)}),
        ("cancellation_names", {"kind": "cancelled", "amount": None}),
        ("only_a_grant", {"kind": "paid", "grant_equivalent": 5}),
        ("another line", {"kind": "cancelled", "amount": None, "cancels": stranger}),
        ("never mix", {"origin": Origin.DEMO}),
    )
    for name, change in cases:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            moved(kept, **change)


def test_shares_of_a_line_make_the_whole(kept):
    Beneficiary.objects.create(line=kept, organisation=company("Bêta"), share=Decimal("0.4"), **TOLD)
    wrong = pytest.raises(IntegrityError, match=r"add up to 1\.4")
    with wrong, transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Beneficiary.objects.filter(line=kept, share=1).update(share=Decimal("0.6"))
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_taken_over_activity_carries_its_aid_from_its_day(kept):
    heir = company("Héritière")
    row = kept.beneficiaries.get()
    row.taken_over_by, row.taken_over_on, row.taken_over_why = heir, date(2025, 6, 1), "traité de scission"
    row.save()
    assert row.holder_on(date(2025, 5, 31)) == row.organisation
    assert row.holder_on(date(2025, 6, 1)) == heir
    with pytest.raises(IntegrityError, match="take_over_is_dated"), transaction.atomic():
        Beneficiary.objects.filter(pk=row.pk).update(taken_over_why="")


def test_the_public_reads_what_was_decided_in_public(kept):
    assert not FundingLine.objects.visible_to(None).exists()
    assert FundingLine.objects.visible_to(person("staff")).count() == 1
    assert FundingLine.objects.visible_to(person("elected")).count() == 1
    FundingLine.objects.update(published=True)
    assert FundingLine.objects.visible_to(None).count() == 1


PAID = Sum(Decimal(100_000), 1)


@pytest.mark.parametrize(
    ("rule", "found", "paid", "target", "reached", "amount"),
    [
        ("full", "broken", PAID, 50, None, 100_000),
        ("full", "kept", PAID, 50, 50, 0),
        ("pro_rata", "partly", PAID, 50, 30, 40_000),
        ("pro_rata", "broken", PAID, 3, 1, Decimal("66666.67")),
        ("pro_rata", "partly", PAID, 50, 60, 0),
        ("pro_rata", "partly", PAID, 50, None, None),
        ("none", "broken", PAID, 50, 0, 0),
        ("unknown", "broken", PAID, 50, 0, None),
        ("full", "unknown", PAID, 50, None, None),
        ("full", "broken", Sum(Decimal(100), 2, 1), 50, None, None),
        ("full", "on_the_way", PAID, 50, None, 0),
    ],
)
def test_a_broken_promise_makes_due_what_its_agreement_says(rule, found, paid, target, reached, amount):
    target, reached = (None if one is None else Decimal(one) for one in (target, reached))
    said = due(rule, found, paid, target, reached)
    assert said.amount == amount
    assert said.why


def test_counterparts_wait_for_their_check_until_somebody_closes_them(kept):
    promise = Counterpart.objects.create(
        line=kept, kind="jobs_kept", words="Garder 20 emplois", counted_unit="emplois", target=20,
        check_on=date(2025, 6, 1), **TOLD,
    )  # fmt: skip
    assert not Counterpart.objects.due_by(date(2025, 5, 31)).exists()
    assert list(Counterpart.objects.due_by(date(2025, 6, 1))) == [promise]
    said = {"counterpart": promise, "evidence": "DSN", "said_by": "Alpha", **TOLD}
    CounterpartCheck.objects.create(on=date(2025, 6, 1), found="on_the_way", **said)
    assert Counterpart.objects.due_by(date(2025, 6, 1)).exists()
    last = CounterpartCheck.objects.create(on=date(2025, 7, 1), found="partly", reached=12, **said)
    assert not Counterpart.objects.due_by(date(2026, 1, 1)).exists()
    assert promise.last_check == last
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CounterpartCheck.objects.filter(pk=last.pk).update(found="kept")


def test_the_grant_of_2007_is_told_as_its_sources_tell_it(attested):
    told = FundingLine.objects.published().get(beneficiaries__organisation__slug="bridgestone")
    assert told.origin == Origin.OTHER_SOURCE
    sums = totals(told.movements.all())
    assert (sums["granted"].known, sums["paid"].known) == (1_500_000, 1_250_000)
    assert sums["reclaimed"].known == 1_250_000
    # No source says whether it was paid back, nor what the agreement said.
    assert sums["recovered"].entries == 0
    promise = told.counterparts.get()
    assert (promise.target, promise.last_check.found) == (50, "broken")
    assert promise.commitment.slug == "bridgestone-2007"
    assert promise.claims.get().kind == "reclaimed"
    assert due(promise.clawback, "broken", sums["paid"], promise.target, None).amount is None


def test_every_change_of_aid_leaves_its_trace(kept):
    moved(kept)
    tables = set(AuditEntry.objects.values_list("table_name", flat=True))
    assert {"projects_fundingline", "projects_beneficiary", "projects_movement"} <= tables
