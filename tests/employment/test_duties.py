"""Plans, agreements and schools say what staff owe about them; what is over owes nothing."""

from datetime import date

import pytest
from django.utils import timezone

from agglo.figures.recording import ensure_subject
from agglo.figures.vocabulary import Review
from agglo.opendata.duties import entered
from employment.models import Agreement, Enrolment, FollowUp, PlanEvent, Programme, RedundancyPlan, School

pytestmark = pytest.mark.django_db
TAKEN_OVER = date(2025, 1, 1)


@pytest.fixture
def plan():
    subject = ensure_subject("PLAN", "usine", "L’usine", "plan")
    made = RedundancyPlan.objects.create(
        subject=subject, slug="usine", company="Usine", site="Lens", published=True, kept_since=TAKEN_OVER
    )
    event(made, PlanEvent.Kind.LAST_DAY, date(2026, 1, 1))
    made.perimeters.create(code="all", name="Tous", words="salariés", measure="pse-avec-solution", order=1)
    return made


def event(plan, kind, on):
    told = {"review": Review.APPROVED, "approved_at": timezone.now()}
    return plan.events.create(kind=kind, on=on, until=on, words="Dit.", source="Presse", **told)


def approve(report):
    report.review, report.approved_at = Review.APPROVED, timezone.now()
    report.save()
    return report


def of(code, today=date(2026, 6, 1)):
    return {one.owed.subject[1]: one for one in entered(today=today) if one.code == code}


def follow_up(plan, end, **more):
    return FollowUp.objects.create(
        plan=plan,
        perimeter=plan.perimeters.first(),
        start=end,
        end=end,
        dataset="suivi",
        source="Cabinet",
        **more,
    )


def test_a_followed_plan_owes_a_count_each_quarter_until_its_commission_closes_it(plan):
    assert of("suivi-plans")["usine"].expected_on == date(2026, 5, 15)
    assert of("suivi-plans")["usine"].is_late
    follow_up(plan, date(2026, 3, 31), review=3, approved_at=timezone.now())
    assert not of("suivi-plans")["usine"].is_late
    event(plan, PlanEvent.Kind.CLOSED, date(2026, 5, 1))
    assert of("suivi-plans") == {}


def test_a_draft_is_not_yet_entered(plan):
    follow_up(plan, date(2026, 3, 31))
    assert of("suivi-plans")["usine"].is_late


def test_a_running_agreement_owes_its_actions_twice_a_year(plan):
    subject = ensure_subject("CONVENTION", "usine", "Convention", "convention")
    one = Agreement.objects.create(
        subject=subject,
        plan=plan,
        source="Préfecture",
        signed_on=date(2026, 1, 1),
        kept_since=TAKEN_OVER,
    )
    assert of("suivi-revitalisation", date(2026, 8, 21))["usine"].is_late
    report = one.reports.create(as_of=date(2026, 6, 30), source="Comité")
    assert of("suivi-revitalisation", date(2026, 8, 21))["usine"].is_late
    approve(report)
    assert not of("suivi-revitalisation", date(2026, 8, 21))["usine"].is_late
    Agreement.objects.update(due_on=date(2026, 1, 2))
    assert of("suivi-revitalisation", date(2027, 8, 20)) == {}


def test_a_school_owes_its_pupils_each_autumn_and_a_hidden_one_nothing():
    subject = ensure_subject("ECOLE", "atelier", "L’atelier", "école")
    school = School.objects.create(
        subject=subject,
        slug="atelier",
        name="L’atelier",
        commune="62516",
        published=True,
        kept_since=TAKEN_OVER,
    )
    assert not of("effectifs-ecoles", date(2025, 12, 7))["atelier"].is_late
    assert of("effectifs-ecoles", date(2026, 6, 1))["atelier"].is_late
    programme = Programme.objects.create(school=school, name="CAP")
    report = approve(school.reports.create(as_of=date(2025, 10, 1), source="École"))
    assert of("effectifs-ecoles", date(2026, 6, 1))["atelier"].is_late
    Enrolment.objects.create(report=report, programme=programme, pupils=12)
    assert not of("effectifs-ecoles", date(2026, 12, 7))["atelier"].is_late
    assert of("effectifs-ecoles", date(2026, 12, 8))["atelier"].is_late
    assert not of("resultats-ecoles", date(2025, 4, 7))["atelier"].is_late
    assert of("resultats-ecoles", date(2025, 4, 8))["atelier"].is_late
    assert set(of("resultats-ecoles")) == {"atelier"}
    School.objects.update(published=False)
    assert of("effectifs-ecoles") == {}


def test_bridgestone_is_closed_and_owes_no_count_any_more(facts):
    from django.core.management import call_command

    call_command("load_employment", verbosity=0)
    assert of("suivi-plans") == {}
    assert of("suivi-revitalisation") == {}
