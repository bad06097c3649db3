"""The page behind a signed link, without account, and the pages of staff that make the link."""

from django import forms
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agglo.accounts.gates import public, roles
from agglo.accounts.lockout import client_ip
from projects import confirming
from projects.models import ConfirmationAnswer, ConfirmationRequest, JobClaim
from projects.views.pools import pools_shown

to_staff = roles("staff")
to_reviewers = roles("reviewer")
Verdict = ConfirmationAnswer.Verdict
INVALID = "Ce lien n’est pas de ceux que nous avons écrits, ou il a été coupé en route."
CLOSED = (
    "Ce lien ne sert plus\u00a0: une réponse a été donnée, la demande a été retirée, ou son délai est passé."
)
BUSY = "Trop d’essais depuis votre adresse. Rien n’est perdu\u00a0: réessayez dans une heure."


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        choices=[
            (Verdict.CONFIRMED.value, "Oui, ce nombre est juste"),
            (Verdict.CORRECTED.value, "Non, le nombre est différent"),
            (Verdict.DENIED.value, "Non, ces emplois n’existent pas"),
        ],
    )
    number = forms.IntegerField(
        label="Nombre d’emplois, s’il est différent", required=False, min_value=0, max_value=100_000
    )
    said_by = forms.CharField(
        label="Au nom de qui répondez-vous",
        max_length=200,
        help_text="Votre fonction et votre entreprise. Lu par les services seulement, jamais publié.",
    )
    words = forms.CharField(
        label="Une précision",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Facultative. Lue par les services seulement, jamais publiée.",
    )

    def clean(self) -> dict:
        said = super().clean()
        if (
            said.get("verdict") == Verdict.CORRECTED
            and said.get("number") is None
            and "number" not in self.errors
        ):
            self.add_error("number", "Dites combien d’emplois vous comptez.")
        elif said.get("verdict") != Verdict.CORRECTED:
            said["number"] = None
        return said


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    if confirming.too_many(client_ip(request)):
        return _closed(request, BUSY, 429)
    form = AnswerForm(request.POST or None)
    try:
        asked = confirming.read(token)
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            given = confirming.answer(
                token, said["verdict"], said["said_by"], number=said["number"], words=said["words"]
            )
            return _private(
                render(request, "projects/confirmations/thanks.html", {"answer": given, "claim": asked.claim})
            )
    except BadSignature:
        return _closed(request, INVALID, 404)
    except confirming.Closed:
        return _closed(request, CLOSED, 410)
    return _private(
        render(
            request,
            "projects/confirmations/answer.html",
            {"form": form, "asked": asked, "claim": asked.claim},
        )
    )


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return _private(render(request, "projects/confirmations/closed.html", {"why": why}, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: no search engine may keep it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@to_staff
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    rows = (
        JobClaim.objects.observed().select_related("pool", "organisation").order_by("origin", "as_of", "pk")
    )
    context = {
        "waiting": [
            (one, request.build_absolute_uri(reverse("projects:confirm", args=[confirming.token_of(one)])))
            for one in ConfirmationRequest.objects.waiting().select_related("claim__pool")
        ],
        "unasked": rows.unconfirmed().exclude(requests__in=ConfirmationRequest.objects.waiting()),
        "answers": ConfirmationAnswer.objects.select_related("request__claim__pool", "withdrawal__by")[:20],
        **pools_shown(request.GET.get("q", "").strip()[:100]),
        "may_withdraw": request.user.holds("reviewer"),
    }
    return render(request, "projects/confirmations/claims.html", context)


@to_staff
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(JobClaim, pk=pk)
    addressee = request.POST.get("addressee", "").strip()[:200]
    if not addressee:
        messages.error(
            request, "Dites qui répondra\u00a0: une fonction et une entreprise. Rien n’a été préparé."
        )
    else:
        try:
            confirming.ask(claim, addressee, request.user)
            messages.success(request, "Le lien est prêt, ci-dessous\u00a0: copiez-le dans votre message.")
        except confirming.NotAsked as error:
            messages.error(request, f"{error} Rien n’a été préparé.")
    return redirect("projects:job_claims")


@to_staff
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(ConfirmationRequest.objects.waiting(), pk=pk)
    confirming.withdraw(asked)
    messages.success(request, "Le lien est retiré\u00a0: il ne sert plus.")
    return redirect("projects:job_claims")


@to_reviewers
@require_POST
def withdraw_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the public read on the word of the company is taken back; the answer stays readable to staff."""
    given = get_object_or_404(ConfirmationAnswer, pk=pk)
    why = request.POST.get("why", "").strip()[:300]
    if not why:
        messages.error(request, "Dites pourquoi cette réponse est retirée. Rien n’a été changé.")
        return redirect("projects:job_claims")
    try:
        confirming.withdraw_answer(given.pk, request.user, why)
        messages.success(
            request,
            "La réponse est retirée\u00a0: le nombre se lit comme avant. Elle reste ici, avec votre raison.",
        )
    except confirming.CannotWithdraw as error:
        messages.error(request, f"{error} Rien n’a été changé.")
    return redirect("projects:job_claims")
