"""Work of the indicators that nobody should wait for."""

from celery import shared_task

from agglo.indicators.prepared import prepare_pages


@shared_task(name="indicators.prepare_pages")
def prepare_axis_pages() -> str:
    return f"{prepare_pages()} pages préparées"
