"""Balance of the territory: jobs lost, solutions, jobs of reconverted sites, prospects, status by status."""

from dataclasses import dataclass
from datetime import date

from agglo.figures.figure import Figure
from agglo.figures.reading import find_series, points
from agglo.figures.vocabulary import Evidence

LOST = ("pse-postes-annonces", "pse-licencies")
SOLVED = ("pse-avec-solution", "pse-solutions")
SITES = ("emplois-constates-site", "emplois-anciens-salaries", "emplois-annonces", "emplois-potentiels")
# Jobs that one measure counts inside another: what must never be added, and why.
OVERLAPS = {
    "emplois-anciens-salaries": "Déjà comptés parmi les solutions du plan\u00a0: ils ne s’ajoutent pas.",
    "emplois-potentiels": "Peut recouvrir les emplois annoncés sur le site\u00a0: la source ne le dit pas.",
    "pse-solutions": "Compte des solutions, pas des personnes\u00a0: ne se retranche pas des postes perdus.",
}


@dataclass(frozen=True, slots=True)
class Row:
    figure: Figure
    caution: str


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of one kind and one status; there is no total over parts."""

    title: str
    status: str
    rows: list[Row]


def parts(day: date | None = None) -> list[Part]:
    """Only what the ledger holds; figures of different status stand in different parts. Two queries."""
    infos = find_series([*LOST, *SOLVED, *SITES], every_account=True)
    held = points(infos, known_on=day)
    groups: dict[tuple[str, int], list[Row]] = {}
    for title, codes in (
        ("Postes perdus", LOST),
        ("Solutions des plans", SOLVED),
        ("Emplois sur les sites reconvertis", SITES),
    ):
        for info in infos:
            if info.measure in codes and info.scheme in ("PLAN", "SITE", "PROJET"):
                for figure in held[info.id][-1:]:
                    row = Row(figure, OVERLAPS.get(info.measure, ""))
                    groups.setdefault((title, figure.evidence), []).append(row)
    return [
        Part(
            title,
            Evidence(status).label,
            sorted(rows, key=lambda r: (r.figure.start or date.max, r.figure.id)),
        )
        for (title, status), rows in groups.items()
    ]
