"""Brings the attested records in; loading again changes nothing, what people changed stands."""

import json
from pathlib import Path

from django.db import transaction

from agglo.accounts.attribution import act_as
from agglo.figures.vocabulary import Origin
from agglo.territory.models import Kind, Territory
from projects.aid_loading import load_aid
from projects.models import (
    Commitment,
    FundingLine,
    JobClaim,
    LifeStage,
    Occupancy,
    Organisation,
    Ownership,
    Project,
    Site,
    Surface,
)
from projects.project_loading import load_projects_told
from projects.promise_loading import load_promises
from projects.subjects import own_subject, subject_of
from projects.weighing import load_first_weights

FOLDER = Path(__file__).parent / "data"


def load_projects() -> dict[str, int]:
    """How many attested records there are now, by kind."""
    with act_as(actor="load_projects"), transaction.atomic():
        told = read("sites")
        load_organisations(told["organisations"])
        load_sites(told["sites"])
        told = read("projects")
        load_organisations(told["organisations"])
        load_projects_told(told["projects"])
        load_promises(read("promises"))
        load_first_weights(read("weights"))
        load_aid(read("aid"))
    return {
        "sites": Site.objects.attested().count(),
        "projets": Project.objects.attested().count(),
        "engagements": Commitment.objects.attested().count(),
        "lignes de financement": FundingLine.objects.attested().count(),
        "emplois déclarés": JobClaim.objects.attested().count(),
        "organisations": Organisation.objects.exclude(origin=Origin.DEMO).count(),
    }


def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def load_organisations(given: list[dict]) -> None:
    for one in given:
        Organisation.objects.get_or_create(slug=one["slug"], defaults=one)


def load_sites(given: list[dict]) -> None:
    organisations = {one.slug: one for one in Organisation.objects.all()}
    for one in given:
        said = {k: v for k, v in one.items() if not isinstance(v, list)}
        said["commune"] = commune(one.get("commune", ""))
        site, created = Site.objects.get_or_create(
            slug=one["slug"],
            defaults={**said, "subject": subject_of("SITE", one["slug"], one["name"]), "published": True},
        )
        own_subject(site.subject, site.get_absolute_url(), site.get_kind_display())
        if site.commune is None and said["commune"] is not None:
            site.commune = said["commune"]
            site.save()
        if created:
            _life_of(site, one, organisations)


def _life_of(site: Site, told: dict, organisations: dict[str, Organisation]) -> None:
    for row in told.get("ownerships", []):
        owner = organisations[row["owner"]]
        Ownership.objects.create(site=site, **{**row, "owner": owner, "nature": Ownership.Nature.LEGAL})
    for row in told.get("surfaces", []):
        Surface.objects.create(site=site, **row)
    for row in told.get("stages", []):
        LifeStage.objects.create(site=site, **row)
    for row in told.get("occupancies", []):
        Occupancy.objects.create(site=site, **{**row, "occupant": organisations[row["occupant"]]})


def commune(code: str) -> Territory | None:
    """None as long as the territories are not loaded; the next loading fills it in."""
    return Territory.objects.coded(Kind.COMMUNE, code).first() if code else None
