"""What the worker does for the territory: three lines, safe to run twice."""

from celery import shared_task
from django.db import transaction

from agglo.territory import population


@shared_task(name="territory.follow_populations")
@transaction.atomic
def follow_populations() -> str:
    """What follows from the populations of the communes, wherever they came from; often nothing."""
    added, overlaps = population.add_up_communes(), population.measure_overlaps()
    return f"addition\u00a0: {added}\u202f; recouvrements\u00a0: {overlaps}"
