"""Brings the attested plan, its agreement, the school and planned offers in; loading again is harmless."""

import csv
import json
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agglo.figures.facts.loading import load_facts
from agglo.figures.models import Dataset, Observation, Quotation, Release, Source, Subject
from agglo.figures.recording import Statement, define_measures, ensure_subject, record
from agglo.figures.vocabulary import Origin, Review, SourceKind

from .models import (
    Agreement,
    Category,
    FollowUp,
    FollowUpLine,
    Perimeter,
    PlanEvent,
    PlanMeasure,
    PlannedOffer,
    Programme,
    RedundancyPlan,
    School,
)
from .opening import FLAGS, adopt_categories, adopt_profiles
from .registers import record_registers

FOLDER = Path(__file__).parent / "data"
MEASURES = settings.BASE_DIR / "agglo/indicators/catalogue/employment/measures.csv"


@transaction.atomic
def load_employment() -> dict[str, int]:
    """What people have since changed in the records stands; attested figures go through the ledger."""
    if not Observation.objects.filter(quotation__key="B19").exists():
        load_facts()
    _measures()
    _categories()
    told = json.loads((FOLDER / "bridgestone.json").read_text(encoding="utf-8"))
    plan = _plan(told)
    _agreement(plan, told["agreement"])
    _school(told)
    written = record(_statements())
    for given in told["follow_ups"]:
        _follow_up(plan, given)
    adopt_profiles(timezone.now())
    record_registers()
    return {"chiffres ajoutés": written.added, "points de suivi": plan.follow_ups.count()}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _measures() -> None:
    """Those that the catalogue did not define yet."""
    with MEASURES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    define_measures(
        row | {name: int(row[name]) for name in ("decimals", "publication_delay")} for row in rows
    )


def _categories() -> None:
    for row in _rows("categories.csv"):
        flags = {name: row[name] == "1" for name in (*FLAGS, "official")}
        said = {"name": row["name"], "order": int(row["order"]), "aliases": row["aliases"].replace("|", "\n")}
        Category.objects.update_or_create(code=row["code"], defaults=said | flags)


def _plan(told: dict) -> RedundancyPlan:
    given = told["plan"]
    subject = Subject.objects.get(scheme="PLAN", code=given["slug"])
    plan, _ = RedundancyPlan.objects.get_or_create(slug=given["slug"], defaults={**given, "subject": subject})
    for kind, on, until, words, source in told["events"]:
        PlanEvent.objects.get_or_create(
            plan=plan,
            kind=kind,
            on=on,
            defaults={"until": until, "words": words, "source": source, **_approved(on)},
        )
    for kind, since, words, source in told["measures"]:
        PlanMeasure.objects.get_or_create(
            plan=plan, kind=kind, source=source, defaults={"words": words, **_approved(since)}
        )
    for order, (code, name, words, measure) in enumerate(told["perimeters"]):
        Perimeter.objects.get_or_create(
            plan=plan,
            code=code,
            defaults={"name": name, "words": words, "measure": measure, "order": order},
        )
    adopt_categories(plan)
    return plan


def _approved(day: str) -> dict[str, object]:
    """Told in public on that day, and known since."""
    return {"review": Review.APPROVED, "approved_at": _moment(day)}


def _agreement(plan: RedundancyPlan, given: dict) -> None:
    subject = ensure_subject(
        "CONVENTION",
        plan.slug,
        f"Convention {plan}",
        "convention de revitalisation",
        f"{plan.path}convention/",
    )
    Agreement.objects.get_or_create(plan=plan, defaults={**given, "subject": subject})


def _school(told: dict) -> None:
    given = told["school"]
    subject = Subject.objects.get(scheme="ECOLE", code=given["slug"])
    if subject.path != f"/ecoles/{given['slug']}/":
        subject.path = f"/ecoles/{given['slug']}/"
        subject.save(update_fields=["path"])
    school, _ = School.objects.get_or_create(slug=given["slug"], defaults={**given, "subject": subject})
    for one in told["programmes"]:
        Programme.objects.get_or_create(school=school, name=one["name"], defaults=one)
    for one in told["offers"]:
        PlannedOffer.objects.get_or_create(slug=one["slug"], defaults=one)


def _statements() -> list[Statement]:
    """Facts of other sources; none was kept word for word."""
    said = []
    for row in _rows("statements.csv"):
        source, _ = Source.objects.get_or_create(
            code=row["source"], defaults={"name": row["source_name"], "kind": SourceKind.PRESS}
        )
        dataset, _ = Dataset.objects.get_or_create(
            code=row["dataset"], defaults={"source": source, "title": row["title"], "rhythm": "once"}
        )
        release, _ = Release.objects.get_or_create(dataset=dataset, edition="unique")
        quotation, _ = Quotation.objects.get_or_create(
            release=release,
            key=row["key"],
            defaults={
                "wording": row["wording"],
                "verbatim": False,
                "perimeter": row["perimeter"],
                "caution": row["caution"],
            },
        )
        known = _moment(row["known_from"]) if row["known_from"] else release.received_at
        said.append(
            Statement(
                measure=row["measure"],
                subject=(row["scheme"], row["code"]),
                release=release,
                known_from=known,
                start=date.fromisoformat(row["start"]) if row["start"] else None,
                end=date.fromisoformat(row["end"]) if row["end"] else None,
                value=Decimal(row["value"]),
                evidence=int(row["evidence"]),
                qualifier=int(row["qualifier"]),
                dating=int(row["dating"]),
                origin=Origin.OTHER_SOURCE,
                quotation=quotation,
                rank=1,
            )
        )
    return said


def _moment(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))


def _follow_up(plan: RedundancyPlan, given: dict) -> None:
    """A follow-up that an article gives: its lines point at the figures already in the ledger."""
    keys = [given["key"], *(key for _, key in given["lines"])]
    found = Observation.objects.filter(quotation__key__in=keys, known_to__isnull=True).select_related(
        "quotation", "series__measure_version__measure", "series__breakdown", "series__dataset__source"
    )
    figures = {row.quotation.key: row for row in found}
    head = figures[given["key"]]
    dataset = head.series.dataset
    row, created = FollowUp.objects.get_or_create(
        plan=plan,
        dataset=dataset.code,
        start=head.period_start,
        end=head.period_end,
        defaults={
            "perimeter": plan.perimeters.get(code=given["perimeter"]),
            "inferred": True,
            "source": dataset.source.name,
            "wording": head.quotation.wording,
            "base": given["base"],
            "total": given["total"],
            "attested": True,
            "review": Review.APPROVED,
            "approved_at": head.known_from,
        },
    )
    if created:
        for code, key in given["lines"]:
            figure = figures[key]
            FollowUpLine.objects.create(
                follow_up=row,
                category=Category.objects.get(code=code),
                label=figure.series.measure_version.name,
                count=int(figure.value),
                qualifier=figure.qualifier,
                measure=figure.series.measure_version.measure.code,
                breakdown=figure.series.breakdown.key,
            )
