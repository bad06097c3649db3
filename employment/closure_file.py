"""The closure sheet to take away: as data, and as one page of PDF; « s » stands where a number is masked."""

import json
from datetime import date
from pathlib import Path

from agglo.charts import french

from .models import RedundancyPlan
from .sheet import Cell, Column

TEMPLATE = Path(__file__).parent / "closure.typ"
MASKED, UNKNOWN = "s", "n.d."
# What fits on one page: older follow-ups are read on the page.
ON_PAPER = 3


def _meaning(cell: Cell) -> str:
    return "solution durable" if cell.durable else "solution" if cell.solution else "pas une solution"


def as_data(plan: RedundancyPlan, columns: list[Column], day: date | None) -> dict[str, object]:
    return {
        "plan": plan.slug,
        "connu_le": day and day.isoformat(),
        "points_de_suivi": [
            {
                "du": column.follow_up.start.isoformat(),
                "au": column.follow_up.end.isoformat(),
                "date_deduite": column.follow_up.inferred,
                "source": column.follow_up.source,
                "perimetre": column.follow_up.perimeter.name,
                "base": _base(column),
                "situations": [
                    {
                        "situation": cell.name,
                        "personnes": MASKED if cell.value is None else cell.value,
                        "precision": cell.precision,
                    }
                    for cell in column.cells
                ],
                "sans_situation_connue": column.unknown,
            }
            for column in columns
        ],
    }


def _base(column: Column) -> int | None:
    return int(column.base.value) if column.base and column.base.has_value else None


def as_pdf(plan: RedundancyPlan, columns: list[Column], day: date | None) -> bytes:
    known = f"Tel que connu le {french.date_long(day)}" if day else "Tel que connu aujourd’hui"
    said = {
        "title": f"Feuille de clôture, {plan}",
        "lede": "À chaque date, chacun dans une seule situation. Les nombres viennent de la source citée.",
        "known": known,
        "columns": [_on_paper(column) for column in columns[-ON_PAPER:]],
        "masked": any(column.masked for column in columns),
        "rule": plan.counting_rule,
    }
    import typst  # heavy: only who prints loads it

    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


def _on_paper(column: Column) -> dict[str, object]:
    told, base = column.follow_up, _base(column)
    when = f"{told.end.year} (date déduite)" if told.inferred else french.date_long(told.end)
    rows = [
        [cell.name, MASKED if cell.value is None else cell.sign + french.number(cell.value), _meaning(cell)]
        for cell in column.cells
    ]
    left = UNKNOWN if column.unknown is None else column.sign + french.number(column.unknown)
    rows.append(["Sans situation connue", left, "inconnu n’est pas «\u202fsans solution\u202f»"])
    if base is not None and column.placed is not None:
        rows.append(["Somme", french.number(base), ""])
    people = f"{french.number(base)} personnes" if base is not None else "la source ne donne pas de base"
    return {
        "title": f"{when}, {told.source}",
        "perimeter": f"Périmètre\u00a0: {told.perimeter.name.lower()}, {people}.",
        "rows": rows,
    }
