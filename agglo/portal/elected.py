"""What an elected member opens between two meetings: five figures, and what needs attention."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import roles
from agglo.figures.display import denominator_words
from agglo.figures.reading import Figure, latest
from agglo.opendata.duties import Entered, entered
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.lateness import Lateness
from projects.implantation_page import books

from .corrections import corrected, corrections_of

FIVE = (
    ("taux-chomage-localise", "ZE2020", "3205"),
    ("pse-avec-solution", "PLAN", "bridgestone-bethune"),
    ("site-part-reutilisee", "SITE", "bridgestone-bethune"),
    ("emplois-potentiels", "SITE", "bridgestone-bethune"),
    ("sites-industriels", "EPCI", "200072460"),
)
# The source counts these among a group that its own measure does not name.
OF_WHOM = {"pse-avec-solution": "parmi les salariés accompagnés"}
LATEST_CORRECTIONS = 5


@roles("elected", "staff", "reviewer", "admin")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = latest({key[0] for key in FIVE}, {key[1:] for key in FIVE}, user=request.user)
    standing, owed = freshness_of(), entered()
    return render(
        request,
        "portal/elected.html",
        {
            "books": books(request.user),
            "five": [_card(found[k]) for k in FIVE if k in found],
            "lateness": Lateness(standing, owed),
            "corrections": corrections_of(corrected().values_list("pk", flat=True)[:LATEST_CORRECTIONS]),
            "late": [
                [f for f in standing if f.state == state] for state in (Standing.FAILED, Standing.SOURCE_LATE)
            ],
            "owed": _by_duty(one for one in owed if one.is_late),
        },
    )


def _by_duty(late: Iterable[Entered]) -> list[list[Entered]]:
    """One line a sort of thing, whatever the number of things."""
    return [list(ones) for _, ones in groupby(late, key=lambda one: one.code)]


def _card(figure: Figure) -> tuple[Figure, str, str]:
    """The figure, a title that says what it is about (a zone is not the authority), its denominator."""
    info = figure.series
    return figure, f"{info.name}, {info.subject_kind}", OF_WHOM.get(info.measure) or denominator_words(figure)
