"""Lays the fictional set, and takes all of it away."""

from random import Random

from django.db import transaction

from agglo.accounts.attribution import act_as
from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from projects.demo import aid as inventing_aid
from projects.demo import parks as inventing_parks
from projects.demo import projects as inventing_projects
from projects.demo import prospects as inventing_prospects
from projects.demo import sites as inventing_sites
from projects.demo.batch import Batch
from projects.demo.invented import PREFIX
from projects.models import (
    Commitment,
    InventoryRound,
    JobClaim,
    JobPool,
    Organisation,
    Project,
    Prospect,
    Site,
    WeightSet,
)

SEED = 62  # the same set at every run


def load() -> dict[str, int]:
    """Nothing is written when it is already there."""
    with act_as(actor="demo_projects"), transaction.atomic():
        if not Site.objects.filter(origin=Origin.DEMO).exists():
            random, batch = Random(SEED), Batch()  # noqa: S311
            companies = inventing_sites.companies(random)
            sites = inventing_sites.sites(batch, random, companies)
            projects = inventing_projects.projects(batch, random, sites, companies)
            inventing_projects.promises(random, projects)
            inventing_prospects.prospects(batch, random, sites)
            batch.write()
            inventing_parks.inventories(Random(SEED + 1), sites, companies)  # noqa: S311
            inventing_aid.aid(random, companies, projects)
    return held()


def held() -> dict[str, int]:
    demo = {"origin": Origin.DEMO}
    return {
        "sites fictifs": Site.objects.filter(**demo).count(),
        "projets fictifs": Project.objects.filter(**demo).count(),
        "entreprises fictives": Organisation.objects.filter(kind="company", **demo).count(),
    }


def remove() -> dict[str, int]:
    """Everything or nothing. Raises ProtectedError when an attested record is tied to a fictional one."""
    gone = held()
    demo = {"origin": Origin.DEMO}
    with act_as(actor="demo_projects"), transaction.atomic():
        inventing_aid.remove()
        Commitment.objects.filter(**demo).delete()
        Prospect.objects.filter(**demo).delete()
        WeightSet.objects.filter(**demo).delete()
        JobClaim.objects.filter(**demo).delete()
        JobPool.objects.filter(slug__startswith=PREFIX).delete()
        Project.objects.filter(**demo).delete()
        InventoryRound.objects.filter(**demo).delete()
        Site.objects.filter(**demo).delete()
        Organisation.objects.filter(**demo).delete()
        Subject.objects.filter(scheme__in=("SITE", "PROJET"), code__startswith=PREFIX).delete()
    return gone
