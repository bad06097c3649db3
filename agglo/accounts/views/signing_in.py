"""Signing in by e-mail and password, then on to the second factor where one is needed; signing out."""

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from .. import second_factor
from ..forms import SignInForm
from ..gates import public
from ..half_signed_in import BACKEND, remember


def landing_page(user) -> str:
    """Where a role arrives when no page was asked for."""
    return resolve_url(settings.LANDING_PAGES.get(user.role, settings.LOGIN_REDIRECT_URL))


@method_decorator(public, name="dispatch")
class SignIn(views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        user = form.get_user()
        if user.needs_second_factor or second_factor.application(user):
            remember(self.request, user)
            query = urlencode({"next": self.get_redirect_url()}) if self.get_redirect_url() else ""
            return HttpResponseRedirect(reverse("accounts:second_factor") + (f"?{query}" if query else ""))
        user.backend = BACKEND
        views.auth_login(self.request, user)
        return HttpResponseRedirect(self.get_redirect_url() or landing_page(user))

    def get_default_redirect_url(self) -> str:
        return landing_page(self.request.user)

    def get_context_data(self, **kwargs) -> dict:
        """Without Django's `site`, which would hide the one that draws the frame of the page."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        return context


# Open to all: signing out twice, or after the session ended, is no mistake.
sign_out = public(views.LogoutView.as_view())
