"""Brings in the promises made in public and the jobs that schemes claim, with the figures they rest on."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from agglo.figures.models import Dataset, Quotation, Release, Source
from agglo.figures.recording import Statement, define_measure, record
from agglo.figures.vocabulary import Origin, SourceKind
from projects.models import Commitment, JobClaim, JobPool, Organisation, Project, Site, Verdict

FILE = Path(__file__).parent / "data" / "statements.csv"
# The loader of employment defines it in the same words when it comes first.
ANNOUNCED_JOBS = {
    "name": "Emplois annoncés",
    "counted_unit": "emplois",
    "counted_unit_one": "emploi",
    "kind": "stock",
    "direction": "up",
    "axis": "industrie",
    "definition": "Emplois qu’un projet annonce.",
    "traps": "Annoncé n’est pas créé.",
}


def load_promises(told: dict) -> None:
    """What people have since changed stands: only new records are written."""
    define_measure("emplois-annonces", **ANNOUNCED_JOBS)
    record(_statement(row) for row in _rows())
    known = {
        "promiser": {one.slug: one for one in Organisation.objects.all()},
        "project": {one.slug: one for one in Project.objects.all()},
        "site": {one.slug: one for one in Site.objects.all()},
    }
    known["organisation"] = known["promiser"]
    for one in told["commitments"]:
        _commitment(_linked(one, known))
    for one in told["pools"]:
        said = {k: v for k, v in _linked(one, known).items() if k != "may_overlap"}
        pool, created = JobPool.objects.get_or_create(slug=one["slug"], defaults=said)
        if created:
            pool.may_overlap.set(JobPool.objects.filter(slug__in=one.get("may_overlap", [])))
    known["pool"] = {one.slug: one for one in JobPool.objects.all()}
    for one in told["claims"]:
        said = _linked(one, known)
        key = {name: said.pop(name) for name in ("pool", "scheme", "evidence", "as_of")}
        JobClaim.objects.get_or_create(**key, defaults=said)


def _linked(one: dict, known: dict) -> dict:
    return {name: known[name][value] if name in known else value for name, value in one.items()}


def _commitment(told: dict) -> None:
    verdicts = told.pop("verdicts", [])
    commitment, created = Commitment.objects.get_or_create(
        slug=told["slug"], defaults={**told, "published": True}
    )
    if created:
        for one in verdicts:
            Verdict.objects.create(commitment=commitment, **one)


def _rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _statement(row: dict[str, str]) -> Statement:
    """None of these was kept word for word; they are read after what the article says (rank)."""
    source, _ = Source.objects.get_or_create(
        code=row["source"], defaults={"name": row["source_name"], "kind": SourceKind.PRESS}
    )
    dataset, _ = Dataset.objects.get_or_create(
        code=row["dataset"], defaults={"source": source, "title": row["title"], "rhythm": "once"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="unique")
    said = {name: row[name] for name in ("wording", "perimeter", "caution")}
    quotation, _ = Quotation.objects.get_or_create(
        release=release, key=row["key"], defaults={**said, "verbatim": False}
    )
    day = row["known_from"]
    known = timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min)) if day else None
    return Statement(
        measure=row["measure"],
        subject=(row["scheme"], row["code"]),
        release=release,
        known_from=known or release.received_at,
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        value=Decimal(row["value"]),
        evidence=int(row["evidence"]),
        qualifier=int(row["qualifier"]),
        dating=int(row["dating"]),
        origin=Origin.OTHER_SOURCE,
        quotation=quotation,
        rank=2,
    )
