"""What a reviewer decides about the ledger: the answer of a contradiction to retain, a figure that waits."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.figures import display, reviewing
from agglo.figures.models import Contradiction, Observation
from agglo.figures.picking import pick
from agglo.figures.reading import read_figure
from agglo.figures.retaining import CannotRetain, retain
from agglo.figures.vocabulary import Review

from .runs.listing import to_staff

to_decide = roles("reviewer")


class ChoiceForm(forms.Form):
    """Which answer, and why: the reason is public, on the cards of all the answers."""

    answer = forms.TypedChoiceField(label="Réponse à lire la première", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Pourquoi ce choix",
        min_length=10,
        max_length=1000,
        help_text="Publié sur la fiche de chaque réponse. Dites ce qui départage les sources.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, figures: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [
            (one.id, f"{display.value_words(one)}, {one.series.source}") for one in figures
        ]


class ReviewForm(forms.Form):
    decision = forms.TypedChoiceField(
        label="Décision",
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (Review.APPROVED, "Valider\u00a0: le chiffre devient public si sa série l’est"),
            (Review.SENT_BACK, "Renvoyer avec une remarque"),
            (Review.WITHDRAWN, "Retirer, en disant pourquoi"),
        ],
    )
    note = forms.CharField(
        label="Remarque ou raison",
        required=False,
        max_length=1000,
        help_text="Obligatoire pour renvoyer ou retirer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@to_staff
@require_safe
def contradictions(request: HttpRequest) -> HttpResponse:
    rows = Contradiction.objects.select_related("subject").prefetch_related("choices")
    listed = [(row, next((c for c in row.choices.all() if c.superseded_at is None), None)) for row in rows]
    # Those without a choice first: they wait.
    return render(
        request, "portal/contradictions.html", {"listed": sorted(listed, key=lambda pair: bool(pair[1]))}
    )


@to_staff
@require_safe
def contradiction(request: HttpRequest, code: str) -> HttpResponse:
    return _contradiction(request, get_object_or_404(Contradiction, code=code))


@to_decide
@require_POST
def choose(request: HttpRequest, code: str) -> HttpResponse:
    question = get_object_or_404(Contradiction, code=code)
    form = ChoiceForm(request.POST, figures=_answers(question))
    if form.is_valid():
        chosen = get_object_or_404(Observation, pk=form.cleaned_data["answer"])
        try:
            retain(question, chosen, form.cleaned_data["reason"], request.user)
        except CannotRetain as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Le choix est gardé, et le précédent se lit toujours au-dessous.")
            return redirect("portal:contradiction", question.code)
    return _contradiction(request, question, form, 400)


def _answers(question: Contradiction) -> list:
    found = pick(question.observations.values_list("pk", flat=True))
    return sorted(found.values(), key=lambda one: (one.end is None, one.end, one.id))


def _contradiction(request, question: Contradiction, form: ChoiceForm | None = None, status: int = 200):
    figures, choices = _answers(question), list(question.choices.select_related("observation"))
    current = next((one for one in choices if one.superseded_at is None), None)
    start = {"answer": current.observation_id if current else None}
    page = {
        "question": question,
        "figures": figures,
        "current": current,
        "choices": [(one, next((f for f in figures if f.id == one.observation_id), None)) for one in choices],
        "form": form or ChoiceForm(figures=figures, initial=start),
        "may_decide": request.user.holds("reviewer"),
    }
    return render(request, "portal/contradiction.html", page, status=status)


@to_staff
@require_safe
def waiting(request: HttpRequest, figure_id: int) -> HttpResponse:
    return _waiting(request, get_object_or_404(Observation, pk=figure_id), ReviewForm())


@to_decide
@require_POST
def decide(request: HttpRequest, figure_id: int) -> HttpResponse:
    row, form = get_object_or_404(Observation, pk=figure_id), ReviewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            reviewing.review(row, Review(said["decision"]), said["note"], request.user)
        except reviewing.CannotReview as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"La décision est gardée\u00a0: {Review(said['decision']).label}.")
            return redirect("portal:waiting", figure_id)
    return _waiting(request, row, form, 400)


def _waiting(request, row: Observation, form: ReviewForm, status: int = 200) -> HttpResponse:
    row.refresh_from_db(fields=["review"])
    page = {
        "row": row,
        "figure": read_figure(row.pk, user=request.user),
        "events": row.review_events.select_related("by"),
        "form": form,
        "waits": row.review in reviewing.WAITING and row.known_to is None,
        "may_decide": request.user.holds("reviewer") and row.author_id != request.user.pk,
    }
    return render(request, "portal/waiting.html", page, status=status)
