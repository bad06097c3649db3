"""The computed indicators agree with the catalogue that describes them, and come out of real ingredients."""

import csv
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from agglo.figures import reading
from agglo.figures.facts import loading as facts_loading
from agglo.figures.models import Dataset, MeasureVersion, Release, Source
from agglo.figures.periods import parse_period
from agglo.figures.recording import Statement, record
from agglo.figures.vocabulary import Rhythm, SourceKind
from agglo.indicators.loading import table
from agglo.indicators.models import Followed, Indicator
from agglo.opendata import refresh
from agglo.opendata.declaration import declared
from agglo.opendata.duties import duties
from agglo.opendata.formulas import Formula, Ratio, Total, computed

EPCI = ("EPCI", "200072460")
# Given by the attested facts, or added up at a plan’s dated follow-up, and not by an official dataset; what
# staff owe (reports of schools) is told by their duties.
ATTESTED = Path(facts_loading.__file__).with_name("statements.csv").read_text(encoding="utf-8")
RECORDED = {row["measure"] for row in csv.DictReader(ATTESTED.splitlines(), delimiter=";")} | {
    "pse-solutions-durables",
}


def fed() -> dict[str, set[str]]:
    """Measure -> the datasets, official or computed, that feed it."""
    feeders = defaultdict(set)
    for code, one in declared().items():
        for measured in one.measures:
            feeders[measured.measure].add(code)
    return feeders


def test_every_formula_and_its_inputs_are_measures_of_the_catalogue(catalogue):
    known = set(MeasureVersion.objects.values_list("measure__code", flat=True))
    for formula in computed().values():
        assert {formula.measure, *(one.measure for one in formula.inputs.values())} <= known, formula.measure


def test_a_computed_ratio_names_the_sides_it_is_computed_from(catalogue):
    versions = {v.measure.code: v for v in MeasureVersion.objects.select_related("measure")}
    ratios = [f for f in computed().values() if isinstance(f, Formula) and isinstance(f.reckon, Ratio)]
    assert len(ratios) >= 10
    for formula in ratios:
        version = versions[formula.measure]
        over, under = formula.inputs[formula.reckon.over], formula.inputs[formula.reckon.under]
        assert (version.numerator.code, version.denominator.code) == (over.measure, under.measure)


def test_every_input_is_fed_by_a_source(catalogue):
    feeders = fed()
    entered = {measure for duty in duties() for measure in duty.measures}
    between = {formula.measure for formula in computed().values()}  # each stands on inputs looked at here too
    for formula in computed().values():
        for one in formula.inputs.values():
            official = [code for code in feeders[one.measure] if not code.startswith("calcul-")]
            assert official or one.measure in RECORDED | entered | between - {formula.measure}, (
                f"{formula.measure}\u00a0: personne ne donne {one.measure}"
            )


def test_what_comes_out_of_odbl_figures_is_odbl_too(catalogue):
    known, feeders = declared(), fed()
    for code, formula in computed().items():
        licences = {
            known[feeder].licence for one in formula.inputs.values() for feeder in feeders[one.measure]
        }
        if any("ODbL" in licence for licence in licences):
            assert "ODbL" in known[code].licence, code


def test_at_least_45_of_the_68_indicators_are_fed(facts):
    """By an official dataset, a formula over them, or the attested facts of the ledger."""
    feeders = fed()
    attested = set(
        MeasureVersion.objects.filter(series__observations__isnull=False).values_list(
            "measure__code", flat=True
        )
    )
    answered = {
        row.indicator.code
        for row in Followed.objects.select_related("indicator", "measure")
        if feeders.get(row.measure.code) or row.measure.code in attested
    }
    missing = sorted(set(Indicator.objects.values_list("code", flat=True)) - answered)
    assert len(answered) >= 45, missing


def test_no_measure_is_followed_twice_at_the_same_rank():
    places = [(row["indicator"], row["order"]) for row in table("followed")]
    assert sorted({place for place in places if places.count(place) > 1}) == []


@pytest.fixture
def said(places):
    """Say official counts about a territory: `said("jobs", EPCI, "2023", 12)`."""
    source = Source.objects.create(code="toy", name="Bureau", kind=SourceKind.PRODUCER)
    dataset = Dataset.objects.create(source=source, code="counts", title="Comptes", rhythm=Rhythm.YEARLY)
    release = Release.objects.create(dataset=dataset, edition="1", checksum="0" * 64)

    def say(measure, subject, period, value):
        start, end = parse_period(period)
        record([Statement(measure, subject, release, datetime.now(UTC), start, end, Decimal(value))])

    return say


def result(measure, subject=EPCI):
    run = refresh.refresh(f"calcul-{measure}")
    assert run.status == "succeeded", run.error
    return reading.latest([measure], [subject])[(measure, *subject)].value


def test_the_weight_of_industry_here_and_against_france(said):
    from agglo.figures.recording import ensure_subject

    france = ("FRANCE", "F")
    ensure_subject(*france, "France", "pays")
    for subject, industry, everything in ((EPCI, 15_000, 75_000), (france, 2_500_000, 25_000_000)):
        said("postes-salaries-industrie", subject, "2023", industry)
        said("postes-salaries", subject, "2023", everything)
    assert result("part-emploi-industriel") == 20
    assert result("specificite-industrie") == 2


def test_creations_for_a_thousand_inhabitants_use_the_population_known_then(said):
    said("creations-entreprises", EPCI, "2024", 2750)
    said("population-municipale", EPCI, "2022", 275_000)
    assert result("creations-pour-mille") == 10


def test_the_jobs_of_the_agglomeration_are_those_of_its_communes(territory, said):
    from agglo.territory.models import Territory

    communes = Territory.objects.communes_of().values_list("subject__code", flat=True)
    for code in communes:
        said("emplois-lieu-travail", ("COM", code), "2022", 10)
    assert isinstance(computed()["calcul-emplois-lieu-travail"], Total)
    assert result("emplois-lieu-travail") == 1000
