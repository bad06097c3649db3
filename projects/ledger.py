"""What the ledger holds about a subject of this room."""

from datetime import date

from agglo.figures import reading
from agglo.figures.figure import Figure
from agglo.figures.models import Measure, Observation, Subject


def figures_of(subject: Subject, known_on: date | None = None) -> list[Figure]:
    """The last public figure of each measure about the whole of a subject, by name; three queries."""
    codes = list(
        Measure.objects.filter(versions__series__subject=subject, versions__series__public=True)
        .distinct()
        .values_list("code", flat=True)
    )
    found = reading.latest(codes, [(subject.scheme, subject.code)], known_on=known_on)
    return sorted(found.values(), key=lambda figure: figure.series.name)


def figures_quoted(keys: list[str]) -> dict[str, int]:
    """Ids of the figures in force that were read in these quotations, by key; one query."""
    found = Observation.objects.visible_to(None).filter(
        quotation__key__in=[key for key in keys if key], known_to__isnull=True
    )
    return dict(found.values_list("quotation__key", "pk"))
