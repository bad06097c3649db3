"""Fictional cases, acts, aid, counterparts and groups on the fictional companies, and how they go away."""

from datetime import date, timedelta
from random import Random

from agglo.figures.vocabulary import Origin
from projects.demo import invented
from projects.demo.invented import PREFIX
from projects.demo.sites import TOLD
from projects.models import (
    Beneficiary,
    Counterpart,
    CounterpartCheck,
    FundingLine,
    Movement,
    Organisation,
    Project,
    Scheme,
    SupportAct,
    SupportCase,
    UndertakingLink,
)
from projects.models.funding import Regime

CASES, LINES, LINKS = 40, 24, 8
PROOF = "preuve inventée"


def aid(rng: Random, companies: list[Organisation], projects: list[Project]) -> None:
    scheme = Scheme.objects.create(slug=f"{PREFIX}dispositif", name="Dispositif fictif")
    funder = Organisation.objects.create(
        slug=f"{PREFIX}financeur", name="Financeur fictif", kind=Organisation.Kind.PUBLIC, **TOLD
    )
    cases = [_case(rng, scheme, rng.choice(companies), projects) for _ in range(CASES)]
    for number, case in enumerate(cases[:LINES], start=1):
        _line(rng, number, case, funder)
    for number in range(LINKS):
        UndertakingLink.objects.create(
            controller=companies[number],
            controlled=companies[number + LINKS],
            ground=rng.choice(["votes", "board", "contract", "agreement"]),
            start=date(2015 + number, 1, 1),
            end=date(2024, 1, 1) if number == 0 else None,
            **TOLD,
        )


def _case(rng: Random, scheme: Scheme, company: Organisation, projects: list[Project]) -> SupportCase:
    day = date(2023, 1, 1) + timedelta(days=rng.randrange(700))
    case = SupportCase.objects.create(
        company=company,
        scheme=scheme,
        about=f"Projet inventé, {rng.choice(invented.TRADES)}",
        opened_on=day,
        project=rng.choice(projects),
        **TOLD,
    )
    SupportAct.objects.bulk_create(
        SupportAct(
            case=case,
            kind=rng.choice(SupportAct.Kind.values),
            on=day + timedelta(days=30 * step),
            words="inventé",
        )
        for step in range(rng.randrange(0, 6))
    )
    return case


def _line(rng: Random, number: int, case: SupportCase, funder: Organisation) -> None:
    line = FundingLine.objects.create(
        about=f"Aide fictive {number:03d}",
        funder=funder,
        scheme=case.scheme,
        case=case,
        regime=rng.choice([Regime.DE_MINIMIS, Regime.DE_MINIMIS, Regime.EXEMPTED, Regime.UNKNOWN]),
        legal_basis="délibération inventée",
        published=True,
        **TOLD,
    )
    Beneficiary.objects.create(
        line=line, organisation=case.company, siret=invented.siret(case.company.siren, rng), **TOLD
    )
    asked = rng.randrange(10, 200) * 1000
    granted_on = case.opened_on + timedelta(days=120)
    for kind, amount, day in (
        ("asked", asked, case.opened_on),
        ("granted", None if number % 7 == 0 else asked * 3 // 4, granted_on),
        ("paid", asked // 2, granted_on + timedelta(days=90)),
    ):
        Movement.objects.create(
            line=line, kind=kind, amount=amount, on=day, until=day, evidence=PROOF, **TOLD
        )
    promise = Counterpart.objects.create(
        line=line,
        kind=Counterpart.Kind.JOBS_KEPT,
        words="Garder des emplois inventés",
        counted_unit="emplois",
        target=rng.randrange(5, 60),
        check_on=granted_on + timedelta(days=730),
        clawback=Counterpart.Clawback.PRO_RATA,
        **TOLD,
    )
    if number % 3 == 0:
        CounterpartCheck.objects.create(
            counterpart=promise,
            on=promise.check_on,
            found=CounterpartCheck.Found.PARTLY,
            reached=promise.target // 2,
            evidence=PROOF,
            said_by=invented.SOURCE,
            **TOLD,
        )


def remove() -> None:
    """Those that others point at last."""
    demo = {"origin": Origin.DEMO}
    Movement.objects.filter(**demo, cancels__isnull=False).delete()
    Movement.objects.filter(**demo).delete()
    FundingLine.objects.filter(**demo).delete()
    SupportCase.objects.filter(**demo).delete()
    UndertakingLink.objects.filter(**demo).delete()
    Scheme.objects.filter(slug__startswith=PREFIX).delete()
