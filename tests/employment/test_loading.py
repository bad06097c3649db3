"""Loading the attested records: complete, repeatable, and held to the database's rules."""

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.models import Change, Observation
from employment.loading import load_employment
from employment.models import Agreement, FollowUp, PlannedOffer, Programme, RedundancyPlan


def test_the_plan_its_agreement_and_the_school_are_there(employment):
    plan = RedundancyPlan.objects.get()
    assert (plan.events.count(), plan.perimeters.count(), plan.follow_ups.count()) == (11, 6, 2)
    assert Agreement.objects.get().job_objective is None
    assert Programme.objects.get().rncp == ""
    assert PlannedOffer.objects.count() == 2
    assert Observation.objects.get(quotation__key="R01").value == 16_000_000


def test_loading_again_changes_nothing(employment):
    before = Observation.objects.count(), FollowUp.objects.count(), Change.objects.count()
    load_employment()
    assert (Observation.objects.count(), FollowUp.objects.count(), Change.objects.count()) == before


@pytest.mark.parametrize("rncp", ["12345", "RNCP", "rncp12"])
def test_an_invented_form_of_rncp_number_is_refused_by_the_database(employment, rncp):
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.update(rncp=rncp)
