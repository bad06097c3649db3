"""What making land usable costs the public, and what decided projects invest (IND-05, IND-13)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from agglo.accounts.audit import trail_stamp
from agglo.charts import french
from agglo.figures.vocabulary import Origin, Qualifier
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, month_of, register_tally
from projects.areas import to_hectares
from projects.connectors.land import JOBS
from projects.entries import EPCI, entry
from projects.models import Gate, OperationLine, Project, Site, Surface

COST, GROUND, INVESTED = "operation-cout-net", "site-emprise", "investissements-decides"
PRODUCTIVE = (Project.Kind.IMPLANTATION, Project.Kind.SITE)


def count_operations(day: date) -> Iterator[Counted]:
    """Expenses less receipts and subsidies received, and the ground they were spent on."""
    month = month_of(day)
    for site in Site.objects.published().attested().filter(operation_lines__isnull=False).distinct():
        lines = site.operation_lines.exclude(origin=Origin.DEMO).filter(on__lte=day)
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line in lines:
            sums[line.nature] += line.amount
        if not sums:
            continue
        net = sums[OperationLine.Nature.EXPENSE] - sum(
            sums[nature] for nature in (OperationLine.Nature.RECEIPT, OperationLine.Nature.SUBSIDY)
        )
        where = ("SITE", site.subject.code)
        entries = tuple(
            Entry(f"{OperationLine.Nature(nature).label}s", french.quantity(amount, "€"))
            for nature, amount in sorted(sums.items())
        )
        yield Counted(COST, *where, month, net, (entry(site), *entries))
        ground = _ground(site)
        if ground is not None:
            yield Counted(GROUND, *where, month, to_hectares(ground), (entry(site),))


def _ground(site: Site) -> Decimal | None:
    """The last exact account of the ground; None when the sources of that day disagree."""
    held = list(
        site.surfaces.filter(kind=Surface.Kind.GROUND, qualifier=Qualifier.EXACT).exclude(origin=Origin.DEMO)
    )
    last = max((one.as_of or date.min for one in held), default=None)
    areas = {one.square_metres for one in held if (one.as_of or date.min) == last}
    return areas.pop() if len(areas) == 1 else None


def count_investments(day: date) -> Iterator[Counted]:
    """By year of the decision; a year with a decided project whose amount nobody gave has no sum."""
    years: dict[int, list[tuple[Project, Decimal | None]]] = defaultdict(list)
    projects = (
        Project.objects.published().attested().filter(kind__in=PRODUCTIVE, passages__gate=Gate.COMMITTED)
    )
    for project in projects.distinct().prefetch_related("passages", "budget"):
        first = next(one for one in project.passages.all() if one.gate == Gate.COMMITTED)
        if first.on.year == first.until.year and first.until <= day:
            years[first.until.year].append((project, _planned(project)))
    for year, decided in sorted(years.items()):
        amounts = [amount for _, amount in decided]
        if None not in amounts:
            entries = tuple(entry(project, french.quantity(amount, "€")) for project, amount in decided)
            yield Counted(INVESTED, *EPCI, str(year), sum(amounts), entries)


def _planned(project: Project) -> Decimal | None:
    """The last amount planned for each line of the budget, added up; None when one has none."""
    last = {(line.funder_id, line.label): line.planned for line in project.budget.all()}
    return sum(last.values(), Decimal(0)) if last and None not in last.values() else None


register_tally(
    Tally(
        code="operations",
        title="Comptes d’opération des sites",
        measures=(COST, GROUND),
        count=count_operations,
        stamp=trail_stamp,
    )
)
register_tally(
    Tally(
        code="investissements",
        title="Investissements des projets décidés",
        measures=(INVESTED,),
        count=count_investments,
        stamp=trail_stamp,
        whole=True,
    )
)
for _measure, _under in (
    ("operation-cout-par-ha", Input(GROUND, "emprise du site")),
    ("operation-cout-par-emploi", Input(JOBS, "emplois confirmés sur le site")),
):
    register_formula(
        Formula(
            measure=_measure,
            inputs={"cost": Input(COST, "coût public net"), "under": _under},
            reckon=Ratio("cost", "under"),
        )
    )
