"""What reading gives back: a figure as it stands in the ledger, and the series it belongs to."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from agglo.figures.vocabulary import Evidence, State

_VALUE, _ESTIMATED = int(State.VALUE), int(Evidence.ESTIMATED)


class SeriesInfo(NamedTuple):
    """A series with what a page says about it."""

    id: int
    measure: str
    version: int
    name: str
    counted_unit: str
    counted_unit_one: str
    symbol: str
    decimals: int
    kind: str
    direction: str
    territory_rule: str
    denominator: str | None
    min_count: int
    subject_id: int
    scheme: str
    code: str
    subject: str
    subject_kind: str
    subject_path: str
    breakdown: str
    dataset_id: int
    dataset: str
    dataset_title: str
    source: str
    rank: int


class Figure(NamedTuple):
    """One observation as it is read: a value or the state of not having one, and where it comes from.

    A tuple, because a page makes thousands of them.
    """

    id: int
    start: date | None
    end: date | None
    value: Decimal | None
    value_high: Decimal | None
    state: int
    evidence: int
    qualifier: int
    dating: int
    origin: int
    obs_status: str
    reason: int
    known_from: datetime
    known_to: datetime | None
    release_id: int
    quotation_id: int | None
    series: SeriesInfo

    @property
    def has_value(self) -> bool:
        return self.state == _VALUE

    @property
    def provisional(self) -> bool:
        return self.obs_status in "PE" or self.evidence == _ESTIMATED
