"""Says in the ledger what the records of plans, agreements and schools add up to; again changes nothing."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agglo.disclosure import Cell, Relation, protect
from agglo.disclosure.cells import COMPANIES
from agglo.figures.models import Dataset, Release, Source
from agglo.figures.reading import latest
from agglo.figures.recording import Recorded, Statement, record
from agglo.figures.vocabulary import Qualifier, SourceKind, State

from .models import Agreement, Entry, FollowUp, HelpedCompany, School
from .school_release import released, spelled

STATES = {"revit-engage": "engaged", "revit-paye": "paid", "revit-emplois-constates": "jobs_observed"}
# Promised, and not observed, so that a formula would not take them as a denominator.
RATES = {"revit-engage": "revit-taux-engage", "revit-emplois-constates": "revit-taux-emplois"}


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
            "reason": entry.reason if corrected else None,
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
    every = [*_plans(), *_companies(), *_agreements(), *_schools()]
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


def _companies() -> Iterator[Said]:
    """Companies born of a plan, by what became of them; too few to be told apart are masked."""
    plans: dict[tuple[str, str], list[HelpedCompany]] = {}
    born = HelpedCompany.objects.in_force().filter(registered_on__isnull=False).select_related("plan")
    for one in born:
        plans.setdefault(one.plan.key, []).append(one)
    for key, companies in plans.items():
        day = max(date_ for one in companies for date_ in (one.checked_on, one.registered_on) if date_)
        known = [one.active_at_three for one in companies]
        counts = {
            "pse-entreprises-immatriculees": len(companies),
            "pse-entreprises-trois-ans": sum(one is not None for one in known),
            "pse-entreprises-actives-3-ans": sum(one is True for one in known),
        }
        # How many lived is masked before how many were looked at.
        cells = [Cell(code, count, cost=1 if "actives" in code else 3) for code, count in counts.items()]
        cells.append(Cell("closed", sum(one is False for one in known)))
        ties = [Relation.of("pse-entreprises-trois-ans", ["pse-entreprises-actives-3-ans", "closed"])]
        mask = protect(cells, ties, COMPANIES)
        for code, count in counts.items():
            hidden = code in mask
            state = State.CONFIDENTIAL if hidden else State.VALUE
            yield Said(code, key, day, day, None if hidden else count, state=state)


def _agreements() -> Iterator[Said]:
    """A sum over actions exists only where every action is known at that date; an unknown target stays so."""
    for row in Agreement.objects.select_related("subject").prefetch_related("actions"):
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
    for school in School.objects.filter(published=True).select_related("subject"):
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
