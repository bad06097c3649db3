"""Says in the ledger what the records of plans, agreements and schools add up to; again changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Dataset, Release, Source
from agglo.figures.reading import latest
from agglo.figures.recording import Recorded, Statement, record
from agglo.figures.vocabulary import Qualifier, SourceKind, State

from .models import Agreement, Exit, FollowUp, School

Said = tuple[str, tuple[str, str], date, date, Decimal | int]
STATES = {"revit-engage": "engaged", "revit-emplois-constates": "jobs_observed"}
# Promised, and not observed, so that a formula would not take them as a denominator.
RATES = {"revit-engage": "revit-taux-engage", "revit-emplois-constates": "revit-taux-emplois"}
RESULTS = {
    "ecole-entrants": "entrants",
    "ecole-presentes": "presented",
    "ecole-recus": "passed",
    "ecole-poursuites": "further",
    "ecole-en-emploi-6": "working_6",
    "ecole-en-emploi-12": "working_12",
}


@transaction.atomic
def record_registers() -> Recorded:
    """After each change of these records, and every night."""
    source, _ = Source.objects.get_or_create(
        code="registres", defaults={"name": "Registres de l’agglomération", "kind": SourceKind.STAFF}
    )
    dataset, _ = Dataset.objects.get_or_create(
        code="registres-emploi", defaults={"source": source, "title": "Plans, conventions et écoles"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="registre")
    now = timezone.now()
    return record(
        Statement(
            measure,
            subject,
            release,
            now,
            start,
            end,
            None if _too_small(measure, value) else value,
            state=State.CONFIDENTIAL if _too_small(measure, value) else State.VALUE,
            rank=1,
        )
        for measure, subject, start, end, value in [*_plans(), *_agreements(), *_schools()]
    )


def _too_small(measure: str, value: Decimal | int) -> bool:
    """Pupils who left without a solution can be recognised when they are few."""
    return measure == "ecole-ruptures" and 0 < value < PEOPLE.smallest


def _plans() -> Iterator[Said]:
    """Durable solutions of a follow-up that the press gives, as the plan’s agreement understands them."""
    for row in FollowUp.objects.in_force().filter(attested=True).select_related("plan"):
        durable = row.plan.categories.filter(is_durable=True).values_list("category", flat=True)
        lines = [line for line in row.lines.all() if line.category_id in set(durable)]
        if lines and all(line.qualifier == Qualifier.EXACT for line in lines):
            yield "pse-solutions-durables", row.plan.key, row.start, row.end, sum(one.count for one in lines)


def _agreements() -> Iterator[Said]:
    """A sum over actions exists only where every action is known at that date; an unknown target stays so."""
    for row in Agreement.objects.select_related("subject").prefetch_related("actions__states"):
        key = ("CONVENTION", row.subject.code)
        if row.job_objective is not None and row.signed_on:
            yield "revit-emplois-objectif", key, row.signed_on, row.signed_on, row.job_objective
        signed = latest(["revit-contribution"], [key]).get(("revit-contribution", *key))
        whole = {
            "revit-engage": signed.value if signed else None,
            "revit-emplois-constates": row.job_objective,
        }
        actions = list(row.actions.all())
        days = {state.as_of for action in actions for state in action.states.all()}
        for measure, name in STATES.items():
            for day in sorted(days):
                held = [
                    getattr(state, name)
                    for action in actions
                    for state in action.states.all()
                    if state.as_of == day
                ]
                if len(held) == len(actions) and None not in held:
                    yield measure, key, day, day, sum(held)
                    if whole[measure]:
                        rate = Decimal(100) * sum(held) / whole[measure]
                        yield RATES[measure], key, day, day, round(rate, 6)


def _schools() -> Iterator[Said]:
    schools = School.objects.filter(published=True).select_related("subject")
    for school in schools.prefetch_related(
        "programmes__enrolments", "programmes__exits", "programmes__results"
    ):
        key = ("ECOLE", school.subject.code)
        programmes = list(school.programmes.all())
        sums: dict[tuple[str, date, date], list[int | None]] = defaultdict(list)
        for one in programmes:
            for enrolled in one.enrolments.all():
                sums["ecole-inscrits", enrolled.on, enrolled.on].append(enrolled.pupils)
                sums["ecole-capacite", enrolled.on, enrolled.on].append(one.capacity)
            for left in one.exits.all():
                if left.why == Exit.Why.DROPPED:
                    year = date(left.year, 9, 1), date(left.year + 1, 8, 31)
                    sums["ecole-ruptures", *year].append(left.pupils)
            for result in one.results.all():
                for measure, name in RESULTS.items():
                    year = date(result.year, 1, 1), date(result.year, 12, 31)
                    sums[measure, *year].append(getattr(result, name))
        for (measure, start, end), values in sums.items():
            # Two sources of one date would be added: as with a programme not told, no sum is written.
            if len(values) == len(programmes) and None not in values:
                yield measure, key, start, end, sum(values)
