"""Writes an accepted row into one of our lots, with its state, or into one of its occupants."""

from datetime import date

from django.utils.text import slugify

from projects.models import Lot, LotState, Occupancy

from .declaring import Cells
from .placing import Place
from .tracing import Trace, day_of, organisation

GROUND = ("square_metres", "outline")
STATE = ("works", "sale", "use")


def write_lot(
    lot: Lot | None, key: str, cells: Cells, values: dict, place: Place, told: dict, trace: Trace
) -> Lot:
    if lot is None:
        code = slugify(key.partition("_TERRAIN-ECO_")[2] or key)[:40] or "lot"
        lot = Lot.objects.filter(site=place.site, code=code).first()
    if lot is None:
        said = {name: values.get(name) for name in GROUND}
        lot = Lot.objects.create(site=place.site, code=code, name=f"Terrain {code}", **said, **told)
        trace.note(lot)
    else:
        trace.change(lot, **{name: values[name] for name in GROUND if name in values})
    _state(lot, cells, values, told, trace)
    return lot


def _state(lot: Lot, cells: Cells, values: dict, told: dict, trace: Trace) -> None:
    """A new state from the day of the file on: what was before stays in the history of the lot."""
    said = {name: values[name] for name in STATE if name in values}
    last = LotState.objects.filter(lot=lot).order_by("since").last()
    if not said or (last and all(getattr(last, name) == value for name, value in said.items())):
        return
    day = day_of(cells)
    if last is not None and day <= last.since:
        trace.change(last, **said)
        return
    before = {name: getattr(last, name) for name in STATE} if last else {}
    trace.note(LotState.objects.create(lot=lot, since=day, **(before | said), **told))


def write_occupancy(
    one: Occupancy | None, cells: Cells, values: dict, place: Place, told: dict, trace: Trace
) -> Occupancy:
    """An end that a later file says follows; an empty cell leaves ours."""
    end = values.get("end")
    if one is not None:
        said = {name: values[name] for name in ("activity",) if name in values}
        if end and (one.start is None or end > one.start):
            said["end"] = end
        trace.change(one, **said)
        return one
    start = date.fromisoformat(cells["etab_creation_date"])
    one = Occupancy.objects.create(
        site=place.site,
        lot=place.lot,
        occupant=organisation(cells["etab_raison_sociale"], cells["SIREN"], told, trace),
        siret=cells["SIRET"],
        activity=str(values.get("activity", "")),
        start=start,
        end=end if end and end > start else None,
        **told,
    )
    trace.note(one)
    return one
