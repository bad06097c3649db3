"""Pages of staff about promises: those that wait for a verdict first, a promise to add, a verdict to give."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.commitment_page import with_standing
from projects.filters import CommitmentFilter
from projects.forms.promise import PromiseForm
from projects.models import Commitment
from projects.publishable import KINDS, standings_of
from projects.views.changing import change_page
from projects.views.part_entry import part_page
from projects.views.writing import form_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])
HOME = "/equipe/engagements/"
TRAIL = [(HOME, "Engagements")]


@to_staff
@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    chosen = CommitmentFilter(request.GET, Commitment.objects.visible_to(request.user).for_list())
    found = sorted(with_standing(chosen.qs), key=_urgency)
    public = standings_of(Commitment, found)
    for one in found:
        one.publication = public[one.pk]
    return render(request, "projects/staff/promises.html", {"filter": chosen, "commitments": found})


def _urgency(one: Commitment) -> tuple:
    """Without a verdict first, then by deadline; those without one last."""
    return bool(one.status), one.due_on or date.max


@to_staff
@writing
def promise_new(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        PromiseForm(request.POST or None),
        title="Ajouter une promesse",
        trail=TRAIL,
        done="Promesse gardée. Elle n’est pas publique\u00a0: relisez-la, puis demandez sa publication.",
        lede="Une promesse garde ses mots et sa source. Un conditionnel n’est pas une promesse.",
        then=lambda promise, form: KINDS["engagements"].request_page(promise),
    )


@to_staff
@writing
def promise_change(request: HttpRequest, slug: str) -> HttpResponse:
    found = _promise(request, slug)
    return change_page(
        request, found, title="Modifier une promesse", trail=TRAIL, done="Promesse enregistrée.", then=HOME
    )


@to_staff
@writing
def verdict_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = _promise(request, slug)
    return part_page(
        request,
        found,
        "verdict",
        trail=TRAIL,
        done="Verdict gardé : il ne se récrit pas, un autre peut le suivre.",
        lede=f"{found}. Avec sa preuve, et qui le dit.",
        then=HOME,
    )


def _promise(request: HttpRequest, slug: str) -> Commitment:
    return get_object_or_404(Commitment.objects.visible_to(request.user), slug=slug)
