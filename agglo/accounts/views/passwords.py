"""Changing one's password, and choosing a new one through a link sent by e-mail."""

from django.contrib import messages
from django.contrib.auth import views
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from ..attribution import act_as
from ..forms import ForgottenPasswordForm
from ..gates import public, signed_in


@method_decorator(signed_in, name="dispatch")
class ChangePassword(views.PasswordChangeView):
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form):
        messages.success(self.request, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
        return super().form_valid(form)


@method_decorator(public, name="dispatch")
class ForgottenPassword(views.PasswordResetView):
    template_name = "accounts/password_forgotten.html"
    form_class = ForgottenPasswordForm
    success_url = reverse_lazy("accounts:password_sent")


password_sent = public(views.PasswordResetDoneView.as_view(template_name="accounts/password_sent.html"))


@method_decorator(public, name="dispatch")
class NewPassword(views.PasswordResetConfirmView):
    """Behind the link: it opens no session, the second factor is still asked for at the next sign-in."""

    template_name = "accounts/password_new.html"
    success_url = reverse_lazy("accounts:password_done")

    def form_valid(self, form):
        with act_as(self.user):
            return super().form_valid(form)


password_done = public(views.PasswordResetCompleteView.as_view(template_name="accounts/password_done.html"))
