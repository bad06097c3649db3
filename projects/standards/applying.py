"""Accepted rows become records, one file at a time."""

from django.db.models import Model

from agglo.figures.vocabulary import Origin

from . import land_writing, site_writing
from .declaring import Cells, Standard
from .placing import Place, Places
from .records import source_of
from .tracing import Trace


class Applying:
    """`published`: new sites are shown to the public at once."""

    def __init__(self, standard: Standard, *, published: bool) -> None:
        self.standard, self.published = standard, published
        self.places = Places(standard)
        self.told = {"source": source_of(standard), "origin": Origin.OTHER_SOURCE}

    def apply(self, cells: Cells, record: Model | None, changed: set[str]) -> tuple[Model | None, Trace]:
        """The record, made when there is none and it has a place; `changed` names the fields that differ."""
        trace = Trace()
        values = self._values(cells, set(self.standard.fields) if record is None else changed)
        place = self.places.of(cells) if record is None or "commune" in values else Place()
        match self.standard.record:
            case "site":
                record = site_writing.write(
                    self.standard, record, cells, values, place, self.told, trace, published=self.published
                )
            case "lot" if record or place.site:
                key = cells[self.standard.key]
                record = land_writing.write_lot(record, key, cells, values, place, self.told, trace)
            case "occupancy" if record or place.lot:
                record = land_writing.write_occupancy(record, cells, values, place, self.told, trace)
        return record, trace

    def _values(self, cells: Cells, fields: set[str]) -> dict[str, object]:
        """By our names; an empty cell, and one that we cannot hold, change nothing."""
        found: dict[str, object] = {}
        for mapped in self.standard.mapped:
            cell = cells.get(mapped.field, "")
            if mapped.field in fields and cell not in self.standard.missing:
                try:
                    found[mapped.held] = mapped.as_.read(cell)
                except ValueError:
                    continue
        return found
