"""Small aid records for the tests: companies, cases, lines with their movements."""

from datetime import date
from decimal import Decimal

from projects.models import (
    Beneficiary,
    FundingLine,
    Movement,
    Organisation,
    Scheme,
    SupportAct,
    SupportCase,
)

TOLD = {"source": "essai"}
DAY = date(2025, 1, 1)
# Real numbers of public bodies: their check digits hold, no company is spoken of.
SIRENS = ("200072460", "552100554", "732829320", "356000000")


def company(name: str, siren: str = "", **more) -> Organisation:
    found, _ = Organisation.objects.get_or_create(
        slug=name.lower(), defaults={"name": name, "kind": "company", "siren": siren, **TOLD, **more}
    )
    return found


def case(of: Organisation, scheme: str = "france-relance", **more) -> SupportCase:
    kept, _ = Scheme.objects.get_or_create(slug=scheme, defaults={"name": scheme})
    said = {"about": "Un projet", "opened_on": date(2024, 1, 1), **TOLD, **more}
    return SupportCase.objects.create(company=of, scheme=kept, **said)


def act(of: SupportCase, on=date(2024, 2, 1), kind="visit", **more) -> SupportAct:
    return SupportAct.objects.create(case=of, kind=kind, on=on, **more)


def line(of: Organisation, **more) -> FundingLine:
    funder = more.pop("funder", None) or company("Financeur")
    beneficiary = more.pop("beneficiary", {})
    made = FundingLine.objects.create(about=more.pop("about", "Une machine"), funder=funder, **TOLD, **more)
    Beneficiary.objects.create(line=made, organisation=of, **TOLD, **beneficiary)
    return made


def moved(
    of: FundingLine, kind="granted", amount: int | None = 1000, on=date(2025, 1, 1), **more
) -> Movement:
    said = {"until": on, "evidence": "délibération", **TOLD, **more}
    return Movement.objects.create(
        line=of, kind=kind, amount=None if amount is None else Decimal(amount), on=on, **said
    )
