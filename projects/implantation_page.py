"""The portfolio ready for a page: a book of attested cases, one of invented ones, each with its pictures."""

from dataclasses import dataclass

from django.utils import timezone

from agglo.charts import Chart, Line, Mark, Point, french
from projects.counting import counted
from projects.horizons import after
from projects.models import Prospect
from projects.portfolio_shown import Shown, shown_to

SOURCE = "Dossiers suivis par l’agglomération"
SHORT = {
    "engaged": "Engagés",
    "weighted": "Pondéré",
    "without_largest": "Sans le plus gros",
    "every": "Tous",
}
MARKS = {
    "engaged": Mark.COMMITTED,
    "weighted": Mark.ESTIMATED,
    "without_largest": Mark.ESTIMATED,
    "every": Mark.POTENTIAL,
}


@dataclass(frozen=True, slots=True)
class Book:
    """`rows` are (words, range in words, cases); `year_ago`, the weighted one twelve months before."""

    shown: Shown
    rows: list[tuple[str, str, int]]
    funnel: Chart
    ranges: Chart
    share: str
    year_ago: str

    @property
    def demo(self) -> bool:
        return self.shown.demo


def books(user) -> list[Book]:
    """The attested one first; never one for both."""
    today = timezone.localdate()
    return [
        book(shown, shown_to(user, demo=demo, day=after(today, -12)))
        for demo in (False, True)
        if (shown := shown_to(user, demo=demo, day=today)) is not None
    ]


def unstaged(user) -> str:
    """« 2 dossiers sans étape notée »: cases that this person may read and that no portfolio counts."""
    rows = Prospect.objects.counted_for(user).filter(passages__isnull=True)
    attested, demo, _ = counted(rows, "", "")
    found = [(attested, ""), (demo, " pour la démonstration")]
    said = [f"{french.number(n)} {'dossiers' if n > 1 else 'dossier'}{inside}" for n, inside in found if n]
    return f"{' et '.join(said)} sans étape notée" if said else ""


def book(shown: Shown, before: Shown | None = None) -> Book:
    """`before` is told only when no hidden case is in either: their difference could give it away."""
    told = shown.portfolio
    comparable = before is not None and before.step == shown.step == 1
    return Book(
        shown,
        [(words, range_in_words(*shown.bounds(one)), one.cases) for _, words, one in shown.rows],
        funnel(shown),
        ranges(shown),
        french.percent(float(told.largest_share) * 100, 0) if told.largest_share is not None else "",
        range_in_words(*before.bounds(before.portfolio.weighted)) if comparable else "",
    )


def range_in_words(low: int, high: int | None) -> str:
    """« entre 72 et 81 emplois », « au moins 40 emplois », « 30 emplois »."""
    if low == high:
        return french.quantity(low, "emploi" if low < 2 else "emplois")
    return french.interval(low, high, "emplois")


def funnel(shown: Shown) -> Chart:
    counts = [(stage, count) for stage, count in shown.stages]
    total = sum(count for _, count in counts)
    cases = "dossiers" if total > 1 else "dossier"
    most = max(counts, key=lambda one: one[1])
    return Chart(
        key="entonnoir-fictif" if shown.demo else "entonnoir",
        question="Où en sont les dossiers\u202f?",
        reading=f"{french.number(total)} {cases} en cours\u202f; l’étape qui en compte le plus est"
        f" «\u202f{most[0].short}\u202f» ({french.number(most[1])}).",
        kind="hbar",
        lines=[Line("Dossiers", [Point(stage.short, count) for stage, count in counts], subject=True)],
        unit_label="dossiers, à leur étape d’aujourd’hui",
        source=SOURCE,
        demo=shown.demo,
    )


def ranges(shown: Shown) -> Chart:
    points = []
    for key, _, one in shown.rows:
        words, (low, high) = SHORT[key], shown.bounds(one)
        if high is None:
            points.append(Point(words, low, qualifier="at_least", mark=MARKS[key]))
        elif low == high:
            points.append(Point(words, low, mark=MARKS[key]))
        else:
            points.append(Point(words, low=low, high=high, mark=MARKS[key]))
    weighted = range_in_words(*shown.bounds(shown.portfolio.weighted))
    return Chart(
        key="portefeuille-fictif" if shown.demo else "portefeuille",
        question="Combien d’emplois ces dossiers pourraient-ils apporter\u202f?",
        reading=f"Pondéré par les chances déclarées\u00a0: {weighted}. Aucun n’est créé.",
        kind="dots",
        lines=[Line("Emplois possibles", points, subject=True)],
        unit="emplois",
        note="Les barres ne s’additionnent pas\u00a0: ce sont quatre façons de lire les mêmes dossiers.",
        source=SOURCE,
        demo=shown.demo,
    )
