"""Cases, acts, companies and aid counted into the ledger: three units apart, few companies hidden."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from agglo.figures.vocabulary import Origin, State
from agglo.territory.models import Kind, Territory
from projects.connectors import aid, equity, support
from projects.models import (
    Beneficiary,
    FundingLine,
    Movement,
    Organisation,
    Scheme,
    SupportAct,
    SupportCase,
    UndertakingLink,
)
from tests.projects.test_counted_records import SOURCE, catalogue, held, run_all

__all__ = ["catalogue"]
YEAR = timezone.localdate().year


def company(n, **more):
    return Organisation.objects.create(slug=f"essai-{n}", name=f"Essai {n}", kind="company", **SOURCE, **more)


def case(scheme, who, **more):
    return SupportCase.objects.create(
        company=who,
        scheme=Scheme.objects.get(slug=scheme),
        about="essai",
        opened_on=date(2021, 1, 1),
        **SOURCE,
        **more,
    )


def place(code):
    return Territory.objects.get(kind=Kind.COMMUNE, subject__code=code)


def grant(who, amount, on, regime="de_minimis", **more):
    line = FundingLine.objects.create(
        about="essai", funder=Organisation.objects.get(slug="agglomeration"), regime=regime, **SOURCE, **more
    )
    Beneficiary.objects.create(line=line, organisation=who, **SOURCE)
    Movement.objects.create(
        line=line, kind="granted", amount=amount, on=on, until=on, evidence="délibération", **SOURCE
    )
    return line


def test_winners_few_companies_hidden(catalogue):
    firms = [company(n) for n in range(3)]
    won = {"result": "awarded", "result_on": date(2021, 6, 1)}
    for who in (firms[0], firms[0], firms[1]):
        case("france-relance", who, **won)
    run_all()
    assert held(support.WINNERS).state == State.CONFIDENTIAL
    case("france-relance", firms[2], **won)
    invented = company(4, origin=Origin.DEMO)
    case("france-relance", invented, origin=Origin.DEMO, **won)
    run_all()
    assert (held(support.WINNERS).value, held(support.WINNING).value) == (4, 3)


def test_advised_companies_are_not_acts(catalogue):
    cases = [case("ambassadeurs-numeriques", company(n)) for n in range(3)]
    for one in (*cases, cases[0]):
        SupportAct.objects.create(case=one, kind="visit", on=date(YEAR - 1, 5, 4))
    SupportAct.objects.create(
        case=cases[0], kind="call", on=date(YEAR - 1, 5, 5), withdrawn_because="doublon"
    )
    run_all()
    assert (held(support.SEEN).value, held(support.ACTS).value) == (3, 4)


def test_aid_granted_by_year_and_by_thousand_inhabitants(catalogue):
    who = company(1)
    grant(who, 50_000, date(YEAR - 1, 3, 1), published=True)
    grant(who, 20_000, date(YEAR - 1, 9, 1), published=True)
    grant(who, 90_000, date(YEAR - 1, 9, 2))
    run_all()
    figure = held(aid.GRANTED)
    assert (figure.period_start.year, figure.value) == (YEAR - 1, 70_000)
    assert 200 < held("aides-pour-mille-habitants").value < 300
    grant(who, None, date(YEAR - 1, 9, 3), published=True)
    run_all()
    assert (held(aid.GRANTED).state, held(aid.GRANTED).value) == (State.MISSING, None)


def test_three_years_are_added_up_before_they_are_divided_and_a_gap_gives_nothing(catalogue):
    who, measure = company(1), "aides-trois-ans-pour-mille-habitants"
    for years, amount in ((3, 30_000), (1, 60_000)):
        grant(who, amount, date(YEAR - years, 3, 1), published=True)
    run_all()
    assert held(measure) is None  # nothing is told of the year between: it is not zero
    grant(who, 90_000, date(YEAR - 2, 3, 1), published=True)
    run_all()
    assert held(measure).period_end.year == YEAR - 1
    yearly = held("aides-pour-mille-habitants").value
    assert round(held(measure).value / yearly, 2) == 3  # 180,000 over 60,000


def test_jobs_of_aided_establishments_once_a_year_and_none_when_one_is_unknown(catalogue):
    one, other = company(1), company(2)
    grant(one, 50_000, date(YEAR - 1, 3, 1), published=True, jobs=40)
    grant(one, 20_000, date(YEAR - 1, 9, 1), published=True, jobs=45)
    grant(other, None, date(YEAR - 1, 9, 1), published=True, jobs=200)
    grant(other, 10_000, date(YEAR - 1, 9, 1), jobs=7)
    run_all()
    figure, rate = held(equity.JOBS), held("emplois-accompagnes-pour-mille-habitants")
    assert (figure.period_start.year, figure.value) == (YEAR - 1, 245)
    assert 0.8 < rate.value < 1
    grant(company(3), 1_000, date(YEAR - 1, 10, 1), published=True)
    run_all()
    assert (held(equity.JOBS).state, held(equity.JOBS).value) == (State.MISSING, None)


def test_small_communes_an_aid_came_to_in_three_years(catalogue):
    small, large, who = place("62720"), place("62119"), company(1)
    for years, commune in ((3, large), (2, small), (1, small)):
        grant(
            who,
            1_000,
            date(YEAR - years, 3, 1),
            published=True,
            case=case("france-relance", who, commune=commune),
        )
    run_all()
    figure = held(equity.SERVED)
    assert (figure.period_start.year, figure.value) == (YEAR, 1)
    whole = held(equity.SMALL).value
    assert 20 < whole < 60
    assert round(held("petites-communes-part-servie").value, 4) == round(100 / whole, 4)
    grant(who, 1_000, date(YEAR - 1, 3, 1), published=True)
    run_all()
    assert held(equity.SERVED).state == State.MISSING  # it could have gone to any commune


@pytest.mark.parametrize(
    ("amount", "band"), [(100_000, "MOINS_50"), (250_000, "80_100"), (None, "NON_CONNU")]
)
def test_one_undertaking_however_many_companies(catalogue, amount, band):
    mother, daughter = company(1), company(2)
    UndertakingLink.objects.create(controller=mother, controlled=daughter, ground="votes", **SOURCE)
    recent = date(YEAR, 1, 2)
    grant(mother, amount, recent)
    grant(daughter, Decimal(20_000), recent)
    run_all()
    assert held(aid.UNDERTAKINGS).value == 1
    assert held(aid.UNDERTAKINGS, breakdown=f"PLAFOND={band}").value == 1
    assert not held(aid.UNDERTAKINGS).series.public
