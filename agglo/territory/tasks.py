"""What the worker does for the territory: three lines, safe to run twice."""

from celery import shared_task
from django.db import transaction

from agglo.territory import population


@shared_task(name="territory.follow_populations")
@transaction.atomic
def follow_populations() -> str:
    """What follows from the populations of the communes, wherever they came from; often nothing."""
    return f"addition : {population.add_up_communes()} ; recouvrements : {population.measure_overlaps()}"
