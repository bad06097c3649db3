"""Between the password and the second factor: somebody not signed in yet, remembered for ten minutes."""

import time

from django.contrib.auth import get_user_model, login
from django.utils.crypto import constant_time_compare

KEY = "half_signed_in"
MINUTES = 10
BACKEND = "django.contrib.auth.backends.ModelBackend"


def remember(request, user) -> None:
    """Starts a fresh session that holds nothing but who gave a right password, and until when."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": time.time() + MINUTES * 60,
    }


def person(request):
    """Who stands at the door: the signed-in user, else whoever gave their password, else None."""
    if request.user.is_authenticated:
        return request.user
    pending = request.session.get(KEY)
    if not pending or pending["until"] < time.time():
        return None
    user = get_user_model().objects.active().filter(pk=pending["user"]).first()
    if user and constant_time_compare(user.get_session_auth_hash(), pending["password"]):
        return user
    return None


def let_in(request, user, device) -> None:
    """Signs in, second factor shown; the session key changes."""
    request.session.pop(KEY, None)
    user.otp_device = device
    login(request, user, backend=BACKEND)
