"""Pools of jobs and their numbers, as parts of the project or of the site that they are about."""

from collections.abc import Callable, Iterator

from django.db.models import Model, Q, QuerySet

from projects.forms.jobs import ClaimForm, PoolForm
from projects.models import JobPool, Project

POOLS = "gisements/"
# By kind of record: the field that leads to it, and what the codes of its parts begin with.
OF = {"projets": ("project", "gisement"), "sites": ("site", "emplois")}
Said = Callable[[str], Callable[[Model | None], str]]


def pools_of(record) -> QuerySet[JobPool]:
    """Those that are written down under this record: see JobPool.about. No number of a pool that a public
    page shows is written under a record that is not public.
    """
    if isinstance(record, Project):
        return record.pools.filter(Q() if record.published else ~Q(site__published=True))
    return record.pools.filter(
        Q(project__isnull=True) | Q(project__published=False) if record.published else Q(project__isnull=True)
    )


def job_parts(make: type, said: Said) -> Iterator:
    """Added, changed, and a number added, for each kind of record. `make` is projects.parts.Part."""
    for kind, (field, code) in OF.items():
        yield make(
            code,
            kind,
            POOLS,
            said("Ajouter un gisement d’emplois"),
            lambda data, record, thing, by, field=field: PoolForm(data, **{field: record}),
            named="name",
        )
        yield make(
            f"{code}-change",
            kind,
            f"{POOLS}{{pk}}/",
            said("Modifier ou partager «\u202f…\u202f»"),
            lambda data, record, thing, by: PoolForm(data, instance=thing),
            things=pools_of,
            over=True,
        )
        yield make(
            f"{code}-nombre",
            kind,
            f"{POOLS}{{pk}}/nombre/",
            said("Ajouter un nombre à «\u202f…\u202f»"),
            lambda data, record, thing, by: ClaimForm(data, pool=thing),
            things=pools_of,
            named="number",
        )
