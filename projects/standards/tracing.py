"""What writing a row did, in order, so that it can be taken back."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.models import Organisation

from .declaring import Cells


@dataclass(slots=True)
class Trace:
    """`made`: rows of ours that are new. `changed`: others, with what they said before. All of it as JSON."""

    made: list[list] = field(default_factory=list)
    changed: list[list] = field(default_factory=list)

    def note(self, record: Model) -> Model:
        self.made.append([record._meta.model_name, record.pk])
        return record

    def change(self, record: Model, **values: object) -> None:
        """Sets and saves what differs."""
        before = {
            name: getattr(record, name) for name, value in values.items() if getattr(record, name) != value
        }
        if before:
            self.changed.append(
                [record._meta.model_name, record.pk, {n: _plain(v) for n, v in before.items()}]
            )
            for name in before:
                setattr(record, name, values[name])
            record.save()


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | bool | list | dict) else str(value)


def day_of(cells: Cells) -> date:
    """The day the file says of its row, else today."""
    said = next((text for name, text in cells.items() if name.endswith("_actu_date") and text), "")
    try:
        return date.fromisoformat(said)
    except ValueError:
        return timezone.localdate()


def free_slug(model: type[Model], name: str, length: int) -> str:
    stem = slugify(name)[: length - 5].strip("-") or model._meta.model_name
    slug, number = stem, 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


def organisation(name: str, siren: str, told: dict, trace: Trace) -> Organisation:
    """The legal person of this number, else of this name, made when new."""
    known = Organisation.objects.exclude(origin=Origin.DEMO)
    found = known.filter(siren=siren).first() if siren else None
    found = found or known.filter(search_key=search_key(name)[:200]).first()
    if found is None:
        kind = Organisation.Kind.COMPANY if siren else Organisation.Kind.OTHER
        slug = free_slug(Organisation, name, 80)
        found = Organisation.objects.create(slug=slug, name=name[:200], kind=kind, siren=siren, **told)
        trace.note(found)
    return found
