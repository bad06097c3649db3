"""A site or a project enters the register with a key of its own and its row in the ledger, and keeps both."""

from collections.abc import Iterator

from django.utils.text import slugify

from agglo.figures.models import Subject
from agglo.figures.recording import ensure_subject
from projects.models import Project, Site
from projects.models.project import SCHEME as OF_PROJECTS
from projects.models.site import SCHEME as OF_SITES

RESERVED = frozenset({"nouveau"})  # words that addresses of staff hold already
LONGEST = 52


def free_key(model: type[Project] | type[Site], name: str) -> str:
    """A key made of the name that no record has; « -2 », « -3 » after it when needed.

    Deleted records may have left figures under theirs: those are not taken again.
    """
    stem = slugify(name)[:LONGEST].strip("-") or "fiche"
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(
        Subject.objects.filter(scheme=scheme_of(model), code__startswith=stem).values_list("code", flat=True)
    )
    return next(one for one in numbered(stem) if one not in taken | RESERVED)


def numbered(stem: str) -> Iterator[str]:
    """« stem », « stem-2 », « stem-3 »…"""
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def scheme_of(model: type[Project] | type[Site]) -> str:
    return OF_PROJECTS if model is Project else OF_SITES


def enter(record: Project | Site) -> Project | Site:
    """Keeps a new record, with its key and its row in the ledger."""
    record.slug = free_key(type(record), record.name)
    record.subject = ensure_subject(scheme_of(type(record)), record.slug, record.name, nature_of(record))
    record.save()
    follow(record)
    return record


def follow(record: Project | Site) -> None:
    """The ledger calls the record as it is called now, and leads to its page."""
    subject = record.subject
    said = {"name": record.name, "kind_label": nature_of(record), "path": record.get_absolute_url()}
    if any(getattr(subject, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(subject, name, value)
        subject.save()


def nature_of(record: Project | Site) -> str:
    if isinstance(record, Project):
        return "projet fictif" if record.is_demo else "projet"
    return "site fictif" if record.is_demo else record.get_kind_display()
