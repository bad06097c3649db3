"""The Bridgestone plan as its sources tell it: dated points, perimeters kept apart, a rate and its bases."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agglo.charts import Chart, Line, Point
from agglo.figures.models import Contradiction, Observation, Quotation
from agglo.figures.picking import pick
from agglo.figures.reading import Figure, moment_of
from agglo.figures.vocabulary import Evidence, Qualifier, State
from agglo.figures.wording import EMPTY, MARKS, QUALIFIED, date_words, word

from .rates import Account, Base, Count

SUBJECT = ("PLAN", "bridgestone-bethune")
SOLVED = "B19"
PARTS = ("B20", "B21", "B22", "B23")
SOLUTIONS, CONCERNED, PROJECTS = "F01", "F02", "F03"
# Key of the fact that gives the denominator, and how a sentence names it.
BASES = (
    ("B18", "salariés qui ont accepté d’être accompagnés"),
    ("B17", "salariés licenciés"),
    ("F02", "personnes concernées par le plan"),
    ("B24", "salariés, périmètre non précisé par la source"),
    ("B26", "salariés privés d’emploi, périmètre non précisé par la source"),
    ("B01", "postes au moment de l’annonce"),
)
DURABLE = ("B20", "B21")


@dataclass(frozen=True, slots=True)
class Said:
    """One attested statement: the figure and the words it was read in."""

    figure: Figure
    quotation: Quotation

    @property
    def perimeter(self) -> str:
        return self.quotation.perimeter or "périmètre non précisé"


def percentage(top: Figure, bottom: Figure) -> Decimal:
    return 100 * top.value / bottom.value


def statements(day: date | None = None) -> dict[str, Said]:
    """Everything said about the plan and held true on that day, by key of its quotation. Three queries."""
    rows = Observation.objects.visible_to(None).known_on(moment_of(day))
    rows = rows.filter(
        series__subject__scheme=SUBJECT[0], series__subject__code=SUBJECT[1], quotation__isnull=False
    ).select_related("quotation")
    words = {row.pk: row.quotation for row in rows}
    figures = pick(words)
    ordered = sorted(figures.values(), key=lambda f: (f.start or date.max, f.end or date.max, f.id))
    return {words[f.id].key: Said(f, words[f.id]) for f in ordered}


def account(said: dict[str, Said]) -> Account | None:
    """What La Gazette told in 2024: 772 and its parts, over every base that the sources offer."""
    if SOLVED not in said:
        return None
    top = said[SOLVED].figure
    solved = Count(int(top.value), (top,))
    counts = {"solution": solved, "inconnu": solved}
    if all(key in said for key in DURABLE):
        parts = tuple(said[key].figure for key in DURABLE)
        counts["durable"] = Count(int(sum(part.value for part in parts)), parts)
    accompanied = said.get(BASES[0][0])
    if accompanied:
        counts["adhesion"] = Count(int(accompanied.figure.value), (accompanied.figure,))
    bases = [Base(words, said[key].figure) for key, words in BASES if key in said]
    title = f"{date_words(top)}, {top.series.source}"
    return Account("presse", title, top.series.source, counts, bases)


@dataclass(frozen=True, slots=True)
class Check:
    """Whether the parts a source gives make its total."""

    total: Said
    parts: list[Said]

    @property
    def holds(self) -> bool:
        return sum(part.figure.value for part in self.parts) == self.total.figure.value


def check(said: dict[str, Said]) -> Check | None:
    if any(key not in said for key in (SOLVED, *PARTS)):
        return None
    return Check(said[SOLVED], [said[key] for key in PARTS])


def strip(said: dict[str, Said]) -> Chart:
    """Each perimeter on its lane, each point on its date, no line between them."""
    lanes: dict[str, list[Point]] = {}
    subject = said[SOLVED].perimeter if SOLVED in said else None
    for item in said.values():
        figure = item.figure
        if figure.start is None or figure.series.symbol == "%":
            continue
        state = State(figure.state)
        lanes.setdefault(item.perimeter, []).append(
            Point(
                x=figure.start + (figure.end - figure.start) // 2,
                label=word(figure).date,
                value=figure.value,
                mark=MARKS[Evidence(figure.evidence)],
                note=figure.series.name[:1].lower() + figure.series.name[1:],
                state="value" if state == State.VALUE else EMPTY[state],
                perimeter=item.perimeter,
                qualifier=QUALIFIED.get(Qualifier(figure.qualifier), ""),
                url=f"/chiffres/{figure.id}/",
            )
        )
    return Chart(
        key="plan-bridgestone",
        question="Qu’a-t-on dit, quand, et de qui\u202f?",
        reading="Chaque point est une déclaration datée. Les périmètres diffèrent\u00a0: "
        "les points ne se relient pas.",
        kind="strip",
        lines=[Line(name=name, points=points, subject=name == subject) for name, points in lanes.items()],
        unit_label="nombres cités par les sources\u202f; l’unité est écrite à côté de chacun",
        source="presse et publications citées",
        source_url="/sources/#presse",
        download_url="/donnees/faits-attestes.csv",
    )


@dataclass(frozen=True, slots=True)
class Question:
    question: Contradiction
    answers: list[Figure]
    retained: object | None


def contradictions(day: date | None = None, subject: tuple[str, str] = SUBJECT) -> list[Question]:
    """What the sources answer differently about the plan or school, and the choice in force."""
    moment = moment_of(day)
    found = Contradiction.objects.filter(subject__scheme=subject[0], subject__code=subject[1])
    found = list(found.prefetch_related("observations", "choices"))
    figures = pick(row.pk for question in found for row in question.observations.all())
    result = []
    for question in found:
        answers = [figures[row.pk] for row in question.observations.all() if row.pk in figures]
        answers = [a for a in answers if moment is None or a.known_from <= moment]
        choices = [c for c in question.choices.all() if c.superseded_at is None]
        choices = [c for c in choices if moment is None or c.chosen_at <= moment]
        answers.sort(key=lambda a: (a.start or date.max, a.id))
        result.append(Question(question, answers, choices[0] if choices else None))
    return result
