"""What official producers published lately: the last edition received of each dataset, newest first."""

from agglo.figures.models import Release
from agglo.opendata.declaration import declared


def arrivals(most: int = 3) -> list[Release]:
    """With their dataset and source. One query. What is worked out or counted here is no publication."""
    official = [code for code, declaration in declared().items() if declaration.base_url]
    last = (
        Release.objects.filter(dataset__code__in=official)
        .select_related("dataset__source")
        .order_by("dataset_id", "-received_at", "-pk")
        .distinct("dataset_id")
    )
    return sorted(last, key=lambda release: (release.received_at, release.pk), reverse=True)[:most]
