"""Projects of the circular economy, by the gate they stand at (TRA-06). A project is not a tonne avoided."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.opendata.tallies import Counted, Tally, month_of, register_tally
from projects.entries import EPCI, entry
from projects.models import Gate, Project

COUNTED = "projets-economie-circulaire"


def count_circular(day: date) -> Iterator[Counted]:
    """In all, and by gate; nothing while no project is marked as such."""
    gates: dict[int, list[Project]] = defaultdict(list)
    for project in Project.objects.published().attested().filter(circular=True):
        if project.gate:
            gates[project.gate].append(project)
    every = [project for held in gates.values() for project in held]
    if every:
        yield Counted(COUNTED, *EPCI, month_of(day), len(every), tuple(map(entry, every)))
    for gate, held in gates.items():
        key = f"ETAPE={Gate(gate).name}"
        yield Counted(COUNTED, *EPCI, month_of(day), len(held), tuple(map(entry, held)), key)


register_tally(
    Tally(
        code="economie-circulaire",
        title="Projets d’économie circulaire, par étape",
        measures=(COUNTED,),
        count=count_circular,
        stamp=trail_stamp,
    )
)
