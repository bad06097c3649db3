"""The life-cycle stages a site is at, a bit each, kept beside it by the database (stages_now.sql).

What is kept holds for a stretch of days. On any other day the stages of the site are asked instead: what is
read is true whatever the day.
"""

from datetime import date

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Case, F, IntegerField, Manager, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from .told import in_span


def bits_on(day: date, stages: Manager) -> Case:
    """Of each row of a query of sites."""
    kept = Q(stage_bits_since__isnull=True) | Q(stage_bits_since__lte=day)
    kept &= Q(stage_bits_until__isnull=True) | Q(stage_bits_until__gt=day)
    held = stages.filter(in_span(day), site=OuterRef("pk")).order_by().values("site")
    asked = held.annotate(bits=BitOr(Value(1).bitleftshift(F("stage")))).values("bits")
    return Case(
        When(kept, then=F("stage_bits")),
        default=Coalesce(Subquery(asked), Value(0)),
        output_field=IntegerField(),
    )
