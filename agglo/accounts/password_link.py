"""The e-mail that lets somebody choose a password."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import User


def send(user_id: int, origin: str) -> int:
    """Sends the link to an open account and returns how many messages left; `origin` is `https://host`."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is None:
        return 0
    context = {
        "user": user,
        "origin": origin,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    subject = render_to_string("accounts/password_email_subject.txt", context).strip()
    return send_mail(subject, render_to_string("accounts/password_email.txt", context), None, [user.email])
