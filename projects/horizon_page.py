"""Announced and confirmed jobs by cohort, ready for a page."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from agglo.charts import Chart, Line, Mark, Point, french
from agglo.figures.vocabulary import Evidence, Qualifier
from projects.horizons import HORIZONS, Announced, AtHorizon, Cohort, Seen, cohorts
from projects.job_table import share_of
from projects.jobs import allotted
from projects.models import JobClaim

SAYS = (Evidence.ANNOUNCED, Evidence.COMMITTED, Evidence.TARGET)


@dataclass(frozen=True, slots=True)
class HorizonBook:
    """`rows` are (cohort, its announced jobs in words, (months, words) of each horizon)."""

    demo: bool
    rows: list[tuple[Cohort, str, list[tuple[int, str]]]]
    chart: Chart | None
    reading: str
    aside: list[str]


def cohorts_of(claims: QuerySet, day=None) -> tuple[list[Cohort], list[str]]:
    """(cohorts, names of pools shared without an agreement); one query. Claims of one class only.

    Raises ValueError when attested and invented ones are mixed.
    """
    rows = list(claims.uncontested().select_related("pool"))
    if len({one.is_demo for one in rows}) > 1:
        raise ValueError("Des emplois fictifs ne s’ajoutent pas à des emplois attestés.")
    said, seen, aside = [], {}, set()
    for one in rows:
        share = share_of(one.pool)
        if share is None:
            aside.add(one.pool.name)
            continue
        ours = allotted(one.number - one.transferred, share)
        if one.evidence in SAYS:
            said.append(Announced(one.pool.slug, one.as_of, ours, one.qualifier))
        elif one.evidence == Evidence.OBSERVED and one.confirmed_by:
            seen.setdefault(one.pool.slug, []).append(Seen(one.as_of, ours, one.qualifier))
    return cohorts(said, seen, day or timezone.localdate()), sorted(aside)


def horizon_books() -> list[HorizonBook]:
    found = []
    for demo in (False, True):
        claims = JobClaim.objects.demo() if demo else JobClaim.objects.attested()
        told, aside = cohorts_of(claims.public())
        if told:
            rows = [
                (
                    one,
                    quantity(one.announced, one.qualifier),
                    [(at.months, in_words(at)) for at in one.horizons],
                )
                for one in told
            ]
            found.append(HorizonBook(demo, rows, picture(told, demo), reading(told), aside))
    return found


def quantity(jobs: int, qualifier: int) -> str:
    """« 500 », « environ 500 »."""
    said = french.number(jobs)
    return said if qualifier == Qualifier.EXACT else f"{Qualifier(qualifier).label} {said}"


def in_words(at: AtHorizon) -> str:
    """« 40 sur 60 (67 %) », with what is not known said in so many words."""
    if not at.pools:
        return "pas encore échu"
    if not at.pools_known:
        return f"non connu\u00a0: rien de confirmé pour {quantity(at.due, at.due_is)} annoncés"
    told = f"{quantity(at.seen, at.seen_is)} confirmés pour {quantity(at.known, at.known_is)} annoncés"
    told += f" ({french.percent(at.percent, 0)})"
    if at.due > at.known:
        told += f"\u202f; non connu pour {quantity(at.due - at.known, at.left_is)}"
    return f"{told}\u202f; le reste pas encore échu" if at.not_yet else told


def picture(told: list[Cohort], demo: bool) -> Chart | None:
    """Confirmed jobs beside those that the same pools announced; None as long as nobody confirmed any.

    Years of which nothing is known are in the table only: a missing bar would look like zero.
    """
    months = HORIZONS[-1]
    last = [(str(one.year), one.horizons[-1]) for one in told if one.horizons[-1].pools_known]
    if not last:
        return None
    said = [Point(year, at.known, mark=Mark.ANNOUNCED) for year, at in last]
    seen = [Point(year, at.seen) for year, at in last]
    return Chart(
        key="emplois-par-cohorte-fictif" if demo else "emplois-par-cohorte",
        question=f"Que reste-t-il des emplois annoncés, {months}\u00a0mois après\u202f?",
        reading=reading(told),
        kind="bar",
        lines=[Line("Annoncés", said), Line(f"Confirmés à {months}\u00a0mois", seen, subject=True)],
        unit="emplois",
        unit_label="emplois dont le sort est connu, par année d’annonce",
        note="Les années dont personne n’a rien confirmé ne sont pas dessinées\u00a0: le tableau les dit.",
        source="Déclarations d’emplois et réponses des entreprises",
        demo=demo,
    )


def reading(told: list[Cohort]) -> str:
    """« Sur 57 gisements d’emplois annoncés il y a 36 mois ou plus, 3 ont une réponse confirmée. »"""
    months, last = HORIZONS[-1], [one.horizons[-1] for one in told]
    pools, known = sum(at.pools for at in last), sum(at.pools_known for at in last)
    if not pools:
        return f"Aucune annonce n’a encore {months}\u00a0mois."
    said = f"Sur {french.number(pools)} gisement{'s' if pools > 1 else ''} d’emplois"
    said += f" annoncé{'s' if pools > 1 else ''} il y a {months}\u00a0mois ou plus, "
    if not known:
        return said + "aucun n’a de réponse confirmée."
    return said + f"{french.number(known)} {'ont' if known > 1 else 'a'} une réponse confirmée."
