"""Formulas give exact results where they can, say what is missing where they cannot, and can be traced."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from agglo.figures import reading
from agglo.figures.models import Break, Measure, MeasureVersion, Observation
from agglo.figures.vocabulary import Evidence, Origin, Qualifier, State
from agglo.opendata import refresh
from agglo.opendata.formulas import Formula, Input, Quotient, Ratio, Sum, Total, computed, register_formula
from agglo.opendata.formulas.changed import changed, queue_changed
from agglo.opendata.formulas.held import Held
from agglo.opendata.formulas.tracing import gaps, missing_inputs, trace
from agglo.opendata.models import Run, Status

SHARE = Formula(
    measure="share",
    inputs={
        "long": Input("seekers-long", "inscrits depuis un an ou plus"),
        "all": Input("seekers", "tous les inscrits"),
    },
    reckon=Ratio("long", "all", times=100),
)


def worked(formula):
    """Register and run a formula; what the ledger then holds: {(code, first day): value}."""
    run = refresh.refresh(register_formula(formula).code)
    assert run.status in (Status.SUCCEEDED, Status.UNCHANGED), run.error + run.detail
    rows = Observation.objects.known_on().filter(series__dataset__code=f"calcul-{formula.measure}")
    return {(o.series.subject.code, o.period_start): o.value for o in rows.select_related("series__subject")}


def test_a_ratio_of_two_measures(ledger):
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers", "62119", "2023", 1200)
    assert worked(SHARE) == {("62119", date(2023, 1, 1)): Decimal("33.333333")}
    assert SHARE.words == "inscrits depuis un an ou plus ÷ tous les inscrits × 100"


def test_what_cannot_be_worked_out_is_listed_not_guessed(ledger):
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers-long", "62178", "2023", 10)
    ledger("seekers", "62178", "2023", 0)
    assert worked(SHARE) == {}
    assert gaps(SHARE) == [
        ("COM", "62119", "2023", ("all",)),
        ("COM", "62178", "2023", ("dénominateur nul",)),
    ]
    assert missing_inputs(SHARE) == []


def test_a_part_larger_than_its_whole_gives_no_share(ledger):
    """Homes with fibre of one edition, homes of an older one: 104 % would be a number, and no answer."""
    ledger("seekers-long", "62119", "2023", 1250)
    ledger("seekers", "62119", "2023", 1200)
    part = replace(SHARE, reckon=SHARE.reckon._replace(part=True))
    assert worked(part) == {}
    assert gaps(part) == [("COM", "62119", "2023", ("partie plus grande que son tout",))]
    ledger("seekers-long", "62178", "2023", 1200)
    ledger("seekers", "62178", "2023", 1200)
    assert (
        part.at(Held(part.inputs.values()), ("COM", "62178"), (date(2023, 1, 1), date(2023, 12, 31))).value
        == 100
    )


def test_an_input_nobody_gives_is_named(ledger, capsys):
    ledger("seekers-long", "62119", "2023", 400)
    assert missing_inputs(SHARE) == ["tous les inscrits"]

    register_formula(SHARE)
    call_command("list_formulas")
    assert "manque\u00a0: tous les inscrits" in capsys.readouterr().out
    call_command("list_formulas", "calcul-share")
    assert capsys.readouterr().out == "COM 62119 2023\u00a0: all\n"
    with pytest.raises(CommandError, match="Aucun calcul sous le code"):
        call_command("list_formulas", "calcul-rien")


@pytest.mark.parametrize(
    "words",
    [
        {"qualifier": Qualifier.ABOUT},
        {"evidence": Evidence.ANNOUNCED},
        {"origin": Origin.DEMO},
    ],
)
def test_approximate_announced_and_fictional_figures_enter_no_formula(ledger, words):
    ledger("seekers-long", "62119", "2023", 400, **words)
    ledger("seekers", "62119", "2023", 1200)
    assert worked(SHARE) == {}


def test_a_secret_input_makes_a_secret_result(ledger):
    ledger("seekers-long", "62119", "2023", None, state=State.CONFIDENTIAL)
    ledger("seekers", "62119", "2023", 1200)
    assert worked(SHARE) == {("62119", date(2023, 1, 1)): None}
    assert Observation.objects.get(series__dataset__code="calcul-share").state == State.CONFIDENTIAL


def test_a_count_too_small_to_be_shown_is_not_told_by_a_ratio(ledger):
    MeasureVersion.objects.filter(measure__code="seekers-long").update(min_count=5)
    ledger("seekers-long", "62119", "2023", 3)
    ledger("seekers", "62119", "2023", 1200)
    assert worked(SHARE) == {("62119", date(2023, 1, 1)): None}


def test_the_last_known_population_stands_under_a_later_count(ledger):
    ledger("openings", "62119", "2024-T2", 50)
    ledger("population", "62119", "2022", 25000)
    ledger("population", "62119", "2025", 26000)
    per_thousand = Formula(
        measure="share",
        inputs={
            "openings": Input("openings", "ouvertures"),
            "people": Input("population", "habitants", last_known=True),
        },
        reckon=Ratio("openings", "people", times=1000),
    )
    assert worked(per_thousand) == {("62119", date(2024, 4, 1)): Decimal(2)}


def test_a_comparison_with_a_fixed_territory(ledger):
    for code, scheme, industry, everything in (("62119", "COM", 30, 100), ("F", "FRANCE", 120, 1000)):
        ledger("jobs", code, "2023", industry, scheme=scheme)
        ledger("population", code, "2023", everything, scheme=scheme)
    there = ("FRANCE", "F")
    index = Formula(
        measure="share",
        inputs={
            "industry": Input("jobs", "emplois industriels"),
            "all": Input("population", "emplois"),
            "industry-there": Input("jobs", "emplois industriels en France", about=there),
            "all-there": Input("population", "emplois en France", about=there),
        },
        reckon=Quotient(Ratio("industry", "all"), Ratio("industry-there", "all-there")),
        schemes=("COM",),
    )
    assert worked(index) == {("62119", date(2023, 1, 1)): Decimal("2.5")}


def a_year_of_openings(ledger):
    for month in range(1, 14):
        ledger("openings", "62119", f"{2023 + month // 13}-{(month - 1) % 12 + 1:02}", month)


ROLLING = Formula(
    measure="openings-12",
    inputs={"openings": Input("openings", "ouvertures, cumul de 12 mois", window=12)},
    reckon=Sum(("openings",)),
)


def test_twelve_months_in_a_row_are_added_up(ledger):
    a_year_of_openings(ledger)
    assert worked(ROLLING) == {
        ("62119", date(2023, 12, 1)): Decimal(78),
        ("62119", date(2024, 1, 1)): Decimal(90),
    }


def test_nothing_is_added_up_across_a_break(ledger):
    a_year_of_openings(ledger)
    Break.objects.create(measure=Measure.objects.get(code="openings"), on=date(2023, 2, 1), cause="champ")
    assert worked(ROLLING) == {("62119", date(2024, 1, 1)): Decimal(90)}


def communes(day):
    return frozenset({"62119", "62178"} if day.year > 2016 else {"62119"})


TOTAL = Total(measure="jobs", label="emplois", whole=("EPCI", "200072460"), parts=communes)


def test_the_total_of_the_communes_follows_the_membership_of_the_time(ledger):
    ledger("jobs", "62119", "2015", 5)
    ledger("jobs", "62119", "2023", 12)
    ledger("jobs", "62178", "2023", 30)
    ledger("jobs", "62119", "2024", 13)
    assert worked(TOTAL) == {
        ("200072460", date(2015, 1, 1)): Decimal(5),
        ("200072460", date(2023, 1, 1)): Decimal(42),
    }
    assert gaps(TOTAL) == [("EPCI", "200072460", "2024", ("62178",))]


def test_a_total_gives_way_to_the_one_the_source_gives(ledger):
    ledger("jobs", "62119", "2023", 12)
    ledger("jobs", "62178", "2023", 30)
    worked(TOTAL)
    ledger("jobs", "200072460", "2023", 40, scheme="EPCI")
    figure = reading.latest(["jobs"], [("EPCI", "200072460")])["jobs", "EPCI", "200072460"]
    assert (figure.value, figure.series.dataset) == (Decimal(40), "toy-counts")
    assert worked(TOTAL) == {("200072460", date(2023, 1, 1)): None}
    withdrawn = Observation.objects.known_on().get(series__dataset__code="calcul-jobs")
    assert withdrawn.state == State.MISSING


def test_a_revised_input_revises_the_result_and_the_old_one_stays_traceable(ledger):
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers", "62119", "2023", 1000)
    worked(SHARE)
    ledger("seekers-long", "62119", "2023", 500)
    assert changed() == ["calcul-share"]
    refresh.refresh("calcul-share")
    old, new = Observation.objects.filter(series__dataset__code="calcul-share").order_by("id")
    assert (old.value, new.value, old.known_to) == (Decimal(40), Decimal(50), new.known_from)

    traced = {row.pk: trace(reading.read_figure(row.pk)) for row in (old, new)}
    assert [(label, [f.value for f in figures]) for label, figures in traced[old.pk].inputs] == [
        ("inscrits depuis un an ou plus", [Decimal(400)]),
        ("tous les inscrits", [Decimal(1000)]),
    ]
    assert traced[new.pk].inputs[0][1][0].value == Decimal(500)
    assert trace(reading.latest(["seekers"])["seekers", "COM", "62119"]) is None


def test_an_input_that_is_withdrawn_takes_its_result_away(ledger):
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers", "62119", "2023", 1000)
    worked(SHARE)
    ledger("seekers", "62119", "2023", None, state=State.MISSING)
    refresh.refresh("calcul-share")
    assert (
        Observation.objects.get(series__dataset__code="calcul-share", known_to__isnull=True).state
        == State.MISSING
    )


def test_only_formulas_whose_results_differ_are_queued(ledger, django_assert_num_queries):
    register_formula(SHARE)
    register_formula(ROLLING)
    assert queue_changed() == []
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers", "62119", "2023", 1000)
    # The ledger writes its stamp when a transaction commits; a test's own never does.
    from django.core.cache import cache

    cache.clear()
    assert queue_changed() == ["calcul-share"]
    refresh.execute(Run.objects.get(code="calcul-share").pk)
    cache.clear()
    assert queue_changed() == []
    with django_assert_num_queries(1):
        assert queue_changed() == []


def test_the_same_inputs_give_the_same_bytes_and_write_nothing(ledger):
    ledger("seekers-long", "62119", "2023", 400)
    ledger("seekers", "62119", "2023", 1000)
    worked(SHARE)
    again = refresh.refresh("calcul-share")
    assert (again.status, again.answers.get().checksum) == (
        Status.UNCHANGED,
        Run.objects.filter(code="calcul-share").earliest("id").answers.get().checksum,
    )
    assert list(computed()) == ["calcul-share"]
