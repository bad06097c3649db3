"""Rows held back and written together, those that others point at first."""

from django.db.models import Model

from projects.models import (
    BudgetLine,
    Bulletin,
    JobClaim,
    JobPool,
    LifeStage,
    Lot,
    LotState,
    Milestone,
    Occupancy,
    Ownership,
    Passage,
    PlannedDate,
    ProspectPassage,
    Risk,
    Surface,
)

ORDER = (Surface, Ownership, LifeStage, Lot, LotState, Occupancy, Passage, Milestone, PlannedDate)
ORDER += (BudgetLine, Risk, Bulletin, JobPool, JobClaim, ProspectPassage)


class Batch:
    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Model]] = {model: [] for model in ORDER}

    def add(self, model: type[Model], **fields) -> Model:
        row = model(**fields)
        self.rows[model].append(row)
        return row

    def write(self) -> None:
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=1000)
