"""What an update changes beside what was published last: for its author before, for its reader after."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from agglo.charts.french import date_long
from agglo.figures.vocabulary import Review
from projects.models import Bulletin, Project, Site, Update, UpdateStep
from projects.updates.differences import Change, fields_changed, shown, words_changed
from projects.updates.entry import UpdateForm, planned_for

Weather = Bulletin.Weather
EMPTY = SafeString("")


@dataclass(frozen=True, slots=True)
class Before:
    """What was published last of a project or a site."""

    as_of: date
    weather: str
    synthesis: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`synthesis` is the text with what came and went; empty when it is the same."""

    before: Before | None
    changes: list[Change] = field(default_factory=list)
    synthesis: SafeString = EMPTY

    @property
    def nothing(self) -> bool:
        return not self.changes and not self.synthesis


def before(target: Project | Site, row: Update | None = None) -> Before | None:
    """The last published one, this one apart; for a project its bulletins, whoever wrote them."""
    if isinstance(target, Project):
        held = target.bulletins.exclude(update=row) if row and row.bulletin_id else target.bulletins
    else:
        held = target.updates.filter(review=Review.APPROVED).exclude(pk=row.pk if row else None)
    last = held.order_by("-as_of", "-pk").first()
    return Before(last.as_of, last.weather, last.synthesis) if last else None


def compare_form(form: UpdateForm, then: Before | None) -> Comparison:
    """Of what is typed, right or wrong."""
    raw = form.raw()
    steps = [
        (one.name, planned_for(one), _step(raw.get(f"m{one.pk}-kind", ""), raw.get(f"m{one.pk}-on", "")))
        for one in form.moving
        if raw.get(f"m{one.pk}-kind")
    ]
    return _compare(then, raw["as_of"], raw["weather"], raw["synthesis"], steps)


def compare_row(row: Update, then: Before | None) -> Comparison:
    """Of what was submitted."""
    steps = [
        (one.milestone.name, planned_for(one.milestone), f"{_step(one.kind, str(one.on))} ({one.words})")
        for one in row.steps.select_related("milestone").prefetch_related("milestone__dates")
    ]
    return _compare(then, str(row.as_of or ""), row.weather, row.synthesis, steps)


def _compare(
    then: Before | None, as_of: str, weather: str, synthesis: str, steps: list[tuple[str, str, str]]
) -> Comparison:
    rows = [
        ("Situation au", date_long(then.as_of) if then else "", _day(as_of)),
        ("Météo", _weather(then.weather) if then else "", _weather(weather)),
        *steps,
    ]
    said, was = synthesis.strip(), then.synthesis.strip() if then else ""
    same = said == was
    return Comparison(then, list(fields_changed(rows)), EMPTY if same else shown(words_changed(was, said)))


def _weather(code: str) -> str:
    return Weather(code).label if code in Weather.values else ""


def _step(kind: str, on: str) -> str:
    if kind not in UpdateStep.Kind.values:
        return ""
    return f"{UpdateStep.Kind(kind).label} le {_day(on)}" if on else UpdateStep.Kind(kind).label


def _day(said: str) -> str:
    try:
        return date_long(date.fromisoformat(said))
    except ValueError:
        return said
