"""What the public reads of the pipeline: the article's words, announced cases, sums that name nobody."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from agglo.charts import Chart, Line, Point, french
from agglo.figures import reading
from agglo.figures.figure import Figure
from projects.implantation_page import SOURCE, range_in_words
from projects.models import Prospect, ProspectPassage
from projects.models.prospect_step import PIPELINE, ProspectStage
from projects.portfolio_shown import Shown, shown_to
from projects.releasing import WHOLE, masked_stages, quarter_ends, released

TOLD = ("projets-implantation", "projets-implantation-probables", "emplois-potentiels")
STEP = 50  # jobs: what the public reads is rounder than what the house reads
PLACE = ("SITE", "bridgestone-bethune")


@dataclass(frozen=True, slots=True)
class PublicBook:
    """`rows` are (words, range in words); `cases` is None when their number would tell of one."""

    day: date
    cases: int | None
    rows: list[tuple[str, str]]
    funnel: Chart
    shown: Shown
    demo: bool


def told_by_the_article(known_on: date | None = None) -> list[Figure]:
    """In the order they are said: about forty projects, two of them, up to 300 jobs."""
    found = reading.latest(TOLD, [PLACE], known_on=known_on)
    return [found[key] for code in TOLD if (key := (code, *PLACE)) in found]


def public_book(*, demo: bool = False) -> PublicBook | None:
    """None as long as no quarter can be told."""
    rows = Prospect.objects.demo() if demo else Prospect.objects.attested()
    day = release_day(rows)
    shown = shown_to(AnonymousUser(), demo=demo, day=day) if day else None
    if shown is None or shown.left_out:
        return None
    counts = dict(shown.stages)
    masked = masked_stages({stage: count for stage, count in counts.items() if count})
    cases = None if WHOLE in masked else sum(counts.values())
    told = [(words, range_in_words(*shown.bounds(one, STEP))) for _, words, one in shown.rows if one.cases]
    return PublicBook(day, cases, told, _funnel(shown, masked, cases, day), shown, demo)


def release_day(rows) -> date | None:
    """Two queries, whatever the number of quarters."""
    passages = list(
        ProspectPassage.objects.filter(prospect__in=rows)
        .order_by("on", "pk")
        .values_list("prospect", "stage", "on")
    )
    if not passages:
        return None
    stages: dict[int, int] = {}
    snapshots, place = [], 0
    for day in quarter_ends(passages[0][2], timezone.localdate()):
        while place < len(passages) and passages[place][2] <= day:
            stages[passages[place][0]] = passages[place][1]
            place += 1
        snapshots.append((day, frozenset(one for one in stages.items() if one[1] in PIPELINE)))
    return released(snapshots)


def _funnel(shown: Shown, masked: set, cases: int | None, day: date) -> Chart:
    points = [
        Point(ProspectStage(stage).short, state="masked") if stage in masked else Point(stage.short, count)
        for stage, count in shown.stages
    ]
    return Chart(
        key="implantations-fictif" if shown.demo else "implantations",
        question="Où en sont les dossiers suivis\u202f?",
        reading=f"{french.number(cases)} dossiers étaient ouverts le {french.date_long(day)}."
        if cases is not None
        else "Ces dossiers sont trop peu nombreux pour que leur nombre soit dit.",
        kind="hbar",
        lines=[Line("Dossiers", points, subject=True)],
        unit_label=f"dossiers ouverts, au {french.date_long(day)}",
        note="s\u00a0: nombre masqué, pour qu’aucune entreprise ne soit reconnue.",
        source=SOURCE,
        demo=shown.demo,
    )
