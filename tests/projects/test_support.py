"""Cases, acts and companies: three units, counted apart and never added."""

from datetime import date
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from agglo.figures.models import Observation
from agglo.figures.vocabulary import Origin
from projects.demo import invented
from projects.models import Helped, SupportAct, SupportCase
from tests.people import person
from tests.projects.aid import SIRENS, act, case, company

pytestmark = pytest.mark.django_db


def test_two_cases_and_five_acts_of_one_company_are_one_company():
    one = company("Alpha", SIRENS[1])
    first, second = case(one), case(one, "ambassadeurs-numeriques")
    for day in range(1, 5):
        act(first, date(2024, 2, day))
    act(second)
    case(company("Sans numéro"))
    counted = SupportCase.objects.counted()
    assert (counted.cases, counted.acts, counted.companies) == (3, 5, 2)


def test_the_three_counts_have_no_total():
    """A sum of files, visits and companies would mean nothing: there is nowhere to read one."""
    assert set(Helped.__dataclass_fields__) == {"cases", "acts", "companies"}
    with pytest.raises(TypeError):
        sum([SupportCase.objects.counted()])
    with pytest.raises(TypeError):
        iter(SupportCase.objects.counted())


def test_counting_costs_one_query_and_forgets_acts_that_were_withdrawn(django_assert_num_queries):
    kept = case(company("Alpha"))
    act(kept)
    act(kept, withdrawn_because="saisi deux fois")
    with django_assert_num_queries(1):
        assert SupportCase.objects.counted().acts == 1
    assert SupportCase.objects.for_list().get().act_count == 1


def test_companies_helped_over_a_period_have_an_act_in_it():
    """What a count of helped companies reads: distinct companies with at least one act."""
    one, other = company("Alpha", SIRENS[1]), company("Bêta", SIRENS[2])
    for kept in (case(one, "ambassadeurs-numeriques"), case(one, "ambassadeurs-numeriques")):
        act(kept, date(2024, 3, 1))
    act(case(other, "ambassadeurs-numeriques"), date(2023, 3, 1))
    found = SupportCase.objects.of_scheme("ambassadeurs-numeriques")
    year = found.helped_between(date(2024, 1, 1), date(2024, 12, 31))
    assert (year.counted().cases, year.counted().companies) == (2, 1)
    assert year.counted().companies == 1


def test_the_laureates_of_the_article_stay_a_figure_of_its_own(attested):
    """64 is what was said; the register counts what was typed, and neither corrects the other."""
    case(company("Alpha"), result="awarded", result_on=date(2021, 5, 1))
    assert SupportCase.objects.of_scheme("france-relance").awarded().attested().count() == 1
    assert Observation.objects.get(quotation__key="F09", known_to__isnull=True).value == 64


def test_nobody_outside_the_team_sees_who_asked_for_help():
    case(company("Alpha"))
    seen = {
        role: SupportCase.objects.visible_to(person(role)).count()
        for role in ("elected", "staff", "reviewer", "admin")
    }
    assert seen == {"elected": 0, "staff": 1, "reviewer": 1, "admin": 1}
    assert not SupportCase.objects.visible_to(AnonymousUser()).exists()
    assert not SupportCase.objects.visible_to(None).exists()


def test_the_database_refuses_what_cannot_be():
    kept = case(company("Alpha"))
    rows = SupportCase.objects.filter(pk=kept.pk)
    for name, change in (
        ("case_is_ordered", {"closed_on": date(2023, 1, 1)}),
        ("case_result_is_dated", {"result": "awarded"}),
        ("case_investment_is_dated", {"investment": 5}),
        ("never mix", {"origin": Origin.DEMO}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**change)
    demo = company("Fictive", invented.siren(Random(1)), origin=Origin.DEMO)
    with pytest.raises(IntegrityError, match="never mix"), transaction.atomic():
        case(demo)
    assert case(demo, origin=Origin.DEMO).origin == Origin.DEMO
    assert SupportAct.objects.count() == 0
