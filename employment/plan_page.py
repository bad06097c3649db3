"""What the page of any plan shows: who tells what of it, its dates, its measures, its companies."""

from datetime import date

from agglo.figures.figure import Figure
from agglo.figures.reading import latest, moment_of
from agglo.opendata.lateness import lateness_of

from .models import RedundancyPlan
from .rates import Account, Base, Chosen, account_of
from .sheet import columns

CREATIONS = (
    "pse-projets-creation",
    "pse-entreprises-immatriculees",
    "pse-entreprises-agees-3-ans",
    "pse-entreprises-trois-ans",
    "pse-entreprises-actives-3-ans",
)


def accounts(plan: RedundancyPlan, day: date | None, others: list[Base]) -> list[Account]:
    """Follow-ups that the staff entered, newest first; those of the press speak on their own."""
    told = [column for column in columns(plan, day) if not column.follow_up.attested]
    return [found for column in reversed(told) if (found := account_of(column, others))]


def bases(plan: RedundancyPlan, day: date | None) -> list[Base]:
    """The last number known of each perimeter of the plan."""
    perimeters = list(plan.perimeters.all())
    held = latest([one.measure for one in perimeters], [plan.key], known_on=day)
    found = [(one.words, held.get((one.measure, *plan.key))) for one in perimeters]
    return [Base(words, figure) for words, figure in found if figure and figure.has_value and figure.value]


def shown(plan: RedundancyPlan | None, chosen: Chosen | None, day: date | None) -> dict[str, object]:
    """Rates as chosen and, once the plan is recorded, what is known of its course on that day."""
    found: dict[str, object] = {
        "chosen": chosen,
        "rate": chosen.rate if chosen else None,
        "keep": _kept(chosen),
        "lateness": lateness_of(chosen.rate.count.figures) if chosen and day is None else None,
    }
    if plan is None:
        return found
    moment = moment_of(day)
    return found | {
        "events": plan.events.in_force(moment),
        "measures": plan.measures.in_force(moment),
        "creations": creations(plan, day),
    }


def _kept(chosen: Chosen | None) -> dict[str, str]:
    """What the form of dates carries along."""
    if chosen is None:
        return {}
    first = chosen.accounts[0]
    said = {"point": chosen.account.key, "taux": chosen.kind, "base": chosen.rate.base.number}
    plain = {"point": first.key, "taux": "solution", "base": chosen.rates[0].base.number}
    return {name: value for name, value in said.items() if value != plain[name]}


def creations(plan: RedundancyPlan, day: date | None) -> list[Figure]:
    """Projects, registered, three years old, checked since, active then: counts that are never added."""
    held = latest(CREATIONS, [plan.key], known_on=day)
    return [held[code, *plan.key] for code in CREATIONS if (code, *plan.key) in held]
