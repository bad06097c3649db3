"""What the worker does for the ledger: three lines, safe to run twice."""

from celery import shared_task

from agglo.figures.contesting import forget


@shared_task(name="figures.forget_senders")
def forget_senders() -> int:
    """Who contested a figure, once they have been answered."""
    return forget()
