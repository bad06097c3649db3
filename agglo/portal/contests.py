"""« Contester ce chiffre »: a plain form open to all, without account nor cookie (decision 17)."""

from time import time

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agglo.accounts.gates import public
from agglo.accounts.lockout import client_ip
from agglo.figures import contesting
from agglo.figures.reading import Figure, read_figure

DAY = 24 * 3600
PEOPLE_TAKE = 3  # seconds at least between reading the form and sending it
SALT = "contest"


class ContestForm(forms.Form):
    """What is wrong, what shows it, and where to answer. `trap` is hidden: only programs fill it."""

    wrong = forms.CharField(
        label="Qu’est-ce qui est faux, et que faudrait-il lire\u202f?",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Dites en une phrase ce qui est faux."},
    )
    proof = forms.CharField(
        label="Ce qui le montre (facultatif)",
        required=False,
        max_length=1000,
        help_text="Une adresse, un document, une page\u00a0: de quoi vérifier.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label="Votre adresse e-mail (facultatif)",
        required=False,
        help_text="Pour vous demander une précision. Jamais publiée, effacée 30 jours après la réponse.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    trap = forms.CharField(required=False)
    read = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, about: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.fields["read"].initial = self.shown_now()

    def shown_now(self) -> str:
        return signing.dumps([self.about, time()], salt=SALT)

    def clean(self) -> dict:
        """A form this portal showed for this figure, a moment ago and today, filled by a person."""
        said = super().clean()
        try:
            about, since = signing.loads(said.get("read", ""), salt=SALT)
        except signing.BadSignature:
            about, since = None, 0.0
        if about != self.about or not PEOPLE_TAKE <= time() - since <= DAY or said.get("trap"):
            raise forms.ValidationError(
                "Cet envoi n’a pas été pris pour celui d’une personne, ou le formulaire a plus d’un jour."
                " Rien n’a été gardé, mais votre texte est encore là\u00a0: relisez-le et envoyez-le de"
                " nouveau."
            )
        return said

    def renewed(self) -> "ContestForm":
        """The same words on a form that can be sent again."""
        self.data = {**self.data.dict(), "read": self.shown_now(), "trap": ""}
        return self


# Nobody is signed in here: there is no session that another site could borrow.
@csrf_exempt
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, figure_id: int) -> HttpResponse:
    figure = _figure(figure_id)
    form = ContestForm(request.POST if request.method == "POST" else None, about=figure_id)
    problem = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            kept = contesting.receive(
                figure_id,
                wrong=said["wrong"],
                proof=said["proof"],
                email=said["email"],
                address=client_ip(request),
            )
        except contesting.CannotContest as error:
            problem = str(error)
        else:
            return redirect(reverse("portal:contest", args=[figure_id]) + f"?recue={kept.pk}")
    page = {"figure": figure, "form": form.renewed() if form.is_bound else form, "problem": problem}
    received = request.GET.get("recue", "")
    page["received"] = received if received.isdecimal() and len(received) < 12 else ""
    status = 200 if not form.is_bound else 429 if problem else 400
    return render(request, "portal/contest.html", page, status=status)


def _figure(figure_id: int) -> Figure:
    figure = read_figure(figure_id)
    if figure is None:
        raise Http404("Ce chiffre n’existe pas, ou n’est pas public.")
    return figure
