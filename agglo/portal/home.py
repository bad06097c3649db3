"""The home page: what the territory is going through, in figures that all open."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.charts.french import number
from agglo.figures import reading
from agglo.figures.reading import Figure, Key
from agglo.opendata.duties import entered
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.lateness import Lateness
from agglo.portal import chapters, story
from agglo.portal.arrivals import arrivals
from agglo.portal.corrections import corrected, corrections_of
from agglo.territory import dots
from agglo.territory.map import places

POPULATION = "population-municipale"
YEARS_SHOWN = 40  # quarters: ten years


@dataclass(frozen=True, slots=True)
class Headline:
    figure: Figure
    title: str
    denominator: str = ""
    trend: list | None = None
    trend_words: str = ""
    href: str = ""


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    said = story.statements()
    found = reading.latest([*chapters.measures(), POPULATION])
    rates = reading.series([chapters.UNEMPLOYMENT], last=YEARS_SHOWN)
    communes = places()
    standing, owed = freshness_of(), entered()
    late = Lateness(standing, owed)
    # What is worked out or counted here has no address: no official source stands behind it directly.
    standings = Counter(fresh.state for fresh in standing if fresh.declaration.base_url)
    shown = headlines(found, rates, said)
    context = {
        "headlines": shown,
        "lateness": late,
        "population": found.get((POPULATION, *chapters.EPCI)),
        "strip": story.strip(said),
        "outcomes": story.outcomes(said),
        "unemployment": chapters.unemployment(rates, late),
        "chapters": chapters.chapters(found),
        "places": communes,
        "map": dots.draw(communes),
        "followed": standings.total(),
        "standings": [(Standing(state).label, count) for state, count in sorted(standings.items())],
        "owed": sum(one.is_late for one in owed),
        "arrivals": arrivals(),
        "corrections": corrections_of(corrected().values_list("pk", flat=True)[:3]),
    }
    return render(request, "portal/home.html", context)


def headlines(
    found: dict[Key, Figure], rates: dict[Key, list[Figure]], said: dict[str, Figure]
) -> list[Headline]:
    """Four at most; one that is not loaded leaves its place to none."""
    cards: list[Headline] = []
    if zone := rates.get((chapters.UNEMPLOYMENT, *chapters.ZONE)):
        values = [f.value for f in zone[-20:]]
        cards.append(
            Headline(
                zone[-1],
                "Chômage, zone d’emploi de Béthune",
                "des actifs résidents",
                values,
                "depuis cinq ans",
            )
        )
    if people := found.get((POPULATION, *chapters.EPCI)):
        cards.append(Headline(people, "Population de l’agglomération"))
    if solved := said.get("B19"):
        cards.append(Headline(solved, "Anciens de Bridgestone avec une solution", denominator(said)))
    if sites := found.get(("sites-industriels", *chapters.EPCI)):
        cards.append(Headline(sites, "Sites industriels", "sur le territoire"))
    if shops := found.get(("commerces-proximite", *chapters.EPCI)):
        cards.append(Headline(shops, "Commerces de proximité", "sur le territoire"))
    return cards[:4]


def denominator(said: dict[str, Figure]) -> str:
    helped = said.get("B18")
    return f"sur {number(helped.value)} accompagnées" if helped and helped.has_value else ""
