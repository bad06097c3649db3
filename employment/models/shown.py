"""Rows that the public may read, and those that the team still keeps to itself."""

from typing import Self

from django.db import models


class ShownQuerySet(models.QuerySet):
    shown_by = "published"

    def visible_to(self, user) -> Self:
        """Staff read every row, everybody else those that are public."""
        holds = getattr(user, "holds", None)
        return self if holds is not None and holds("staff") else self.published()

    def published(self) -> Self:
        return self.filter(**{self.shown_by: True})


class ShownWithPlanQuerySet(ShownQuerySet):
    """Rows that follow the plan they belong to."""

    shown_by = "plan__published"
