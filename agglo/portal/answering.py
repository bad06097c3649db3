"""Contests of the public: their list, one of them, and the public answer a reviewer writes once."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.figures import contesting
from agglo.figures.models import Contest, Outcome
from agglo.figures.picking import pick

from .runs.listing import to_staff

ANSWERED_SHOWN = 50


class AnswerForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label="Suite donnée",
        coerce=int,
        choices=[("", "Choisir")] + [choice for choice in Outcome.choices if choice[0] != Outcome.OPEN],
    )
    words = forms.CharField(
        label="Réponse publique",
        min_length=10,
        max_length=1000,
        help_text="Publiée sur la fiche du chiffre, telle quelle\u00a0: ne nommez ni ne citez la personne."
        " Une contestation écartée n’est pas publiée, et ces mots restent entre nous.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@to_staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = Contest.objects.visible_to(request.user).select_related(
        "observation__series__measure_version", "observation__series__subject", "answered_by"
    )
    page = {"waiting": rows.open().order_by("received_at")}
    page["answered"] = rows.exclude(outcome=Outcome.OPEN).order_by("-answered_at")[:ANSWERED_SHOWN]
    return render(request, "portal/contests.html", page)


@to_staff
@require_safe
def one(request: HttpRequest, contest_id: int) -> HttpResponse:
    return _page(request, _contest(request, contest_id), AnswerForm())


@roles("reviewer")
@require_POST
def answer(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest, form = _contest(request, contest_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, contest, form, 400)
    said = form.cleaned_data
    try:
        contesting.answer(contest, said["outcome"], said["words"], request.user)
    except contesting.CannotAnswer as error:
        form.add_error(None, str(error))
        return _page(request, contest, form, 409)
    messages.success(
        request, "La réponse est gardée. Elle se lit sur la fiche du chiffre, sauf si elle l’écarte."
    )
    return redirect("portal:contest_one", contest.pk)


def _contest(request: HttpRequest, contest_id: int) -> Contest:
    rows = Contest.objects.visible_to(request.user).select_related("answered_by")
    return get_object_or_404(rows, pk=contest_id)


def _page(request: HttpRequest, contest: Contest, form: AnswerForm, status: int = 200) -> HttpResponse:
    contest.refresh_from_db(fields=["outcome", "answer", "answered_by", "answered_at"])
    figure = pick([contest.observation_id]).get(contest.observation_id)
    page = {"contest": contest, "figure": figure, "form": form, "may_answer": request.user.holds("reviewer")}
    return render(request, "portal/contest_one.html", page, status=status)
