"""Makes the record that an approved profile describes, or brings it up to date; no earlier, no other way."""

from datetime import datetime
from decimal import Decimal

from agglo.figures.models import Subject
from agglo.figures.recording import ensure_subject
from agglo.figures.vocabulary import Review

from .models import (
    Agreement,
    Category,
    Perimeter,
    PlanCategory,
    PlanEvent,
    PlannedOffer,
    Profile,
    Programme,
    RedundancyPlan,
    School,
)

FLAGS = ("is_solution", "is_durable", "leaves_market", "is_provisional")
# Populations that sources count: code, name, how a sentence says it, measure of the ledger.
PERIMETERS = (
    ("accompanied", "Accompagnés", "salariés qui ont accepté d’être accompagnés", "pse-accompagnes"),
    ("dismissed", "Licenciés", "salariés licenciés", "pse-licencies"),
    ("concerned", "Concernés", "personnes concernées par le plan", "pse-personnes-concernees"),
    ("permanent", "CDI du site", "salariés en CDI sur le site", "pse-cdi-site"),
    (
        "unspecified",
        "Périmètre non précisé",
        "salariés, périmètre non précisé par la source",
        "pse-salaries-touches",
    ),
    ("announced", "Postes à l’annonce", "postes au moment de l’annonce", "pse-postes-annonces"),
)
# Dates of a plan's profile: the step each is, and how the plan's page says it.
STEPS = {
    "announced_on": (PlanEvent.Kind.ANNOUNCED, "Suppression d’emplois annoncée"),
    "signed_on": (PlanEvent.Kind.SIGNED, "Plan signé"),
    "validated_on": (PlanEvent.Kind.VALIDATED, "Plan validé par l’administration du travail"),
    "last_day_on": (PlanEvent.Kind.LAST_DAY, "Dernier jour travaillé"),
}


def open_or_update(row: Profile, now: datetime) -> None:
    """To be called within the transaction of the approval."""
    {
        Profile.Kind.PLAN: _plan,
        Profile.Kind.AGREEMENT: _agreement,
        Profile.Kind.SCHOOL: _school,
        Profile.Kind.PROGRAMME: _programme,
        Profile.Kind.OFFER: _offer,
    }[row.kind](row, now)


def _text(row: Profile, *names: str) -> dict[str, object]:
    return {name: row.said.get(name, "") for name in names}


def _subject(scheme: str, code: str, name: str, kind: str, path: str) -> Subject:
    subject = ensure_subject(scheme, code, name, kind, path)
    if (subject.name, subject.path) != (name, path):
        subject.name, subject.path = name, path
        subject.save(update_fields=["name", "path"])
    return subject


def _plan(row: Profile, now: datetime) -> None:
    path = f"/plans/{row.slug}/"
    subject = _subject("PLAN", row.slug, row.title, "plan de sauvegarde de l’emploi", path)
    told = _text(row, "company", "site", "commune", "siren", "adviser", "counting_rule")
    plan, _ = RedundancyPlan.objects.update_or_create(
        slug=row.slug, defaults={**told, "subject": subject, "published": True}
    )
    adopt_perimeters(plan)
    adopt_categories(plan)
    for name, (kind, words) in STEPS.items():
        _step(plan, kind, words, row, name, now)


def _step(plan: RedundancyPlan, kind: str, words: str, row: Profile, name: str, now: datetime) -> None:
    """A date of the profile is an approved date of the plan; one that moved supersedes the former."""
    day, held = row.day(name), plan.events.in_force().filter(kind=kind)
    then = row.corrects.day(name) if row.corrects else None
    former = held.filter(on=then).first() if then else None
    if former is not None and former.on == day:
        return
    if former is not None:
        PlanEvent.objects.filter(pk=former.pk).update(superseded_at=now)
    if day is None or held.exclude(pk=former and former.pk).filter(on=day).exists():
        return
    why = {"corrects": former, "reason": row.reason, "reason_words": row.reason_words} if former else {}
    PlanEvent.objects.create(
        plan=plan,
        kind=kind,
        on=day,
        until=day,
        words=words,
        source=row.said["source"],
        review=row.review,
        author=row.author,
        reviewer=row.reviewer,
        approved_at=now,
        **why,
    )


def adopt_perimeters(plan: RedundancyPlan) -> None:
    """Gives a plan the usual populations, under their usual names."""
    Perimeter.objects.bulk_create(
        [
            Perimeter(plan=plan, code=code, name=name, words=words, measure=measure, order=order)
            for order, (code, name, words, measure) in enumerate(PERIMETERS)
        ],
        ignore_conflicts=True,
    )


