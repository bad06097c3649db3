"""A follow-up as its author leaves it to the person who decides."""

from collections.abc import Container
from datetime import date

from agglo.figures.vocabulary import Qualifier, Review
from employment.models import Category, FollowUp, FollowUpLine, RedundancyPlan
from tests.people import person

DAY = date(2026, 6, 30)


def submitted(
    counts: dict[str, int],
    *,
    base: int,
    day: date = DAY,
    dataset: str = "suivi-essai",
    author=None,
    about: Container[str] = (),
    **more,
) -> FollowUp:
    """Of the plan loaded at start, over the people accompanied; counts of `about` are not exact."""
    plan = RedundancyPlan.objects.get()
    row = FollowUp.objects.create(
        plan=plan,
        perimeter=plan.perimeters.get(code="accompanied"),
        start=day,
        end=day,
        dataset=dataset,
        source="Commission de suivi",
        base=base,
        review=Review.SUBMITTED,
        author=author or person("staff"),
        **more,
    )
    for code, count in counts.items():
        FollowUpLine.objects.create(
            follow_up=row,
            category=Category.objects.get(code=code),
            count=count,
            qualifier=Qualifier.ABOUT if code in about else Qualifier.EXACT,
            measure="pse-situation",
            breakdown=f"SITUATION={code}",
        )
    return row
