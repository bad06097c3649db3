"""Made-up sites and projects for the bench of lists: each size in a database of its own, filled once."""

import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from django.core.management import call_command
from django.db import connection, connections, transaction

COLOURS = ("ardoise", "brique", "craie", "houille", "lin", "osier", "paille", "sable", "tuile", "zinc")
TOLD = {"source": "Banc d’essai", "origin": 2}
COMPANIES = 90
RARE = {7: "quartz"}  # a word that one record alone has, at every size
FILLER = "Texte de remplissage, de la longueur d’une présentation. " * 8


def open_lists(sites: int, projects: int) -> None:
    """Reads from now on the database of that size; makes it when it is not there."""
    name = f"agglo_lists_{sites}_{projects}"
    if name not in _OPENED:
        with connections.create_connection("default").cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {name}")
        _OPENED[name] = connections.create_connection("default")
        _OPENED[name].settings_dict = {**_OPENED[name].settings_dict, "NAME": name}
        connections["default"] = _OPENED[name]
        # Threads of their own, such as the sign of life of an import, open theirs from here.
        connections.settings["default"]["NAME"] = name
        os.environ["DATABASE_URL"] = re.sub(r"/agglo\w*\?", f"/{name}?", os.environ["DATABASE_URL"])
        call_command("migrate", verbosity=0)
        with transaction.atomic():  # a stopped filling leaves nothing, and starts again
            _fill(sites, projects)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    connections["default"] = _OPENED[name]


_OPENED: dict = {}


def _fill(sites: int, projects: int) -> None:
    from projects.models import LifeStage, Organisation, Passage, Project, Site

    if Project.objects.exists():
        return
    call_command("load_territory", verbosity=0)
    Organisation.objects.bulk_create(
        Organisation(
            slug=f"banc-{n}",
            name=f"Entreprise fictive {n}",
            kind="company",
            search_key=f"entreprise {n}",
            **TOLD,
        )
        for n in range(COMPANIES)
    )
    _create(Site, _sites(sites))
    keys = list(Site.objects.order_by("pk").values_list("pk", flat=True))
    _create(LifeStage, _stages(keys))
    _create(Project, _projects(projects, keys, list(Organisation.objects.values_list("pk", flat=True))))
    _create(Passage, _passages(Project.objects.values_list("pk", flat=True)))


def _word(number: int) -> str:
    return RARE.get(number, COLOURS[number % 10])


def _create(model, rows: Iterator) -> None:
    while batch := list(islice(rows, 2000)):
        model.objects.bulk_create(batch)


def _subjects(scheme: str, many: int) -> list[int]:
    from agglo.figures.models import Subject

    Subject.objects.bulk_create(
        (
            Subject(
                scheme=scheme, code=f"banc-{n}", name=f"{scheme} {n}", kind_label="fictif", search_key="banc"
            )
            for n in range(many)
        ),
        batch_size=5000,
    )
    return list(Subject.objects.filter(scheme=scheme).order_by("pk").values_list("pk", flat=True))


def _sites(many: int) -> Iterator:
    from agglo.territory.models import Territory
    from projects.models import Site

    communes = list(Territory.objects.communes_of().filter(latitude__isnull=False).named().without_contour())
    for n, subject in enumerate(_subjects("SITE", many)):
        commune = communes[n * 31 % len(communes)]
        site = Site(
            subject_id=subject, slug=f"banc-{n}", name=f"Site fictif {n}, {_word(n)}",
            kind=Site.Kind.values[n % 6], commune=commune, address=f"{n} rue du banc", published=True,
            latitude=commune.latitude + Decimal(n % 97 - 48) / 4000, position="stated",
            longitude=commune.longitude + Decimal(n % 89 - 44) / 2500, about=FILLER, **TOLD,
        )  # fmt: skip
        site.fill_search_key()
        yield site


def _stages(keys: list[int]) -> Iterator:
    from projects.models import LifeStage

    for n, key in enumerate(keys):
        for step in range(3):
            start, end = date(2015 + step, 1, 1), date(2016 + step, 1, 1) if step < 2 else None
            yield LifeStage(site_id=key, stage=(n + step) % 12, start=start, end=end, **TOLD)


def _projects(many: int, sites: list[int], companies: list[int]) -> Iterator:
    from projects.models import Axis, Project

    for n, subject in enumerate(_subjects("PROJET", many)):
        yield Project(
            subject_id=subject, slug=f"banc-{n}", name=f"Projet fictif {n}, {_word(n)}",
            kind=Project.Kind.values[n % 8], axis=Axis.values[n % 4], lead_id=companies[n % len(companies)],
            site_id=sites[n % len(sites)], about=FILLER, published=True,
            search_key=f"projet fictif {n} {_word(n)} entreprise fictive {n % COMPANIES}", **TOLD,
        )  # fmt: skip


def _passages(keys) -> Iterator:
    from projects.models import Gate, Passage

    for n, key in enumerate(keys):
        for step in range(2):
            gate, day = Gate.values[(n + step) % 5], date(2021 + step, 1, 1)
            yield Passage(project_id=key, gate=gate, on=day, until=day, **TOLD)
