"""Who may know of a case, what is never rewritten, and how cases become ranges, cohorts and forecasts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from agglo.accounts.models import AuditEntry
from agglo.figures.vocabulary import Origin
from projects.dormancy import dormant_since
from projects.models import JobPool, NdaAccess, Prospect, ProspectPassage, WeightSet
from projects.models.prospect_step import OPEN_FOR, ProspectStage
from projects.pipeline import calibration_of, cohorts, portfolio_of
from projects.survival import End
from projects.weighing import declare, load_first_weights
from tests.people import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 15)
OLD = date(2025, 2, 1)
PERCENTS = {1: 2, 2: 8, 3: 8, 4: 25, 5: 45, 6: 70, 7: 90, 8: 90, 9: 100}


def prospect(code: str, *stages, **fields) -> Prospect:
    """`stages` are (stage, day) or (stage, day, loss)."""
    given = {"source": "Prospection", "entered_on": date(2024, 1, 1), "last_contact_on": DAY} | fields
    made = Prospect.objects.create(code_name=code, slug=slugify(code), **given)
    for stage, on, *loss in stages:
        reason = "dit par l’entreprise" if stage >= ProspectStage.PAUSED else ""
        made.passages.create(stage=stage, on=on, loss=loss[0] if loss else "", reason=reason)
    return made


def each_class() -> dict[str, Prospect]:
    public = {"announced_on": DAY}
    return {
        kind: prospect(f"Cas-{kind}", confidentiality=kind, **(public if kind == "public" else {}))
        for kind in Prospect.Confidentiality.values
    }


SEES = {
    "anonymous": {"public"},
    "elected": {"public", "internal"},
    "staff": {"public", "internal"},
    "reviewer": {"public", "internal", "restricted"},
    "admin": {"public", "internal", "restricted"},
}


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("named", [False, True])
def test_each_role_sees_its_classes_and_a_named_reader_one_more(role, named):
    cases = each_class()
    user = AnonymousUser() if role == "anonymous" else person(role)
    known, seen = set(SEES[role]), set(SEES[role])
    if named and role != "anonymous":
        for one in cases.values():
            one.readers.add(user)
        known |= {"restricted", "nda"}
        seen |= {"restricted"}
    assert set(Prospect.objects.known_to(user).values_list("confidentiality", flat=True)) == known
    assert set(Prospect.objects.visible_to(user).values_list("confidentiality", flat=True)) == seen


def test_an_nda_case_is_read_only_within_a_logged_opening():
    case, owner, other = each_class()["nda"], person("staff"), person("reviewer")
    Prospect.objects.filter(pk=case.pk).update(owner=owner)
    NdaAccess.objects.create(prospect=case, user=other)
    assert case not in Prospect.objects.visible_to(other)
    assert case not in Prospect.objects.visible_to(owner)
    NdaAccess.objects.create(prospect=case, user=owner, at=timezone.now() - OPEN_FOR - timedelta(seconds=1))
    assert case not in Prospect.objects.visible_to(owner)
    NdaAccess.objects.create(prospect=case, user=owner)
    assert case in Prospect.objects.visible_to(owner)


def test_a_public_case_waits_for_the_day_of_its_announcement():
    prospect("Demain", confidentiality="public", announced_on=timezone.localdate() + timedelta(days=1))
    assert not Prospect.objects.visible_to(AnonymousUser()).exists()


def test_a_case_is_restricted_unless_somebody_says_otherwise():
    assert prospect("Neuf").confidentiality == "restricted"


@pytest.mark.parametrize(
    "wrong",
    [
        {"confidentiality": "public"},
        {"jobs_low": 50, "jobs_high": 40},
        {"area_low": 50, "area_high": 40},
        {"entered_on": date(2026, 2, 1), "last_contact_on": DAY},
    ],
)
def test_the_database_refuses_what_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        prospect("Faux", **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": 21, "loss": "dropped"},
        {"stage": 21, "reason": "perdu"},
        {"stage": 20},
        {"stage": 3, "loss": "dropped"},
        {"stage": 12},
    ],
)
def test_a_lost_case_has_a_ground_and_a_waiting_one_its_reason(wrong):
    case = prospect("Cas")
    with pytest.raises(IntegrityError), transaction.atomic():
        case.passages.create(on=DAY, **wrong)


def test_passages_weights_and_openings_are_never_rewritten():
    case = prospect("Cas", (1, DAY), confidentiality="nda")
    NdaAccess.objects.create(prospect=case, user=person("staff"))
    declare(PERCENTS, "le bureau", "parce que")
    for act in (
        lambda: ProspectPassage.objects.update(stage=2),
        lambda: WeightSet.objects.update(why="autre"),
        lambda: WeightSet.objects.get().weights.update(percent=1),
        lambda: WeightSet.objects.get().weights.all().delete(),
        lambda: NdaAccess.objects.update(at=timezone.now()),
        lambda: NdaAccess.objects.all().delete(),
        lambda: case.delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_the_audit_trail_tells_that_a_case_changed_and_hides_what_it_says():
    case = prospect("Cas", name="Usine secrète", jobs_low=120)
    Prospect.objects.filter(pk=case.pk).update(name="Autre usine", jobs_low=140)
    entries = AuditEntry.objects.filter(table_name="projects_prospect", row_id=str(case.pk))
    assert entries.count() == 2
    told = " ".join(f"{entry.before} {entry.after}" for entry in entries)
    assert "jobs_low" in told
    assert "secrète" not in told
    assert "120" not in told
    assert "140" not in told


def test_the_portfolio_takes_open_cases_their_stage_of_that_day_and_takes_transfers_away(
    django_assert_max_num_queries,
):
    declare(PERCENTS, "le bureau", "parce que")
    prospect("A", (2, date(2025, 1, 1)), (7, date(2025, 9, 1)), jobs_low=50, jobs_high=60, transferred=20)
    prospect("B", (5, date(2025, 3, 1)), jobs_low=100, jobs_high=100)
    prospect("C", (5, date(2025, 3, 1)), (21, date(2025, 6, 1), "dropped"), jobs_low=500)
    prospect("D", (9, date(2025, 3, 1)), jobs_low=900)
    prospect("E", (20, date(2025, 3, 1)), jobs_low=900)
    weights = WeightSet.objects.in_force()
    with django_assert_max_num_queries(2):
        now = portfolio_of(Prospect.objects.attested(), weights, DAY)
    assert (now.engaged.rounded, now.weighted.rounded, now.every.rounded) == ((30, 40), (72, 81), (130, 140))
    before = portfolio_of(Prospect.objects.attested(), weights, date(2025, 5, 1))
    assert (before.engaged.cases, before.every.cases) == (0, 3)


def test_two_cases_about_the_same_jobs_and_a_shared_park_count_once():
    declare(PERCENTS, "le bureau", "parce que")
    pool = JobPool.objects.create(slug="parc", name="Parc", shared_with="Lens-Liévin", share=50)
    for code in ("A", "B"):
        prospect(code, (7, date(2025, 1, 1)), jobs_low=100, jobs_high=100, pool=pool)
    found = portfolio_of(Prospect.objects.all(), WeightSet.objects.in_force(), DAY)
    assert (found.every.rounded, found.repeated) == ((50, 50), 1)


def test_invented_and_attested_cases_are_never_counted_together():
    prospect("A", (2, DAY))
    prospect("B", (2, DAY), origin=Origin.DEMO)
    for count in (cohorts, calibration_of, lambda rows, day: portfolio_of(rows, WeightSet(pk=0), day)):
        with pytest.raises(ValueError, match="fictifs"):
            count(Prospect.objects.all(), DAY)


def test_cohorts_follow_from_qualification_to_decision_loss_or_today():
    prospect("Jamais", (1, date(2025, 1, 1)))
    prospect(
        "Décidé",
        (1, date(2024, 1, 1)),
        (2, date(2024, 2, 1)),
        (6, date(2024, 3, 2)),
        (21, date(2025, 1, 1), "dropped"),
    )
    prospect("Perdu", (2, date(2024, 2, 1)), (21, date(2024, 2, 11), "silent"))
    prospect("Revenu", (2, date(2025, 1, 15)), (21, date(2025, 2, 1), "silent"), (4, date(2025, 3, 1)))
    found = {one.year: one.lives for one in cohorts(Prospect.objects.all(), DAY)}
    assert sorted((one.days, one.end) for one in found[2024]) == [(10, End.LOST), (30, End.DECIDED)]
    assert [(one.days, one.end) for one in found[2025]] == [(365, End.OPEN)]


def test_a_forecast_takes_the_weight_of_its_day_and_never_one_declared_later():
    declare(PERCENTS, "le bureau", "d’abord", since=date(2024, 6, 1))
    declare(PERCENTS | {5: 60}, "le bureau", "ensuite", since=date(2025, 6, 1))
    prospect("Tôt", (5, date(2024, 1, 1)), (9, date(2025, 1, 1)))
    prospect("A", (5, date(2024, 7, 1)), (9, date(2025, 1, 1)))
    prospect("B", (5, date(2025, 7, 1)), (21, date(2025, 8, 1), "ground"))
    prospect("C", (5, date(2025, 7, 1)))
    found = calibration_of(Prospect.objects.all(), DAY)
    told = [(float(one.weight), one.forecasts, one.known, one.settled) for one in found.classes]
    assert told == [(0.45, 1, 1, 1), (0.6, 2, 1, 0)]


def test_starting_weights_are_loaded_once_and_date_from_their_loading():
    told = {
        "percents": {str(k): str(v) for k, v in PERCENTS.items()},
        "decided_by": "personne",
        "why": "départ",
    }
    load_first_weights(told)
    load_first_weights(told)
    assert [one.since for one in WeightSet.objects.all()] == [timezone.localdate()]
    with pytest.raises(ValueError, match="liste courte"):
        declare({k: v for k, v in PERCENTS.items() if k != 5}, "le bureau", "parce que")


def test_silence_is_borne_for_a_time_that_depends_on_the_stage():
    assert dormant_since(ProspectStage.VISITED, DAY - timedelta(days=60), DAY) is None
    assert dormant_since(ProspectStage.VISITED, DAY - timedelta(days=61), DAY) == 61
    assert dormant_since(ProspectStage.SETTLED, date(2000, 1, 1), DAY) is None
    assert dormant_since(None, date(2000, 1, 1), DAY) is None


def test_an_opening_goes_away_with_an_invented_case_only():
    case = prospect("Fictif", confidentiality="nda", origin=Origin.DEMO)
    NdaAccess.objects.create(prospect=case, user=person("staff"))
    case.delete()
    assert not NdaAccess.objects.exists()