def adopt_categories(plan: RedundancyPlan) -> None:
    """Gives a plan the usual meaning of each situation, for its own agreement to change."""
    PlanCategory.objects.bulk_create(
        [
            PlanCategory(plan=plan, category=one, **{name: getattr(one, name) for name in FLAGS})
            for one in Category.objects.all()
        ],
        ignore_conflicts=True,
    )


def _agreement(row: Profile, now: datetime) -> None:
    plan = row.parent
    name, path = f"Convention {plan}", f"{plan.path}convention/"
    subject = _subject("CONVENTION", row.slug, name, "convention de revitalisation", path)
    Agreement.objects.update_or_create(plan=plan, defaults={**terms_of(row), "subject": subject})


def terms_of(row: Profile) -> dict[str, object]:
    """Columns of an agreement as this profile tells them."""
    days = ("signed_on", "due_on", "notified_on")
    return {
        **{name: row.day(name) for name in days},
        **{name: row.said.get(name) for name in ("job_objective", "jobs_cut")},
        **_text(row, "jobs_cut_words", "area", "source"),
        "communes": row.said.get("places", []),
        "notified_inferred": bool(row.said.get("notified_inferred", False)),
    }


def _school(row: Profile, now: datetime) -> None:
    subject = _subject("ECOLE", row.slug, row.said["name"], "école", f"/ecoles/{row.slug}/")
    told = _text(row, "name", "commune", "uai") | {"about": row.said.get("about_words", "")}
    school, made = School.objects.update_or_create(
        slug=row.slug, defaults={**told, "subject": subject, "published": True}
    )
    if made and row.said.get("programme"):
        said = {name: row.said[name] for name in ("months", "capacity", "source") if name in row.said}
        Programme.objects.create(school=school, name=row.said["programme"], **said)
        adopt_profiles(now)


def _programme(row: Profile, now: datetime) -> None:
    name = row.corrects.said["name"] if row.corrects else row.said["name"]
    told = {
        **_text(row, "name", "rncp", "source"),
        **{name: row.said.get(name) for name in ("level", "months", "capacity")},
        "opened_on": row.day("opened_on"),
    }
    Programme.objects.update_or_create(school=row.parent, name=name, defaults=told)


def _offer(row: Profile, now: datetime) -> None:
    told = _text(row, "name", "holder", "status", "quotation", "source")
    PlannedOffer.objects.update_or_create(slug=row.slug, defaults=told)


def adopt_profiles(now: datetime) -> None:
    """Gives every record that has none the profile that its columns tell, so that it can be corrected too."""
    for plan in RedundancyPlan.objects.all():
        said = _said(plan, "company", "site", "commune", "siren", "adviser", "counting_rule")
        for name, (kind, _) in STEPS.items():
            if step := plan.events.in_force().filter(kind=kind).first():
                said[name] = step.on.isoformat()
                said.setdefault("source", step.source)
        _adopt(Profile.Kind.PLAN, "", plan.slug, said, now)
    for agreement in Agreement.objects.select_related("plan"):
        said = _said(
            agreement, "signed_on", "due_on", "notified_on", "job_objective", "area", "jobs_cut",
            "jobs_cut_words", "source", "notified_inferred",
        )  # fmt: skip
        slug = agreement.plan.slug
        _adopt(Profile.Kind.AGREEMENT, slug, slug, said | {"places": agreement.communes}, now)
    for school in School.objects.prefetch_related("programmes"):
        said = _said(school, "name", "commune", "uai") | {"about_words": school.about}
        _adopt(Profile.Kind.SCHOOL, "", school.slug, said, now)
        for one in school.programmes.all():
            told = _said(one, "name", "level", "months", "capacity", "rncp", "opened_on", "source")
            _adopt(Profile.Kind.PROGRAMME, school.slug, f"formation-{one.pk}", told, now)
    for offer in PlannedOffer.objects.all():
        said = _said(offer, "name", "holder", "status", "quotation", "source")
        _adopt(Profile.Kind.OFFER, "", offer.slug, said, now)


def _said(row, *names: str) -> dict[str, object]:
    found = {}
    for name in names:
        value = getattr(row, name)
        if value not in (None, "", False):
            found[name] = value.isoformat() if hasattr(value, "isoformat") else value
            if isinstance(value, Decimal):
                found[name] = str(value)
    return found


def _adopt(kind: str, about: str, slug: str, said: dict[str, object], now: datetime) -> None:
    if kind == Profile.Kind.PROGRAMME:
        held = Profile.objects.in_force().filter(kind=kind, about=about, said__name=said["name"])
    else:
        held = Profile.objects.in_force().filter(kind=kind, about=about, slug=slug)
    if not held.exists():
        Profile.objects.create(
            kind=kind, about=about, slug=slug, said=said, review=Review.APPROVED, approved_at=now
        )
