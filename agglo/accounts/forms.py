"""The forms of the door: signing in, the code of the second factor, a forgotten password."""

from functools import partial

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.core.cache import cache
from django.db import transaction

from .tasks import send_password_link

NARROW = "\u202f"


def address_field(autocomplete: str) -> forms.EmailField:
    return forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "autofocus": True}),
    )


def code_field(help_text: str, max_length: int, **attrs: bool | str) -> forms.CharField:
    return forms.CharField(
        label="Code à six chiffres",
        help_text=help_text,
        max_length=max_length,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **attrs, "spellcheck": "false"}),
    )


class SignInForm(AuthenticationForm):
    """E-mail and password. One sentence for every failure: it never says whether the account exists."""

    username = address_field("username")
    error_messages = {
        "invalid_login": "Cette adresse et ce mot de passe ne vont pas ensemble, ou le compte est fermé. "
        "Vérifiez-les, ou choisissez un nouveau mot de passe.",
        "inactive": "Cette adresse et ce mot de passe ne vont pas ensemble, ou le compte est fermé.",
    }

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()


class CodeForm(forms.Form):
    """Six digits from the application, or one recovery code."""

    code = code_field(
        "Celui que votre application affiche en ce moment, ou l’un de vos codes de secours.",
        24,
        autofocus=True,
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).replace("-", "").lower()


class EnrolmentForm(CodeForm):
    """The first code, which proves that the application holds the secret."""

    code = code_field("Celui que l’application affiche après avoir lu le dessin.", 12, inputmode="numeric")


class ForgottenPasswordForm(PasswordResetForm):
    """Sends a link to any open account, even without a password yet; at most one every five minutes."""

    email = address_field("email")

    def get_users(self, email: str):
        users = get_user_model().objects.active().filter(email=email.strip().lower())
        return [user for user in users if cache.add(f"accounts:reset:{user.pk}", 1, timeout=300)]

    def save(self, *, request, use_https: bool, **_) -> None:
        """Leaves the sending to a worker: the time a mail server takes would tell that the account exists."""
        origin = f"{'https' if use_https else 'http'}://{request.get_host()}"
        for user in self.get_users(self.cleaned_data["email"]):
            transaction.on_commit(partial(send_password_link.delay, user.pk, origin))
