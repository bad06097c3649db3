"""What the page of an agreement shows: what the law asks, what was signed, where every action stands."""

from collections import Counter
from datetime import date

from agglo.figures.models import Subject
from agglo.figures.reading import latest, moment_of

from . import obligation
from .models import ActionState, Agreement, AgreementReport, Profile
from .opening import terms_of

AMOUNTS = ("budgeted", "engaged", "paid", "balance", "fees")
JOBS = ("jobs_objective", "jobs_programmed", "jobs_observed", "jobs_kept", "companies")


def shown(row: Agreement, day: date | None) -> dict[str, object]:
    key = ("CONVENTION", row.subject.code)
    row = as_known(row, day)
    amount = latest(["revit-contribution"], [key], known_on=day).get(("revit-contribution", *key))
    owed = obligation.obligation(row.jobs_cut, row.notified_on)
    report = last_report(row, day)
    states = list(report.states.select_related("action")) if report else []
    return {
        "agreement": row,
        "to_come": day is not None and row.signed_on is not None and row.signed_on > day,
        "amount": amount,
        "owed": owed,
        "ratios": (amount.value / owed.floor, amount.value / owed.ceiling) if amount and owed else None,
        "report": report,
        "states": states,
        "totals": totals(states, row.actions.count()),
        "places": places(states),
        "communes": names_of(row.communes),
        "companies": row.plan.companies.in_force(moment_of(day)).filter(action__isnull=False).count(),
        "law": obligation.LAW,
        "smic": obligation.table(),
    }


def as_known(row: Agreement, day: date | None) -> Agreement:
    """The agreement with the terms in force on that day, its first ones before; not to be saved."""
    held = Profile.objects.filter(kind=Profile.Kind.AGREEMENT, slug=row.plan.slug, approved_at__isnull=False)
    terms = held.in_force(moment_of(day)).first() or held.order_by("approved_at").first()
    if terms is not None:
        for name, value in terms_of(terms).items():
            setattr(row, name, value)
    return row


def last_report(row: Agreement, day: date | None) -> AgreementReport | None:
    """The latest situation known on that day."""
    return row.reports.in_force(moment_of(day)).order_by("as_of", "approved_at").last()


def totals(states: list[ActionState], every: int) -> dict[str, object]:
    """A sum stands only where every action is known; else it is unknown, which is not zero."""
    found: dict[str, object] = {}
    for name in (*AMOUNTS, *JOBS):
        values = [getattr(state, name) for state in states]
        whole = len(values) == every and values and None not in values
        found[name] = sum(values) if whole else None
    return found


def places(states: list[ActionState]) -> list[tuple[str, int]]:
    """Communes that actions name, with how many actions name each; the rest is for the whole area."""
    named = Counter(code for state in states for code in state.action.communes)
    names = dict(Subject.objects.filter(scheme="COM", code__in=named).values_list("code", "name"))
    return sorted((names.get(code, code), count) for code, count in named.items())


def names_of(codes: list[str]) -> list[str]:
    """Communes by name, a code that nobody follows as it is."""
    names = dict(Subject.objects.filter(scheme="COM", code__in=codes).values_list("code", "name"))
    return sorted(names.get(code, code) for code in codes)
