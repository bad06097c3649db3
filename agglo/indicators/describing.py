"""The page of documentation about what feeds each indicator, written from the catalogue and the
declarations so that it cannot drift.
"""

import csv
from pathlib import Path

from agglo.figures import facts
from agglo.indicators.loading import table
from agglo.opendata.declaration import declared
from agglo.opendata.duties import duties
from agglo.opendata.formulas import computed, official_behind
from agglo.opendata.tallies import tallies

HEAD = """# What feeds the indicators

<!-- Written by `bin/manage document_indicators > docs/indicators.md`; a test keeps the two equal. -->

Each indicator of the catalogue and what brings its figures: official datasets, read or computed from
([how they are read](data-sources.md)); records of the portal, counted; what staff enter; facts attested by an
article or the press. A formula stands under *Computed* whatever its inputs are.

"""
WAYS = ("official", "computed", "counted", "entered", "attested")


def feeding() -> dict[str, dict[str, list[str]]]:
    """By code of indicator, then by way: the datasets, duties or articles that bring its measures."""
    found = {row["code"]: {way: set() for way in WAYS} for row in table("indicators")}
    brings = _brings()
    for row in table("followed"):
        for way in WAYS:
            found[row["indicator"]][way] |= brings[way].get(row["measure"], set())
    return {code: {way: sorted(names) for way, names in ways.items()} for code, ways in found.items()}


def document() -> str:
    """The whole page, in Markdown."""
    fed, ours = feeding(), {*computed(), *tallies()}
    official = {
        code
        for code, ways in fed.items()
        if ways["official"] or any({*official_behind(name)} - ours for name in ways["computed"])
    }
    ledger = {code for code, ways in fed.items() if ways["computed"] or ways["counted"]}
    lines = [
        f"{len(fed)} indicators: {len(official)} fed by official datasets, directly or by a formula;"
        f" {len(ledger - official)} more computed or counted from the ledger and its records;"
        f" {len(official | ledger)} in all."
        f" Left to staff or to the press: {', '.join(sorted({*fed} - official - ledger)) or 'none'}.",
        "",
        "| Indicator | Official | Computed | Counted from records | Entered by staff | Attested |",
        "|---|---|---|---|---|---|",
    ]
    names = {row["code"]: row["name"] for row in table("indicators")}
    for code, ways in fed.items():
        cells = (", ".join(f"`{name}`" for name in ways[way]) for way in WAYS)
        lines.append(f"| {code} {names[code]} | {' | '.join(cells)} |")
    return HEAD + "\n".join(lines) + "\n"


def _brings() -> dict[str, dict[str, set[str]]]:
    """By way, then by measure."""
    found: dict[str, dict[str, set[str]]] = {way: {} for way in WAYS}
    formulas, counts = computed(), tallies()
    for code, one in declared().items():
        way = "computed" if code in formulas else "counted" if code in counts else "official"
        for measured in one.measures:
            found[way].setdefault(measured.measure, set()).add(code)
    for duty in duties():
        for measure in duty.measures:
            found["entered"].setdefault(measure, set()).add(duty.code)
    with (Path(facts.__file__).parent / "statements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found["attested"].setdefault(row["measure"], set()).add(row["dataset"])
    return found
