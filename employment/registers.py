"""Says in the ledger what the records of plans, agreements and schools add up to; again changes nothing."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Dataset, Release, Source
from agglo.figures.reading import latest
from agglo.figures.recording import Recorded, Statement, record
from agglo.figures.vocabulary import Qualifier, Reason, SourceKind, State

from . import company_release
from .models import Agreement, Entry, FollowUp, HelpedCompany, Profile, RedundancyPlan, School
from .school_release import released, spelled

STATES = {"revit-engage": "engaged", "revit-paye": "paid", "revit-emplois-constates": "jobs_observed"}
# Promised, and not observed, so that a formula would not take them as a denominator.
RATES = {"revit-engage": "revit-taux-engage", "revit-emplois-constates": "revit-taux-emplois"}
# Of a profile: the measure it tells, the field that holds the number, the one that holds its day.
TOLD = {
    Profile.Kind.PLAN: ("pse-postes-annonces", "posts", "announced_on"),
    Profile.Kind.AGREEMENT: ("revit-contribution", "amount", "signed_on"),
}


class Said:
    """One number of the registers; `state` says why there is none, `entry` who corrected it and why."""

    def __init__(
        self,
        measure: str,
        subject: tuple[str, str],
        start: date,
        end: date,
        value: Decimal | int | None,
        *,
        breakdown: str = "",
        state: int = State.VALUE,
        entry: Entry | None = None,
    ) -> None:
        corrected = entry is not None and entry.corrects_id is not None
        self.words = {
            "measure": measure,
            "subject": subject,
            "start": start,
            "end": end,
            "value": value,
            "breakdown": breakdown,
            "state": state,
            # Records may say again what they said before a change, a mask above all: the last word holds.
            "reason": entry.reason if corrected else Reason.SOURCE_REVISED,
            "reason_words": entry.reason_words if corrected else None,
            "author_id": entry.author_id if entry is not None else None,
        }


@transaction.atomic
def record_registers(at: datetime | None = None, about: tuple[str, str] | None = None) -> Recorded:
    """Every night about all; after an approval about its own subject, as known from that moment."""
    source, _ = Source.objects.get_or_create(
        code="registres", defaults={"name": "Registres de l’agglomération", "kind": SourceKind.STAFF}
    )
    dataset, _ = Dataset.objects.get_or_create(
        code="registres-emploi", defaults={"source": source, "title": "Plans, conventions et écoles"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="registre")
    now = at or timezone.now()
    every = [*_plans(), *_profiles(), *_companies(now, about), *_agreements(), *_schools()]
    said = [one.words for one in every if about in (None, one.words["subject"])]
    return record(Statement(release=release, known_from=now, rank=1, **words) for words in said)


def _plans() -> Iterator[Said]:
    """Durable solutions of a follow-up that the press gives, as the plan’s agreement understands them."""
    for row in FollowUp.objects.in_force().filter(attested=True).select_related("plan"):
        durable = row.plan.categories.filter(is_durable=True).values_list("category", flat=True)
        lines = [line for line in row.lines.all() if line.category_id in set(durable)]
        if lines and all(line.qualifier == Qualifier.EXACT for line in lines):
            total = sum(one.count for one in lines)
            yield Said("pse-solutions-durables", row.plan.key, row.start, row.end, total)


def _profiles() -> Iterator[Said]:
    """Numbers that profiles tell, at the day they give; what a correction took back is missing from then."""
    for row in Profile.objects.in_force().filter(kind__in=TOLD).select_related("corrects"):
        measure, name, day = TOLD[row.kind]
        now = {(row.day(day), row.said[name])} if row.said.get(name) and row.day(day) else set()
        gone, former = set(), row.corrects
        while former is not None:
            if former.said.get(name) and former.day(day):
                gone.add(former.day(day))
            former = former.corrects
        for when, value in now:
            few = measure == "pse-postes-annonces" and 0 < value < PEOPLE.smallest
            state = State.CONFIDENTIAL if few else State.VALUE
            number = None if few else Decimal(value)
            yield Said(measure, row.subject_key, when, when, number, state=state, entry=row)
        for when in gone - {when for when, _ in now}:
            yield Said(measure, row.subject_key, when, when, None, state=State.MISSING, entry=row)


def _companies(now: datetime, about: tuple[str, str] | None) -> Iterator[Said]:
    """Companies born of a plan, by what became of them, masked beside all that was public before."""
    born = HelpedCompany.objects.in_force(now).filter(registered_on__isnull=False)
    for plan in RedundancyPlan.objects.published().filter(pk__in=born.values("plan")):
        if about in (None, plan.key):
            told, mask = company_release.publish(plan, now)
            for measure, count in told.counts.items():
                hidden = measure in mask
                state = State.CONFIDENTIAL if hidden else State.VALUE
                yield Said(measure, plan.key, told.day, told.day, None if hidden else count, state=state)


def _agreements() -> Iterator[Said]:
    """A sum over actions exists only where every action is known at that date; an unknown target stays so."""
    for row in Agreement.objects.published().select_related("subject").prefetch_related("actions"):
        key = ("CONVENTION", row.subject.code)
        if row.job_objective is not None and row.signed_on:
            yield Said("revit-emplois-objectif", key, row.signed_on, row.signed_on, row.job_objective)
        signed = latest(["revit-contribution"], [key]).get(("revit-contribution", *key))
        whole = {
            "revit-engage": signed.value if signed else None,
            "revit-emplois-constates": row.job_objective,
        }
        every = len(row.actions.all())
        for report in row.reports.in_force().prefetch_related("states"):
            states, day = report.states.all(), report.as_of
            for measure, name in STATES.items():
                held = [getattr(state, name) for state in states]
                if len(held) == every and None not in held:
                    yield Said(measure, key, day, day, sum(held), entry=report)
                    if whole.get(measure):
                        rate = round(Decimal(100) * sum(held) / whole[measure], 6)
                        yield Said(RATES[measure], key, day, day, rate, entry=report)


def _schools() -> Iterator[Said]:
    """What the newest report made public, masked as it was frozen; what it took back is missing."""
    for school in School.objects.published().select_related("subject"):
        told = released(school)
        if not told:
            continue
        key, (report, said, _) = ("ECOLE", school.subject.code), told[-1]
        mask = {written for held in report.masks.all() for written in held.mask}
        gone = {one for _, former, _ in told for one in former} - said.keys()
        for one in (*said, *gone):
            measure, breakdown, start, end = one
            hidden = spelled(one) in mask
            state = State.CONFIDENTIAL if hidden else State.MISSING if one in gone else State.VALUE
            value = None if state != State.VALUE else said[one]
            yield Said(measure, key, start, end, value, breakdown=breakdown, state=state, entry=report)
