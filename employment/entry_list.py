"""Entries by where they stand, for the lists of staff: to approve, yours, your colleagues’, approved."""

from dataclasses import dataclass

from django.urls import reverse

from agglo.figures.vocabulary import Review

from .models import AgreementReport, Entry, HelpedCompany, PlanEvent, PlanMeasure, Profile, SchoolReport
from .models.entry import OPEN

SHOWN = 30
# Code of each kind, its model and what leads to whose entry it is; a profile says its own code.
KINDS = (
    ("", Profile, "reviewer"),
    ("dates", PlanEvent, "plan"),
    ("mesures", PlanMeasure, "plan"),
    ("entreprises", HelpedCompany, "plan"),
    ("conventions", AgreementReport, "agreement__plan"),
    ("ecoles", SchoolReport, "school"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as a list shows it."""

    code: str
    row: Entry

    @property
    def title(self) -> str:
        return str(self.row)

    @property
    def owner(self) -> str:
        if isinstance(self.row, Profile):
            return "Fiche"
        for name in ("plan", "agreement", "school"):
            if hasattr(self.row, name):
                return str(getattr(self.row, name))
        return ""

    @property
    def href(self) -> str:
        return reverse("employment:entry", args=[self.code, self.row.pk])


def _rows(**asked) -> list[Listed]:
    """One query a kind, newest first."""
    found = []
    for code, model, owner in KINDS:
        rows = model.objects.filter(**asked).select_related(owner, "author").order_by("-created_at")
        found += [Listed(code or row.kind, row) for row in rows[:SHOWN]]
    return found


def submitted() -> list[Listed]:
    return _rows(review=Review.SUBMITTED)


def entries(user) -> dict[str, list[Listed]]:
    """By pile, as the page of plans and schools shows them; approved profiles have a list of their own."""
    approved = _rows(review=Review.APPROVED, superseded_at__isnull=True)
    begun = _rows(review__in=OPEN)
    return {
        "submitted": submitted(),
        "mine": [one for one in begun if one.row.author_id == user.pk],
        "others": [one for one in begun if one.row.author_id != user.pk],
        "approved": [one for one in approved if not isinstance(one.row, Profile)],
    }
