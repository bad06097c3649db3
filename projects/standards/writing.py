"""Our records as rows of a standard: a cell stands as its file wrote it, as long as we say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from projects.models import Lot, Site, StandardRow

from . import defaults, persons, table
from .checking import is_formula
from .declaring import Cells, Standard
from .records import Held, held


@dataclass(frozen=True, slots=True)
class Written:
    """One row, and what the standard asks for that nobody has said: such a row is left out of files."""

    record: object
    cells: Cells
    lacking: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.record)


def said(standard: Standard, given: Cells, values: Held) -> tuple[Cells, bool]:
    """The cells in force, and whether our record had to speak over the file.

    The name of a commune stays as the file wrote it, as long as the commune is the same.
    """
    cells, ours, moved = dict(given), False, False
    for mapped in standard.mapped:
        value, cell = values.get(mapped.held), given.get(mapped.field, "")
        if value is None or mapped.as_.says(cell, value, standard.missing):
            continue
        if mapped.held == "commune_name" and not moved and cell not in standard.missing:
            continue
        moved = moved or mapped.held == "commune"
        cells[mapped.field] = mapped.as_.write(value)
        ours = ours or cell not in standard.missing
    return cells, ours


def row_of(standard: Standard, record, row: StandardRow | None) -> Written:
    """One record as the standard has it."""
    given = standard.given(row.cells) if row else dict.fromkeys(standard.fields, "")
    cells, ours = said(standard, given, held(standard, record))
    needed = set(standard.required())
    for name, value in defaults.of(standard, record).items():
        unsaid = cells[name] in standard.missing and (row is None or name in needed)
        if unsaid or (ours and name.endswith("_actu_date")):
            cells[name] = value
    cells = {name: f"'{cell}" if is_formula(cell) else cell for name, cell in cells.items()}
    lacking = tuple(name for name in standard.required() if cells[name] in standard.missing)
    return Written(record, cells, lacking)


def rows(standard: Standard, *, public: bool) -> list[Written]:
    """In the order of the file that brought them, then ours. Attested records only: such a file has no
    place to say that a row is invented.
    """
    found = sorted(
        _pairs(standard, public),
        key=lambda pair: (pair[1] is None, pair[1].line if pair[1] else 0, str(pair[0])),
    )
    written = [row_of(standard, record, row) for record, row in found]
    if public:
        known = persons.known()
        for one in written:
            one.cells.update(dict.fromkeys((*standard.contacts, *standard.personal(one.cells, known)), ""))
    return written


def _pairs(standard: Standard, public: bool) -> Iterator[tuple[object, StandardRow | None]]:
    """Each record with the row that a file said of it; a row without its record stands for itself."""
    kept = list(StandardRow.objects.filter(standard=standard.code).select_related("occupancy__occupant"))
    if standard.record == "":
        yield from ((row, row) for row in _poles(kept, public))
        return
    by_record = {getattr(row, f"{standard.record}_id"): row for row in kept}
    orphan = by_record.pop(None, None)
    if standard.record == "site":
        for site in sites(public).filter(Q(kind__in=standard.kinds) | Q(pk__in=[*by_record])):
            yield site, by_record.get(site.pk)
    elif standard.record == "lot":
        lots = Lot.objects.filter(site__in=sites(public)).select_related("site__commune__subject")
        for lot in lots.prefetch_related("states", "site__standard_rows"):
            yield lot, by_record.get(lot.pk)
    else:
        there = set(sites(public).values_list("pk", flat=True)) if public else None
        for row in kept:
            if row.occupancy and (there is None or row.occupancy.site_id in there):
                yield row.occupancy, row
    if orphan and not public:
        yield from ((row, row) for row in kept if getattr(row, f"{standard.record}_id") is None)


def _poles(kept: list[StandardRow], public: bool) -> list[StandardRow]:
    """In public, those that a published site says it belongs to."""
    if not public:
        return kept
    named = StandardRow.objects.filter(standard="site-eco", site__in=sites(public))
    belonging = {one.cells.get("siteeco_pole_id") for one in named}
    return [one for one in kept if one.key in belonging]


def sites(public: bool) -> QuerySet[Site]:
    found = Site.objects.attested()
    found = found.published() if public else found
    return found.select_related("commune__subject", "subject").prefetch_related(
        "surfaces",
        "ownerships__owner",
        "stages",
        "projects",
        "standard_rows",
        "land_units__stays",
        "counted_in__round",
    )


def geojson(standard: Standard, written: Iterable[Written]) -> dict:
    """The same rows for a map (WGS 84): the outline, else the point, else no geometry."""
    drawn = {one.field for one in standard.mapped if one.held in ("outline", "point")}
    features = []
    for one in written:
        if one.lacking:
            continue
        values = held(standard, one.record)
        point = values.get("point")
        shape = {"type": "Point", "coordinates": [float(part) for part in point]} if point else None
        said = {name: cell or None for name, cell in one.cells.items() if name not in drawn}
        features.append({"type": "Feature", "geometry": values.get("outline") or shape, "properties": said})
    return {"type": "FeatureCollection", "features": features}


def csv_text(standard: Standard, written: Iterable[Written]) -> str:
    return table.write(standard, (one.cells for one in written if not one.lacking))
