"""What the public and elected members read of the pipeline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public, roles
from agglo.figures.known_on import known_on
from agglo.opendata.lateness import lateness_of
from projects.implantation_page import books, unstaged
from projects.models import Prospect
from projects.public_pipeline import public_book, told_by_the_article


@public
@require_safe
def implantations(request: HttpRequest) -> HttpResponse:
    known = known_on(request)
    figures = told_by_the_article(known.day)
    # Cases hold no past: on a past day only the ledger is read, and the page says so.
    cases = {} if known.day else cases_told()
    context = {
        "known_on": known.day,
        "refusal": known.error,
        "figures": figures,
        "lateness": None if known.day else lateness_of(figures),
        **cases,
    }
    return render(request, "projects/prospects/public.html", context)


def cases_told() -> dict[str, object]:
    """What is announced today, and the quarter that may be told."""
    return {
        "announced": Prospect.objects.announced().attested().for_list(),
        "invented": Prospect.objects.announced().demo().for_list().in_pipeline(),
        "books": [book for demo in (False, True) if (book := public_book(demo=demo)) is not None],
    }


@roles("elected", "staff")
@require_safe
def for_elected(request: HttpRequest) -> HttpResponse:
    seen = Prospect.objects.visible_to(request.user).for_list().order_by("-stage", "code_name")
    return render(
        request,
        "projects/prospects/elected.html",
        {
            "books": books(request.user),
            "cases": seen.in_pipeline(),
            "unstaged": unstaged(request.user),
        },
    )
