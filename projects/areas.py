"""Areas: kept in square metres, read and written in hectares where a standard wants them. Pure."""

import re
from decimal import Decimal

from agglo.charts import french

SQUARE_METRES = 10_000  # in a hectare
MOST = 10**9  # m²: 100,000 ha, more than all our communes
_WRITTEN = re.compile(r"^\s*([0-9][0-9\s.,]*)\s*(m²|m2|ha|hectares?)?\s*$", re.IGNORECASE)


def from_hectares(hectares: Decimal) -> Decimal:
    return hectares * SQUARE_METRES


def to_hectares(square_metres: Decimal) -> Decimal:
    return square_metres / SQUARE_METRES


def read_area(text: str, unit: str = "m2") -> Decimal:
    """Square metres of « 32 ha », « 160 000 m² » or a bare number in `unit` (`m2` or `ha`).

    Raises ValueError with a French sentence.
    """
    found = _WRITTEN.match(text.replace("\u00a0", " ").replace("\u202f", " "))
    if not found:
        raise ValueError(
            f"«\u202f{text[:30]}\u202f» n’est pas une surface\u00a0: écrivez par exemple 32 ha ou 160 000 m²."
        )
    number = found[1].replace(" ", "").replace(",", ".")
    if number.count(".") > 1:
        raise ValueError(f"«\u202f{text[:30]}\u202f» a deux séparateurs\u00a0: écrivez 160000 m² ou 16,5 ha.")
    written = (found[2] or unit).lower()
    metres = from_hectares(Decimal(number)) if written.startswith("h") else Decimal(number)
    return possible(metres, text)


def possible(square_metres: Decimal, written: str) -> Decimal:
    """Raises ValueError for what no place of ours can measure, and no column can hold."""
    if square_metres > MOST:
        raise ValueError(
            f"«\u202f{written[:30]}\u202f» est plus grand que tout le territoire\u00a0: vérifiez le nombre et"
            " son unité."
        )
    return square_metres


def area_words(square_metres: Decimal | None) -> str:
    """« 32 ha » from one hectare up, « 3 000 m² » below."""
    if square_metres is None:
        return "n.d."
    if square_metres >= SQUARE_METRES:
        return french.quantity(to_hectares(Decimal(square_metres)).normalize(), "ha", None)
    return french.quantity(Decimal(square_metres).normalize(), "m²", None)
