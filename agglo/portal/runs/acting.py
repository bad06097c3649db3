"""What staff may do to a run or a dataset: each act is a POST that leads back to what it changed."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from agglo.opendata import by_hand, holding, pausing
from agglo.opendata.declaration import declared
from agglo.opendata.models import Cause, PauseKind, Run
from agglo.opendata.queueing import Busy, queue

from .listing import to_ask, to_decide

REASON = {"rows": 3, "maxlength": 1000}


class ReasonForm(forms.Form):
    raison = forms.CharField(label="Raison", max_length=1000, widget=forms.Textarea(attrs=REASON))


class PauseForm(ReasonForm):
    """Pause a dataset, or all those of its producer."""

    def __init__(self, data=None) -> None:
        super().__init__(data, auto_id="pause_%s")  # beside the form of the file on the same page

    portee = forms.ChoiceField(
        label="Ce qui s’arrête", choices=[("jeu", "ce jeu"), ("producteur", "tous les jeux du producteur")]
    )
    nature = forms.ChoiceField(label="Qui l’arrête", choices=PauseKind)
    depuis = forms.DateField(
        label="Depuis le", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Vide\u00a0: dès aujourd’hui.",
    )  # fmt: skip
    jusque = forms.DateField(
        label="Jusqu’au", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Vide\u00a0: jusqu’à ce que quelqu’un lève la pause.",
    )  # fmt: skip
    annonce = forms.URLField(
        label="Adresse de l’annonce du producteur", required=False, assume_scheme="https", max_length=500
    )


@to_decide
@require_POST
def release(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(Run, pk=run_id)
    try:
        taken = holding.release(run, request.user, request.POST.get("raison", ""))
    except (ValueError, holding.NotHeld, Busy, KeyError) as error:
        return _back(request, run, error)
    messages.success(request, f"Libérée\u00a0: l’actualisation n°\u00a0{taken.pk} charge cette réponse.")
    return redirect("portal:run", taken.pk)


@to_decide
@require_POST
def refuse(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(Run, pk=run_id)
    try:
        holding.refuse(run, request.user, request.POST.get("raison", ""))
    except (ValueError, holding.NotHeld) as error:
        return _back(request, run, error)
    messages.success(request, "Abandonnée\u00a0: ses réponses restent archivées, rien n’a été chargé.")
    return redirect("portal:run", run.pk)


@to_decide
@require_POST
def hold(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(Run, pk=run_id)
    try:
        holding.hold(run, request.user, request.POST.get("raison", ""))
    except (ValueError, holding.NotHeld) as error:
        return _back(request, run, error)
    messages.success(request, "Elle s’arrêtera avant d’écrire, et vous attendra.")
    return redirect("portal:run", run.pk)


@to_ask
@require_POST
def retry(request: HttpRequest, run_id: int) -> HttpResponse:
    """Asks again: the service, or the archive when the run read the archive. A file brought by hand still
    waits for somebody's word.
    """
    run = get_object_or_404(Run, pk=run_id)
    options = dict(run.options)
    if request.POST.get("archive"):
        options = {name: said for name, said in options.items() if name in by_hand.KEPT} | {"replay": run.pk}
    elif "replay" not in options:
        options.pop("hold", None)
    try:
        asked = queue(run.code, cause=Cause.STAFF, user=request.user, options=options)
    except (KeyError, Busy) as error:
        return _back(request, run, error)
    return redirect("portal:run", asked.pk)


@to_ask
@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    found = declared().get(code)
    ended = pausing.resume(request.user, code=code)
    ended += pausing.resume(request.user, producer=found.source.code) if found else 0
    if ended:
        messages.success(request, "La pause est levée\u00a0: le jeu sera demandé à son rythme.")
    else:
        messages.warning(request, "Aucune pause de nos services n’était en cours pour ce jeu.")
    return redirect("portal:run_dataset", code)


def _back(request: HttpRequest, run: Run, error: Exception) -> HttpResponse:
    words = error.args[0] if isinstance(error, KeyError) else str(error)
    messages.error(request, words)
    return redirect("portal:run", run.pk)
