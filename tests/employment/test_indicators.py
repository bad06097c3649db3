"""Rates of plans, money of agreements and pupils of schools reach the ledger, with what they come from."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from agglo.figures import reading
from agglo.figures.vocabulary import Review
from agglo.indicators.loading import load_indicators
from agglo.opendata import refresh
from employment.approving import approve
from employment.models import (
    Action,
    ActionState,
    Agreement,
    AgreementReport,
    Enrolment,
    Programme,
    SchoolReport,
)
from employment.registers import record_registers
from tests.employment.followed import submitted
from tests.people import person

PLAN = ("PLAN", "bridgestone-bethune")
CONVENTION = ("CONVENTION", "bridgestone-bethune")


def computed(measure: str, subject=PLAN):
    run = refresh.refresh(f"calcul-{measure}")
    assert run.status == "succeeded", run.error
    return held(measure, subject)


def held(measure: str, subject=PLAN):
    found = reading.latest([measure], [subject]).get((measure, *subject))
    return found and found.value


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("pse-taux-solutions", Decimal(77200) / 786),
        ("pse-taux-solutions-licencies", Decimal(77200) / 830),
        ("pse-taux-solutions-concernees", Decimal(77200) / 827),
        ("pse-solutions-par-personne", Decimal(41900) / 827),
        ("pse-taux-adhesion", Decimal(78600) / 830),
        ("pse-sans-solution-connue", Decimal(14)),
    ],
)
def test_the_indicators_of_the_plan_come_out_of_the_attested_figures(employment, measure, value):
    assert computed(measure) == round(value, 6)


def test_the_durable_rate_is_worked_out_of_the_durable_solutions(employment):
    assert held("pse-solutions-durables") == 659
    assert computed("pse-taux-durables") == round(Decimal(65900) / 786, 6)


def test_money_engaged_is_summed_only_where_every_action_is_known(employment):
    agreement = Agreement.objects.get()
    known, unknown = (Action.objects.create(agreement=agreement, code=c, name=c) for c in ("a", "b"))
    for day, second in ((date(2022, 12, 31), 3_000_000), (date(2023, 12, 31), None)):
        report = told(AgreementReport, agreement=agreement, as_of=day, source="comité")
        ActionState.objects.create(report=report, action=known, engaged=5_000_000)
        ActionState.objects.create(report=report, action=unknown, engaged=second)
    record_registers()
    assert held("revit-engage", CONVENTION) == 8_000_000
    assert held("revit-taux-engage", CONVENTION) == 50
    assert held("revit-emplois-objectif", CONVENTION) is None


def told(model, **said):
    """A report as two persons would have brought it in."""
    return model.objects.create(review=Review.APPROVED, approved_at=timezone.now(), **said)


def test_recording_again_writes_nothing(employment):
    programme = Programme.objects.get()
    report = told(SchoolReport, school=programme.school, as_of=date(2025, 10, 15), source="école")
    Enrolment.objects.create(report=report, programme=programme, pupils=12)
    # The count of its day, and that of its school year.
    assert record_registers().added == 2
    again = record_registers()
    assert (again.added, again.revised) == (0, 0)


def test_persons_and_percents_do_not_stand_on_one_picture(client, employment):
    load_indicators()
    computed("pse-taux-solutions")
    page = client.get("/indicateurs/PSE-01/").content.decode()
    start = page.index('class="chart')
    picture = page[start : page.index("</figure>", start)]
    assert "Personnes accompagnées" in picture
    assert "Taux, base" not in picture
    assert "98,2" in page


@pytest.fixture
def followed_up(employment):
    """A later follow-up of the commission, which takes the first rank from the press."""
    row = submitted({"CDI_EXTERNE": 500, "RETRAITE": 85, "RECHERCHE_ACTIVE": 195}, base=780)
    return approve(row, person("reviewer"))


@pytest.mark.parametrize(
    ("measure", "press", "later"),
    [
        ("pse-taux-solutions", Decimal(77200) / 786, Decimal(58500) / 780),
        ("pse-taux-durables", Decimal(65900) / 786, Decimal(50000) / 780),
        ("pse-sans-solution-connue", Decimal(14), Decimal(195)),
    ],
)
def test_the_rate_of_the_press_stays_beside_that_of_a_later_follow_up(followed_up, measure, press, later):
    computed(measure)
    (info,) = reading.find_series([measure], [PLAN], every_account=True)
    said = [(figure.end.year, figure.value) for figure in reading.points([info])[info.id]]
    assert said == [(2024, round(press, 6)), (2026, round(later, 6))]


def test_rates_of_the_press_alone_outlive_a_follow_up_that_does_not_tell_them(followed_up):
    for measure in ("pse-taux-solutions-licencies", "pse-taux-adhesion"):
        computed(measure)
        (info,) = reading.find_series([measure], [PLAN], every_account=True)
        assert [figure.end.year for figure in reading.points([info])[info.id]] == [2024]


def test_the_page_of_an_indicator_reads_both_with_their_sources(client, followed_up):
    load_indicators()
    computed("pse-taux-solutions")
    page = client.get("/indicateurs/PSE-01/").content.decode()
    beside = page[page.index("t-others") :].split("</section>")[0]
    for source, rate in (("La Gazette France", "98,2"), ("Commission de suivi", "75,0")):
        row = next(one for one in beside.split("<tr>") if f"calcul d’après {source}" in one)
        assert rate in row


def test_rates_worked_out_of_statements_are_not_joined_by_a_line(client, followed_up):
    load_indicators()
    computed("pse-taux-adhesion")
    page = client.get("/indicateurs/PSE-05/").content.decode()
    assert "chart-strip" in page
    assert "polyline" not in page


def test_a_rate_names_the_base_that_it_is_worked_out_from(client, employment):
    load_indicators()
    computed("pse-taux-adhesion")
    page = client.get("/indicateurs/PSE-05/").content.decode()
    assert "% des salariés licenciés" in page
    assert "% des salariés notifiés" not in page
