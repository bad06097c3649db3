"""What staff decide of an import: each act is a POST that leads back to its page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from agglo.accounts.gates import roles
from projects.brought import NotNow
from projects.bulk import deciding
from projects.models import Import

from .imports import to_staff


def _act(request: HttpRequest, pk: int, act: Callable[[int], Import]) -> HttpResponse:
    row = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    try:
        act(row.pk)
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("projects:import", row.pk)


@to_staff
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda key: deciding.apply(key, request.user))


@to_staff
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda key: deciding.ask(key, request.user))


@to_staff
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda key: deciding.take_back(key, request.user))


@roles("reviewer")
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    note = request.POST.get("note", "")[:1000]
    return _act(request, pk, lambda key: deciding.send_back(key, request.user, note))


@to_staff
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda key: deciding.undo(key, request.user))


@to_staff
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, deciding.cancel)
