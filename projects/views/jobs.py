"""Announced jobs and what became of them, by year of announcement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.horizon_page import horizon_books


@public
@require_safe
def by_cohort(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/jobs_by_cohort.html", {"books": horizon_books()})
