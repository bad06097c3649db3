"""The page of the second factor: enrol, give a code, keep recovery codes, take it away."""

from django.contrib import messages
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .. import second_factor
from ..attribution import act_as
from ..forms import CodeForm, EnrolmentForm
from ..gates import public, signed_in
from ..half_signed_in import let_in, person
from .signing_in import landing_page

WRONG = "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et recommencez."


# Open because it comes before the signing in is complete; `person` says who stands there.
@method_decorator([public, sensitive_post_parameters("code"), never_cache], name="dispatch")
class SecondFactor(RedirectURLMixin, View):
    def dispatch(self, request, *args, **kwargs):
        self.person = person(request)
        if self.person is None:
            return redirect_to_login(self.get_redirect_url(), "accounts:login")
        if request.user.is_authenticated and request.user.is_verified():
            return redirect("accounts:profile")
        self.enrolled = second_factor.application(self.person)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(CodeForm() if self.enrolled else EnrolmentForm())

    def post(self, request):
        form = (CodeForm if self.enrolled else EnrolmentForm)(request.POST)
        if not form.is_valid():
            return self.page(form)
        with act_as(self.person):
            attempt = second_factor.check if self.enrolled else second_factor.confirm
            answer = attempt(self.person, form.cleaned_data["code"])
            if answer.device is None:
                wait = f"Trop d’essais\u00a0: réessayez dans {answer.wait}\u00a0s." if answer.wait else WRONG
                form.add_error("code", wait)
                return self.page(form)
            codes = [] if self.enrolled else second_factor.new_recovery_codes(self.person)
            let_in(request, self.person, answer.device)
        onward = self.get_redirect_url() or landing_page(self.person)
        if codes:
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "onward": onward})
        return HttpResponseRedirect(onward)

    def page(self, form):
        context = {"form": form, "person": self.person, "next": self.get_redirect_url()}
        if self.enrolled:
            return render(self.request, "accounts/second_factor_code.html", context)
        device = second_factor.application(self.person, confirmed=False)
        if device:
            context |= {
                "secret": second_factor.secret_text(device),
                "drawing": mark_safe(second_factor.qr_svg(device)),  # noqa: S308 our own drawing
                "address": device.config_url,
            }
        return render(self.request, "accounts/second_factor_enrol.html", context)


@public
@require_POST
def begin(request):
    """Makes the secret to enrol with, for whoever has no application yet."""
    somebody = person(request)
    if somebody is None:
        return redirect("accounts:login")
    if second_factor.application(somebody):
        raise PermissionDenied("Une application est déjà enregistrée pour ce compte.")
    with act_as(somebody):
        second_factor.begin(somebody)
    onward = request.POST.get("next", "")
    query = f"?{urlencode({'next': onward})}" if onward else ""
    return HttpResponseRedirect(reverse("accounts:second_factor") + query)


@signed_in
@require_POST
def renew_codes(request):
    if not request.user.is_verified():
        return redirect("accounts:second_factor")
    context = {"codes": second_factor.new_recovery_codes(request.user), "onward": reverse("accounts:profile")}
    return render(request, "accounts/recovery_codes.html", context)


@signed_in
@require_POST
def remove(request):
    """For those whose role leaves the choice, and only once they have shown a code in this session."""
    if request.user.needs_second_factor:
        raise PermissionDenied("Votre rôle demande un second facteur\u00a0: il ne peut pas être retiré.")
    if not request.user.is_verified():
        return redirect("accounts:second_factor")
    second_factor.remove(request.user)
    messages.success(request, "Le second facteur est retiré. Votre mot de passe suffit de nouveau.")
    return redirect("accounts:profile")
