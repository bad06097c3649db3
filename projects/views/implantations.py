"""What the public and elected members read of the pipeline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public, roles
from agglo.figures.known_on import known_on
from agglo.opendata.lateness import lateness_of
from projects.implantation_page import books
from projects.models import Prospect
from projects.public_pipeline import public_book, told_by_the_article


@public
@require_safe
def implantations(request: HttpRequest) -> HttpResponse:
    known = known_on(request)
    figures = told_by_the_article(known.day)
    context = {
        "known_on": known.day,
        "refusal": known.error,
        "figures": figures,
        "lateness": None if known.day else lateness_of(figures),
        "announced": Prospect.objects.announced().attested().for_list(),
        "invented": Prospect.objects.announced().demo().for_list().in_pipeline(),
        "books": [book for demo in (False, True) if (book := public_book(demo=demo)) is not None],
    }
    return render(request, "projects/prospects/public.html", context)


@roles("elected", "staff")
@require_safe
def for_elected(request: HttpRequest) -> HttpResponse:
    seen = Prospect.objects.visible_to(request.user).for_list().order_by("-stage", "code_name")
    return render(
        request,
        "projects/prospects/elected.html",
        {"books": books(request.user), "cases": seen.in_pipeline()},
    )
