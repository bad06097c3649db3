"""Brownfields of Cartofriches, as the last archived answer has them, proposed commune by commune."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shapely.geometry import shape

from agglo.opendata.kept_records import Records, last_records
from agglo.territory.models import Kind, Territory
from projects.models import StandardImport

from . import checking, deciding, friches, persons
from .declaring import Cells
from .values import number

DATASETS = ("cerema-cartofriches", "cerema-cartofriches-csv")
STANDARD = friches.STANDARD


@dataclass(frozen=True)
class Found:
    """The rows of our communes in one archived answer."""

    records: Records

    @property
    def received_at(self) -> datetime:
        return self.records.received_at

    @cached_property
    def rows(self) -> list[tuple[int, Mapping[str, object]]]:
        ours = set(self.names)
        said = enumerate(self.records.rows, start=1)
        return [(rank, one) for rank, one in said if str(one.get("comm_insee")) in ours]

    @cached_property
    def names(self) -> dict[str, str]:
        found = Territory.objects.filter(kind=Kind.COMMUNE).communes_of().named().without_contour()
        return {one.code: one.name for one in found}

    @property
    def communes(self) -> list[tuple[str, str, int]]:
        """Code, name and number of brownfields, by name; communes that have some."""
        counted = Counter(str(one["comm_insee"]) for _, one in self.rows)
        return [(code, name, counted[code]) for code, name in self.names.items() if counted[code]]


def last() -> Found | None:
    """None as long as no answer was archived."""
    found = [records for code in DATASETS if (records := last_records(code)) is not None]
    return Found(max(found, key=lambda one: one.received_at)) if found else None


def bring(found: Found, commune: str, user) -> StandardImport:
    """Nothing is written into our records: the rows wait to be compared and accepted."""
    known = persons.known()
    rows = [_stored(rank, one, known) for rank, one in found.rows if str(one["comm_insee"]) == commune]
    day = f"{found.received_at:%d/%m/%Y}"
    return deciding.keep(
        STANDARD,
        user,
        name=f"Cartofriches, {found.names[commune]}, réponse du {day}",
        checksum=found.records.checksum,
        lenient=True,
        rows=rows,
        remarks=["Cartofriches ne donne pas tout ce que le standard exige : ce qui manque reste vide."],
    )


def _stored(rank: int, said: Mapping[str, object], known: persons.Known) -> dict:
    cells, remarks = cells_of(said)
    return deciding.stored(STANDARD, rank, cells, known, remarks)


def cells_of(said: Mapping[str, object]) -> tuple[Cells, list[str]]:
    """A row of the service as a row of the standard: words of today, whole square metres, WKT.

    What the standard cannot take is set aside and said.
    """
    cells = {name: _text(said.get(name)) for name in STANDARD.fields}
    remarks: list[str] = []
    if isinstance(geometry := said.get("geometry"), dict):
        drawn = shape(geometry)  # GeoJSON: longitude first
        cells["geomsurf"] = cells["geomsurf"] or drawn.wkt
        middle = drawn.representative_point()
        cells["geompoint"] = cells["geompoint"] or f"POINT({middle.x:.6f} {middle.y:.6f})"
    for name, words in STANDARD.words.items():
        if (word := words.get(cells[name])) is not None:
            remarks.append(f"{name} : « {cells[name]} » est un mot d’avant ; lu « {word} ».")
            cells[name] = word
    for name, rule in STANDARD.described.items():
        words = rule.get("constraints", {}).get("enum")
        if words and cells[name] and cells[name] not in words:
            remarks.append(f"{name} : « {cells[name]} » n’est pas un mot du standard ; lu « autre ».")
            cells[name] = "autre" if "autre" in words else ""
        elif rule["type"] == "integer" and "." in cells[name]:
            cells[name] = str(round(number(cells[name])))
    if cells["proprio_nom"]:
        remarks.append("proprio_nom : Cartofriches ne le donne pas de façon sûre ; il n’est pas repris.")
        cells["proprio_nom"] = ""
    for fault in checking.faults(STANDARD, [(0, cells)]):
        if fault.field != STANDARD.key and cells[fault.field]:
            remarks.append(f"{fault} La cellule n’est pas reprise.")
            cells[fault.field] = ""
    return cells, remarks


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "|".join(sorted(str(one).strip() for one in value))
    text = str(value).strip()
    return "" if text in STANDARD.missing else text
