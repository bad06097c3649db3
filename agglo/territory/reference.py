"""Lays the reference territories from the repository's files: compares first, writes only what differs."""

import csv
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from agglo.figures.models import Subject
from agglo.figures.text import search_key
from agglo.territory.models import Kind, Membership, Territory

DATA = Path(__file__).parent / "data"
AS_OF = date(2026, 1, 1)  # the day the official geographical code these files follow took effect
CENTRE = Decimal("0.0001")

SUBJECT_FIELDS = ("name", "kind_label", "path", "search_key")
NATURES = {
    "CA": "communauté d’agglomération",
    "CC": "communauté de communes",
    "CU": "communauté urbaine",
    "METRO": "métropole",
}
TERRITORY_FIELDS = ("nature", "siren", "postcodes", "latitude", "longitude")


@dataclass(slots=True)
class Counts:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} ajoutés, {self.changed} modifiés, {self.unchanged} inchangés"


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of one of the reference files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def wanted_territories() -> dict[tuple[str, str], dict]:
    """Everything the files say of each territory, by (kind, code)."""
    found = {}
    for row in rows_of("territories.csv"):
        kind, code = row["niveau"], row["code"]
        name, path, nature = row["nom"], "", row["nature"]
        if (kind, code) == (Kind.EPCI, settings.EPCI_CODE):
            # Ours goes by its own name; for its neighbours, Insee's « CA de » tells them from a town.
            name, path = name.removeprefix(f"{nature} de "), "/communes/"
        found[kind, code] = {
            **_subject(name, NATURES.get(nature, Kind(kind).label), path),
            "nature": nature,
            "siren": row["siren"],
            "postcodes": "",
            "latitude": None,
            "longitude": None,
        }
    for row in rows_of("communes.csv"):
        found[Kind.COMMUNE.value, row["code"]] = {
            **_subject(row["nom"], Kind.COMMUNE.label, f"/communes/{row['code']}/"),
            "nature": "",
            "siren": row["siren"],
            "postcodes": row["codes_postaux"],
            "latitude": Decimal(row["latitude"]).quantize(CENTRE),
            "longitude": Decimal(row["longitude"]).quantize(CENTRE),
        }
    return found


def _subject(name: str, label: str, path: str) -> dict:
    return {"name": name, "kind_label": label, "path": path, "search_key": search_key(name)}


def wanted_memberships() -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """(child, parent) pairs, each a (kind, code)."""
    pairs = {(("REG", "32"), ("FRANCE", "F")), (("DEP", "62"), ("REG", "32")), (("DEP", "59"), ("REG", "32"))}
    for row in rows_of("communes.csv"):
        child = ("COM", row["code"])
        pairs |= {
            (child, ("EPCI", settings.EPCI_CODE)),
            (child, ("ZE2020", row["zone_emploi"])),
            (child, ("DEP", row["code"][:2])),
        }
    return pairs


@transaction.atomic
def load_territories() -> Counts:
    """Territories with their subjects; a handful of statements whatever the number."""
    wanted = wanted_territories()
    subjects = {(s.scheme, s.code): s for s in Subject.objects.filter(scheme__in=Kind.values)}
    _create_subjects(wanted, subjects)
    held = {t.pk: t for t in Territory.objects.without_contour()}
    counts, new, changed_subjects, changed = Counts(), [], [], []
    for key, said in wanted.items():
        subject = subjects[key]
        values = {name: said[name] for name in TERRITORY_FIELDS}
        territory = held.get(subject.pk)
        # Another loader may have made the subject before us: its name is ours to say all the same.
        differs = _set(subject, {name: said[name] for name in SUBJECT_FIELDS})
        if differs:
            changed_subjects.append(subject)
        if territory is None:
            new.append(Territory(subject=subject, kind=key[0], **values))
            continue
        if _set(territory, values):
            changed.append(territory)
            differs = True
        counts.changed += differs
        counts.unchanged += not differs
    Territory.objects.bulk_create(new)
    if changed_subjects:
        Subject.objects.bulk_update(changed_subjects, SUBJECT_FIELDS)
    if changed:
        Territory.objects.bulk_update(changed, TERRITORY_FIELDS)
    counts.added = len(new)
    return counts


def _create_subjects(wanted: dict, subjects: dict) -> None:
    missing = [
        Subject(scheme=kind, code=code, **{name: said[name] for name in SUBJECT_FIELDS})
        for (kind, code), said in wanted.items()
        if (kind, code) not in subjects
    ]
    for subject in Subject.objects.bulk_create(missing):
        subjects[subject.scheme, subject.code] = subject


def _set(row, values: dict) -> bool:
    """Writes values on a row; says whether one differed."""
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    return bool(differing)


@transaction.atomic
def load_memberships() -> Counts:
    """Adds the links that are missing. One that differs is left and told: closing it needs a date."""
    ids = dict(_ids())
    open_links = Membership.objects.filter(valid_to__isnull=True, child__kind__in=Kind.values)
    held = {(m.child_id, m.parent_id) for m in open_links}
    parent_of = {(m.child_id, m.parent.kind): m.parent for m in open_links.select_related("parent__subject")}
    counts, new = Counts(), []
    for child, parent in sorted(wanted_memberships()):
        pair = (ids[child], ids[parent])
        other = parent_of.get((pair[0], parent[0]))
        if pair in held:
            counts.unchanged += 1
        elif other is not None:
            counts.notes.append(
                f"{child[1]} est enregistré dans {other.name}, le fichier dit {parent[1]}\u00a0:"
                " à clore à sa date."
            )
        else:
            new.append(Membership(child_id=pair[0], parent_id=pair[1], as_of=AS_OF))
    Membership.objects.bulk_create(new)
    counts.added = len(new)
    return counts


def take_stock() -> None:
    """Fresh statistics: a database that still believes these tables empty would join them row by row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE territory_territory, territory_membership, figures_subject, figures_series,"
            " figures_observation"
        )


def _ids():
    for pk, kind, code in Territory.objects.values_list("pk", "kind", "subject__code"):
        yield (kind, code), pk
