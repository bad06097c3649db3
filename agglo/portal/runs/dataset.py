"""One dataset's life: how fresh it is, its runs, its pauses, a file loaded by hand."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.opendata import by_hand, pausing
from agglo.opendata.declaration import declared
from agglo.opendata.errors import RefreshError
from agglo.opendata.freshness import freshness_of
from agglo.opendata.models import Pause, Run
from agglo.opendata.queueing import Busy

from .acting import PauseForm
from .listing import to_ask, to_staff

SHOWN = 20


class FileForm(forms.Form):
    fichier = forms.FileField(label="Fichier")
    partiel = forms.BooleanField(
        label="Il ne contient qu’une partie du jeu", required=False,
        help_text="Par exemple des lignes corrigées\u00a0: ce qu’il ne contient pas reste en place.",
    )  # fmt: skip
    raison = forms.CharField(label="D’où vient-il, pourquoi le charger", max_length=500)

    def __init__(self, *args, code: str, **more) -> None:
        super().__init__(*args, **more)
        wanted = by_hand.wanted_words(declared()[code])
        self.fields["fichier"].help_text = f"{wanted[:1].upper()}{wanted[1:]}."


@to_staff
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    return shown(
        request, code, file=FileForm(code=known(code), initial={"partiel": "partiel" in request.GET})
    )


@to_ask
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Archives the file and has it compared; nothing is written before somebody has seen what changes."""
    form = FileForm(request.POST, request.FILES, code=known(code))
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
    return shown(request, code, file=form)


@to_ask
@require_POST
def pause(request: HttpRequest, code: str) -> HttpResponse:
    form = PauseForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        whole = said["portee"] == "producteur"
        try:
            pausing.pause(
                request.user, said["raison"], kind=said["nature"], since=said["depuis"],
                until=said["jusque"], url=said["annonce"], code="" if whole else known(code),
                producer=declared()[known(code)].source.code if whole else "",
            )  # fmt: skip
        except ValueError as error:
            form.add_error("jusque" if said["jusque"] else None, str(error))
        else:
            messages.success(
                request, "C’est arrêté. Vous pouvez encore demander une actualisation à la main."
            )
            return redirect("portal:run_dataset", code)
    return shown(request, known(code), pause=form)


def known(code: str) -> str:
    """The code of a declared dataset. Raises Http404."""
    if code not in declared():
        raise Http404("Ce jeu de données n’est pas déclaré.")
    return code


def shown(
    request: HttpRequest, code: str, *, file: FileForm | None = None, pause: PauseForm | None = None
) -> HttpResponse:
    """The page with the form that was sent, its faults beside what was typed."""
    file, pause = file or FileForm(code=code), pause or PauseForm()
    refused = file if file.errors else pause
    status = 400 if refused.errors else 200
    context = _context(code, pause, file) | {"form": refused}
    return render(request, "portal/run_dataset.html", context, status=status)


def _context(code: str, pausing: PauseForm, file: FileForm) -> dict[str, object]:
    found = declared()[code]
    runs = Run.objects.filter(code=code)
    pauses = Pause.objects.filter(code=code) | Pause.objects.filter(producer=found.source.code)
    return {
        "declaration": found,
        "fresh": freshness_of([code])[0],
        "runs": runs.select_related("asked_by")[:SHOWN],
        "pauses": pauses.select_related("asked_by", "ended_by"),
        "pause_form": pausing,
        "file_form": file,
    }
