"""A small ledger: one counted measure, one rate, three communes, two sources."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from agglo.figures.models import Dataset, Measure, Release, Source
from agglo.figures.recording import Statement, define_measure, ensure_subject, record

EARLY = datetime(2023, 1, 10, tzinfo=UTC)
LATER = datetime(2024, 6, 1, tzinfo=UTC)


class Ledger:
    """Says things in the ledger with the fewest words."""

    def __init__(self) -> None:
        self.source = Source.objects.create(code="insee", name="Insee", kind="producer")
        self.press = Source.objects.create(code="gazette", name="La Gazette", kind="press")
        self.dataset = Dataset.objects.create(code="emplois", source=self.source, title="Emplois")
        self.article = Dataset.objects.create(code="article", source=self.press, title="Article")
        count = {"kind": "stock", "territory_rule": "sum"}
        define_measure("emplois", name="Emplois", counted_unit="emplois", **count)
        define_measure("sites", name="Sites", counted_unit="sites", **count)
        define_measure(
            "taux",
            name="Taux d’emploi",
            counted_unit="%",
            symbol="%",
            decimals=1,
            kind="rate",
            numerator=Measure.objects.get(code="emplois"),
            denominator=Measure.objects.get(code="sites"),
        )
        for code, name in [("62119", "Béthune"), ("62617", "Nœux-les-Mines"), ("62516", "Lillers")]:
            ensure_subject("COM", code, name, "commune")

    def release(self, edition: str = "1", dataset: Dataset | None = None) -> Release:
        return Release.objects.get_or_create(dataset=dataset or self.dataset, edition=edition)[0]

    def say(self, value, year=2022, measure="emplois", code="62119", known_from=EARLY, dataset=None, **more):
        statement = Statement(
            measure=measure,
            subject=("COM", code),
            release=self.release(dataset=dataset),
            known_from=known_from,
            start=date(year, 1, 1),
            end=date(year, 12, 31),
            value=None if value is None else Decimal(str(value)),
            **more,
        )
        return record([statement])


@pytest.fixture
def ledger(db) -> Ledger:
    return Ledger()
