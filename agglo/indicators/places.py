"""Which communes are ours, and the sum of them that stands for the agglomeration."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.conf import settings

from agglo.opendata.declaration import Row
from agglo.opendata.errors import FinalError
from agglo.territory.models import Territory

SCHEMES = {scheme: scheme for scheme in ("COM", "EPCI", "DEP", "REG", "FRANCE")}


def our_communes() -> list[str]:
    """Codes of the communes of the agglomeration today, sorted. Raises FinalError when none is loaded."""
    codes = sorted(Territory.objects.communes_of().values_list("subject__code", flat=True))
    if not codes:
        raise FinalError(
            "Les communes de l’agglomération ne sont pas chargées\u00a0:"
            " lancez d’abord `bin/manage load_territory`."
        )
    return codes


def with_epci(rows: Iterable[Row], code: str | None = None) -> Iterator[Row]:
    """These rows of communes, then their sum under the code of our EPCI.

    The caller vouches that the rows are of all our communes and of them only. No sum where one has no value.
    """
    sums: dict[tuple[str, str, str], list[Decimal | None]] = defaultdict(list)
    last = 0
    for row in rows:
        yield row
        last = row.line
        value = None if row.value is None else Decimal(row.value)
        sums[row.measure, row.breakdown, row.period].append(value)
    for (measure, breakdown, period), values in sums.items():
        if None not in values:
            total = sum(values, Decimal(0))
            yield Row(last, "EPCI", code or settings.EPCI_CODE, measure, breakdown, period, f"{total:f}")


def hectares(square_metres: Decimal) -> str:
    """m² as the sources write them, in hectares as we keep them: to a square metre."""
    return f"{(square_metres / 10_000).quantize(Decimal('0.0001')).normalize():f}"
