"""One dataset's life: how fresh it is, its runs, its pauses, a file loaded by hand."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.opendata import by_hand
from agglo.opendata.declaration import declared
from agglo.opendata.errors import RefreshError
from agglo.opendata.freshness import freshness_of
from agglo.opendata.models import Pause, Run
from agglo.opendata.queueing import Busy

from .acting import PauseForm
from .listing import to_ask, to_staff

SHOWN = 20


class FileForm(forms.Form):
    fichier = forms.FileField(
        label="Fichier", help_text=f"CSV, XLSX, ZIP, JSON ou XML, {by_hand.limit_words()} au plus."
    )
    partiel = forms.BooleanField(
        label="Il ne contient qu’une partie du jeu", required=False,
        help_text="Par exemple des lignes corrigées\u00a0: ce qu’il ne contient pas reste en place.",
    )  # fmt: skip
    raison = forms.CharField(label="D’où vient-il, pourquoi le charger", max_length=500)


@to_staff
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    return render(
        request,
        "portal/run_dataset.html",
        _context(code, PauseForm(), FileForm(initial={"partiel": "partiel" in request.GET})),
    )


@to_ask
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Archives the file and has it compared; nothing is written before somebody has seen what changes."""
    if code not in declared():
        raise Http404("Ce jeu de données n’est pas déclaré.")
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            run = by_hand.receive(
                code, form.cleaned_data["fichier"], request.user, form.cleaned_data["raison"],
                partial=form.cleaned_data["partiel"],
            )  # fmt: skip
        except (RefreshError, Busy, ValueError) as error:
            form.add_error("fichier", getattr(error, "sentence", "") or str(error))
        else:
            messages.success(
                request, "Le fichier est archivé et comparé. Rien n’est chargé avant votre accord."
            )
            return redirect("portal:run", run.pk)
    return render(request, "portal/run_dataset.html", _context(code, PauseForm(), form), status=400)


def _context(code: str, pausing: PauseForm, file: FileForm) -> dict[str, object]:
    found = declared().get(code)
    runs = Run.objects.filter(code=code)
    if found is None:
        raise Http404("Ce jeu de données n’est pas déclaré.")
    producer = found.source.code
    pauses = Pause.objects.filter(code=code) | Pause.objects.filter(producer=producer)
    return {
        "declaration": found,
        "fresh": freshness_of([code])[0],
        "runs": runs.select_related("asked_by")[:SHOWN],
        "pauses": pauses.select_related("asked_by", "ended_by"),
        "pause_form": pausing,
        "file_form": file,
    }
