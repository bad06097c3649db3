"""What our records say under the names that the standards are mapped to. A value of None is not held."""

from django.utils import timezone

from projects.inventory import park_page, vacancy
from projects.models import Lot, Occupancy, Ownership, Site, Surface

from .declaring import Standard

Held = dict[str, object]
PLAIN = ("name", "kind", "address", "pollution", "pollution_words", "zoning", "about")


def source_of(standard: Standard) -> str:
    """How a record made from a file names its source."""
    return f"Fichier au standard CNIG, {standard.title.lower()}, {standard.edition}"


def held(standard: Standard, record) -> Held:
    match record:
        case Site():
            return of_site(standard, record)
        case Lot():
            return of_lot(record)
        case Occupancy():
            return of_occupancy(record)
    return {}


def of_site(standard: Standard, site: Site) -> Held:
    """Expects `surfaces`, `ownerships__owner` and `commune__subject` to be read ahead."""
    found: Held = {name: getattr(site, name) for name in PLAIN}
    found["commune"] = site.commune.code if site.commune else None
    found["commune_name"] = site.commune.name if site.commune else None
    stated = site.position == Site.Position.STATED
    found["point"] = (site.longitude, site.latitude) if stated else None
    found["outline"] = site.outline
    for kind in (Surface.Kind.GROUND, Surface.Kind.FLOOR, Surface.Kind.USABLE):
        surface = surface_of(standard, site, kind)
        found[f"surface {kind}"] = surface.square_metres if surface else None
    owner = owner_of(site)
    found["owner_nature"] = owner.nature if owner else None
    found["owner_name"] = (owner.owner.name if owner.owner else "") if owner else None
    found |= _inventory(site)
    found |= {
        mapped.held: mapped.held.removeprefix("network ") in site.networks
        for mapped in standard.mapped
        if mapped.held.startswith("network ")
    }
    return found


def _inventory(site: Site) -> Held:
    """Our own counts of land units, once adopted; a rate only when none of them is unknown."""
    units = list(site.land_units.all())
    if not units or not park_page.is_adopted(site, timezone.localdate()):
        return {}
    counted = vacancy.vacancy((unit.told() for unit in units), timezone.localdate())
    built = [unit.built for unit in units]
    return {
        "land units": counted.total,
        "land units vacant": None if counted.unknown else counted.vacant,
        "land units vacancy": None if counted.unknown else counted.rate,
        "land units built": None if None in built else sum(built),
    }


def surface_of(standard: Standard, site: Site, kind: str) -> Surface | None:
    """What this standard's files said, else the only account there is; sources that disagree give none."""
    there = [one for one in site.surfaces.all() if one.kind == kind]
    told = [one for one in there if one.source == source_of(standard)]
    if told:
        return told[-1]
    return there[0] if len({one.square_metres for one in there}) == 1 else None


def owner_of(site: Site) -> Ownership | None:
    """The owner of the whole site today, when there is one only."""
    now = [one for one in site.ownerships.all() if one.lot_id is None and one.end is None]
    return now[0] if len(now) == 1 else None


def of_lot(lot: Lot) -> Held:
    """Expects `states` to be read ahead."""
    states = list(lot.states.all())
    last = states[-1] if states else None
    return {
        "square_metres": lot.square_metres,
        "outline": lot.outline,
        "works": last.works if last else None,
        "sale": last.sale if last else None,
        "use": last.use if last else None,
    }


def of_occupancy(one: Occupancy) -> Held:
    return {"activity": one.activity, "end": one.end}
