"""From a figure counted here back to the records that entered it, as they stood when it was counted."""

from dataclasses import dataclass

from agglo.figures.figure import Figure
from agglo.figures.models import Observation
from agglo.figures.periods import sdmx_period
from agglo.opendata import archive
from agglo.opendata.answer import Answer

from .declaring import tallies
from .tally import Entry, Tally


@dataclass(frozen=True, slots=True)
class TracedTally:
    """`entries` is None when the raw answer is no longer kept."""

    tally: Tally
    entries: list[Entry] | None


def trace_tally(figure: Figure) -> TracedTally | None:
    """The records behind a figure, read from the archived answer that brought it; None when it was not
    counted here.
    """
    tally = tallies().get(figure.series.dataset)
    if tally is None:
        return None
    checksum = Observation.objects.values_list("release__checksum", flat=True).get(pk=figure.id)
    return TracedTally(tally, _entries(figure, checksum))


def _entries(figure: Figure, checksum: str) -> list[Entry] | None:
    kept = archive.locate(checksum)
    if kept is None:
        return None
    path, packed = kept
    content = Answer(url=figure.series.dataset, path=path, packed=packed).json()
    info, period = figure.series, sdmx_period(figure.start, figure.end)
    wanted = (info.measure, info.scheme, info.code, info.breakdown, period)
    for one in content["results"]:
        if (one["measure"], one["scheme"], one["code"], one["breakdown"], one["period"]) == wanted:
            return [Entry(**entry) for entry in one["entries"]]
    return []
