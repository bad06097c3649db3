"""People of every role for the tests, signed in the way they would be after their second factor."""

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from agglo.accounts.models import User
from agglo.accounts.roles import Role

ANONYMOUS = "anonymous"
EVERYBODY = [ANONYMOUS, *Role.values]
PASSWORD = "une phrase assez longue"


def person(role: str, **fields) -> User:
    email = fields.pop("email", f"{role}@exemple.fr")
    return User.objects.create_user(email, PASSWORD, role=role, name=role.title(), **fields)


def application(user: User) -> TOTPDevice:
    """The confirmed device of this person, made on first call."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, defaults={"name": "Application"})
    return device


def code(device: TOTPDevice, ahead: int = 0) -> str:
    """What the application shows now, or `ahead` steps of thirty seconds later."""
    return f"{totp(device.bin_key, drift=ahead):06d}"


def client_of(who: str | User) -> Client:
    """A browser: nobody's, or of somebody signed in with their second factor when the role asks for one."""
    client = Client()
    if who == ANONYMOUS:
        return client
    user = who if isinstance(who, User) else person(who)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    if user.needs_second_factor:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = application(user).persistent_id
        session.save()
    return client
