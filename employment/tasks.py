"""What runs by itself about plans, agreements and schools."""

from celery import shared_task

from .forgetting import forget_drafts
from .registers import record_registers


@shared_task(name="employment.record_registers")
def registers() -> str:
    return str(record_registers())


@shared_task(name="employment.forget_drafts")
def forget() -> int:
    return forget_drafts()
