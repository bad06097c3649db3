"""What the workers do for the accounts."""

from celery import shared_task

from . import forgetting, password_link


@shared_task(name="accounts.send_password_link")
def send_password_link(user_id: int, origin: str) -> int:
    return password_link.send(user_id, origin)


@shared_task(name="accounts.forget")
def forget() -> dict[str, int]:
    return forgetting.forget()
