"""The second factor: enrolling an application, checking its codes, recovery codes for a lost phone."""

import base64
from dataclasses import dataclass

import qrcode
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

RECOVERY_CODES = 10
APPLICATION = "Application"
RECOVERY = "Codes de secours"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a code: the device that took it, or the seconds to wait before another try (0: none)."""

    device: Device | None
    wait: int = 0


def application(user, *, confirmed: bool = True) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=confirmed).order_by("-pk").first()


def begin(user) -> None:
    """A fresh secret to enrol with; refused once an application is confirmed: it must be removed first."""
    if application(user):
        raise ValueError("already enrolled")
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        TOTPDevice.objects.create(user=user, name=APPLICATION, confirmed=False)


def confirm(user, code: str) -> Answer:
    """Checks the first code of the application being enrolled and confirms it."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).last()
        answer = _try(device, code)
        if answer.device:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
    return answer


def check(user, code: str) -> Answer:
    """Six digits go to the application, anything else to the recovery codes; each code serves once."""
    model = TOTPDevice if code.isdigit() and len(code) == 6 else StaticDevice
    with transaction.atomic():
        return _try(model.objects.select_for_update().filter(user=user, confirmed=True).first(), code)


def _try(device: Device | None, code: str) -> Answer:
    if device is None:
        return Answer(None)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Answer(None, max(1, round((why["locked_until"] - timezone.now()).total_seconds())))
    return Answer(device if device.verify_token(code) else None)


def new_recovery_codes(user) -> list[str]:
    """Ten codes that replace the former ones; shown once by the caller."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=RECOVERY, confirmed=True)
        codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def remove(user) -> None:
    """Takes application and recovery codes away; at the next sign-in, a role that needs them enrols again."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def secret_text(device: TOTPDevice) -> str:
    """The secret for whoever cannot scan: base32, in groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_svg(device: TOTPDevice) -> str:
    """The drawing to scan, black on white in both themes, without any inline style."""
    image = qrcode.make(device.config_url, image_factory=SvgPathFillImage, box_size=12, border=4)
    return image.to_string(encoding="unicode")
