"""Brings in the schemes, and the aid whose grant, counterparts and fate the press has told."""

from agglo.figures.vocabulary import Origin
from projects.models import (
    Beneficiary,
    Commitment,
    Counterpart,
    CounterpartCheck,
    FundingLine,
    Movement,
    Organisation,
    Scheme,
)

TOLD = {"origin": Origin.OTHER_SOURCE}
LISTS = ("movements", "counterparts", "funder", "beneficiary")


def load_aid(told: dict) -> None:
    """What people have since changed stands: only new records are written."""
    for one in told["schemes"]:
        Scheme.objects.get_or_create(slug=one["slug"], defaults=one)
    organisations = {one.slug: one for one in Organisation.objects.all()}
    for one in told["lines"]:
        _line(one, organisations)


def _line(told: dict, organisations: dict[str, Organisation]) -> None:
    said = {name: value for name, value in told.items() if name not in LISTS}
    line, created = FundingLine.objects.get_or_create(
        about=said["about"],
        funder=organisations[told["funder"]],
        source=said["source"],
        defaults={**said, **TOLD, "published": True},
    )
    if not created:
        return
    company = organisations[told["beneficiary"]]
    Beneficiary.objects.create(line=line, organisation=company, source=line.source, **TOLD)
    counterparts = [_counterpart(line, one) for one in told["counterparts"]]
    for one in told["movements"]:
        claims = counterparts[0] if one.pop("claims", False) else None
        Movement.objects.create(line=line, counterpart=claims, **one, **TOLD)


def _counterpart(line: FundingLine, told: dict) -> Counterpart:
    said = {name: value for name, value in told.items() if name not in ("checks", "commitment")}
    commitment = Commitment.objects.filter(slug=told["commitment"]).first()
    counterpart = Counterpart.objects.create(line=line, commitment=commitment, **said, **TOLD)
    for one in told["checks"]:
        CounterpartCheck.objects.create(counterpart=counterpart, **one, **TOLD)
    return counterpart
