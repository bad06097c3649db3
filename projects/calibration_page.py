"""Past weights beside what came true, ready for a page."""

from dataclasses import dataclass

from django.db.models import QuerySet

from agglo.charts import french
from projects.calibration import Calibration, Class
from projects.models import Prospect, ProspectStage
from projects.pipeline import calibration_of


@dataclass(frozen=True, slots=True)
class ClassRow:
    weight: str
    stages: str
    forecasts: int
    known: int
    settled: int
    observed: str
    verdict: str


@dataclass(frozen=True, slots=True)
class CalibrationBook:
    demo: bool
    told: Calibration
    rows: list[ClassRow]
    brier: str
    constant: str

    @property
    def caption(self) -> str:
        """« 1 issue connue; 2 encore ouvertes, qui ne jugent rien »."""
        known, waiting = self.told.known, self.told.still_open
        said = f"{french.number(known)} {'issues connues' if known > 1 else 'issue connue'}"
        if not waiting:
            return f"{said}\u202f; aucune n’est encore ouverte"
        rest = "ouvertes, qui ne jugent" if waiting > 1 else "ouverte, qui ne juge"
        return f"{said}\u202f; {french.number(waiting)} encore {rest} rien"


def calibration_page(user) -> dict[str, object]:
    """Over the cases that this person may read, as the other pages count them."""
    seen = Prospect.objects.counted_for(user)
    rows = [(False, seen.attested()), (True, seen.demo())]
    return {"books": [book for demo, cases in rows if (book := calibration_book(cases, demo)) is not None]}


def calibration_book(cases: QuerySet, demo: bool) -> CalibrationBook | None:
    told = calibration_of(cases)
    if not told.classes:
        return None
    rows = [
        ClassRow(
            french.percent(float(one.weight) * 100, None),
            ", ".join(ProspectStage(stage).short for stage in one.stages),
            one.forecasts,
            one.known,
            one.settled,
            observed(one),
            one.verdict,
        )
        for one in told.classes
    ]
    return CalibrationBook(demo, told, rows, french.number(told.brier, 3), french.number(told.constant, 3))


def observed(one: Class) -> str:
    """« 38 % (20 à 60 %) »."""
    if one.share is None:
        return "n.d."
    bounds = f"{french.number(one.low * 100)} à {french.percent(one.high * 100, 0)}"
    return f"{french.percent(one.share * 100, 0)} ({bounds})"
