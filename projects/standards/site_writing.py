"""Writes an accepted row into one of our sites: its own fields, its surfaces, its owner."""

from projects.models import Ownership, Site, Surface
from projects.subjects import own_subject, subject_of

from .declaring import Cells, Standard
from .placing import Place
from .records import PLAIN, owner_of, source_of, surface_of
from .tracing import Trace, day_of, free_slug, organisation


def write(
    standard: Standard,
    site: Site | None,
    cells: Cells,
    values: dict,
    place: Place,
    told: dict,
    trace: Trace,
    *,
    published: bool,
) -> Site:
    if site is None:
        name = str(values.get("name") or f"{standard.title.rstrip('s')} {cells[standard.key]}")
        slug = free_slug(Site, name, 64)
        site = Site.objects.create(
            slug=slug,
            name=name,
            kind=values.get("kind") or standard.kinds[0],
            commune=place.commune,
            subject=subject_of("SITE", slug, name),
            published=published,
            **told,
        )
        trace.note(site)
    fields = {name: values[name] for name in (*PLAIN, "outline") if name in values}
    if place.commune is not None:
        fields["commune_id"] = place.commune.pk
    if "point" in values:
        longitude, latitude = values["point"]
        fields |= {"longitude": longitude, "latitude": latitude, "position": Site.Position.STATED}
    fields["networks"] = _networks(site, values)
    trace.change(site, **fields)
    own_subject(site.subject, site.get_absolute_url(), site.get_kind_display())
    _surfaces(standard, site, values, told, trace)
    if "owner_nature" in values or "owner_name" in values:
        _owner(standard, site, cells, told, trace)
    return site


def _networks(site: Site, values: dict) -> list[str]:
    there = list(site.networks)
    for held, present in values.items():
        network = held.removeprefix("network ")
        if network == held or present == (network in there):
            continue
        there = [*there, network] if present else [one for one in there if one != network]
    return there


def _surfaces(standard: Standard, site: Site, values: dict, told: dict, trace: Trace) -> None:
    """Beside what other sources say: theirs are left as they are."""
    for kind in (Surface.Kind.GROUND, Surface.Kind.FLOOR, Surface.Kind.USABLE):
        if (metres := values.get(f"surface {kind}")) is None:
            continue
        old = surface_of(standard, site, kind)
        if old is not None and old.source == source_of(standard):
            trace.change(old, square_metres=metres)
        else:
            about = "selon le fichier au standard"
            trace.note(
                Surface.objects.create(site=site, kind=kind, square_metres=metres, about=about, **told)
            )


def _owner(standard: Standard, site: Site, cells: Cells, told: dict, trace: Trace) -> None:
    """One owner only, who is known: several, or a nature alone, stay in the row as the file has them."""
    persons, name = cells.get("proprio_personne", ""), cells.get("proprio_nom", "")
    if persons == "personne physique":
        said = {"nature": Ownership.Nature.NATURAL, "owner": None}
    elif persons == "personne morale" and name not in standard.missing and "|" not in name:
        said = {"nature": Ownership.Nature.LEGAL, "owner": organisation(name, "", told, trace)}
    else:
        return
    day, old = day_of(cells), owner_of(site)
    if old is not None and old.start is not None and old.start >= day:
        return
    if old is not None:
        trace.change(old, end=day)
    trace.note(Ownership.objects.create(site=site, start=day if old else None, **said, **told))
