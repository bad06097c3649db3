"""Numbers, intervals, dates and periods as a French reader writes them, thousands of times a page."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

Number = int | float | Decimal

NARROW = "\u202f"  # narrow no-break space: thousands, and before ; ! ?
SPACE = "\u00a0"  # no-break space: before % and units
MINUS = "\u2212"  # true minus, as wide as the plus sign

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def number(value: Number | None, decimals: int | None = 0) -> str:
    """« 2 549 », « −1,5 »: rounded half up on the digits as written: 8.45 shows 8,5, float or Decimal.

    `decimals=None` keeps the digits given, without trailing zeros. None reads « n.d. ».
    Raises ValueError on infinity and NaN.
    """
    if value is None:
        return "n.d."
    text = str(value)
    if not text[-1].isdigit() or "e" in text or "E" in text:
        text = _plain(text)
    negative = text[0] == "-"
    if negative:
        text = text[1:]
    whole, _, rest = text.partition(".")
    if decimals is None:
        rest = rest.rstrip("0")
    elif (extra := len(rest) - decimals) > 0:
        round_up = rest[decimals] >= "5"
        rest = rest[:decimals]
        if round_up:
            digits = str(int(whole + rest) + 1).zfill(len(whole) + decimals)
            whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    elif extra < 0:
        rest += "0" * -extra
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", NARROW)
    text = f"{whole},{rest}" if rest else whole
    if negative and (whole != "0" or rest.strip("0")):
        return MINUS + text
    return text


def _plain(text: str) -> str:
    """Digits without exponent: "1e-07" becomes "0.0000001"."""
    exact = Decimal(text)
    if not exact.is_finite():
        raise ValueError(f"not a number that can be shown: {text}")
    return format(exact, "f")


def quantity(value: Number | None, unit: str = "", decimals: int | None = 0) -> str:
    """« 9,2 % », « 863 personnes »: a no-break space before the unit."""
    if value is None or not unit:
        return number(value, decimals)
    return f"{number(value, decimals)}{SPACE}{unit}"


def percent(value: Number | None, decimals: int | None = 1) -> str:
    """« 98,2 % » from 98.2."""
    return quantity(value, "%", decimals)


def signed(value: Number, decimals: int | None = 0, unit: str = "") -> str:
    """« +1,2 », « −0,4 »; what rounds to zero carries no sign."""
    text = number(value, decimals)
    if value > 0 and text.strip("0,"):
        text = f"+{text}"
    return f"{text}{SPACE}{unit}" if unit else text


def points(value: Number, decimals: int = 1) -> str:
    """« +0,3 point », « −2,1 points »: the difference of two percentages; plural from 2, as French counts."""
    text = signed(value, decimals)
    plural = int(text.lstrip("+" + MINUS).partition(",")[0].replace(NARROW, "")) >= 2
    return f"{text}{SPACE}{'points' if plural else 'point'}"


def approx(value: Number, unit: str = "", decimals: int | None = None) -> str:
    """« environ 40 »."""
    return f"environ{SPACE}{quantity(value, unit, decimals)}"


def at_least(value: Number, unit: str = "", decimals: int | None = None) -> str:
    """« au moins 180 »."""
    return f"au moins{SPACE}{quantity(value, unit, decimals)}"


def at_most(value: Number, unit: str = "", decimals: int | None = None) -> str:
    """« au plus 20 »."""
    return f"au plus{SPACE}{quantity(value, unit, decimals)}"


def interval(low: Number | None, high: Number | None, unit: str = "", decimals: int | None = None) -> str:
    """« entre 10 et 12 »; one open side reads « au moins 10 » or « au plus 12 »."""
    if low is None and high is None:
        return "n.d."
    if low is None:
        return at_most(high, unit, decimals)  # type: ignore[arg-type]
    if high is None:
        return at_least(low, unit, decimals)
    return f"entre {number(low, decimals)} et{SPACE}{quantity(high, unit, decimals)}"


def date_long(day: date) -> str:
    """« 16 septembre 2020 », « 1er mars 2021 »."""
    return f"{_day(day)} {MONTHS[day.month - 1]} {day.year}"


def moment_long(at: datetime) -> str:
    """« 16 septembre 2020 à 9 h 05 », as the clock of `at` says."""
    return f"{date_long(at)} à {at.hour}{SPACE}h{SPACE}{at.minute:02d}"


def date_short(day: date) -> str:
    """« 16 sept. 2020 »."""
    return f"{_day(day)} {SHORT_MONTHS[day.month - 1]} {day.year}"


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


@lru_cache(maxsize=8192)
def period_label(start: date | None, end: date | None) -> str:
    """Name of a period given by its first and last day, both included; both None means that nobody knows.

    « T4 2021 », « décembre 2024 », « 2023 », « S1 2024 », « 2019–2023 », « 16 septembre 2020 »,
    « de mars à mai 2021 », « du 3 au 9 mai 2021 », « depuis le 16 septembre 2020 ».
    """
    if start is None or end is None:
        if start is not None:
            return f"depuis le {date_long(start)}"
        return f"jusqu’au {date_long(end)}" if end is not None else "date inconnue"
    if start == end:
        return date_long(start)
    if start.day == 1 and (end + timedelta(1)).day == 1:
        return _months_label(start, end, MONTHS)
    if start.year != end.year:
        return f"du {date_long(start)} au {date_long(end)}"
    if start.month != end.month:
        return f"du {_day(start)} {MONTHS[start.month - 1]} au {date_long(end)}"
    return f"du {_day(start)} au {date_long(end)}"


@lru_cache(maxsize=8192)
def axis_label(start: date | None, end: date | None) -> str:
    """The same, short, for an axis: « déc. 2024 », « 16 sept. 2020 », « T4 2021 », « 2023 »."""
    if start is None or end is None:
        return period_label(start, end)
    if start == end:
        return date_short(start)
    if start.day == 1 and (end + timedelta(1)).day == 1:
        return _months_label(start, end, SHORT_MONTHS)
    return f"{date_short(start)}–{date_short(end)}"


def _months_label(start: date, end: date, names: tuple[str, ...]) -> str:
    """A period made of whole months: year(s), half-year, quarter, month, or a run of months."""
    if start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    first, last = names[start.month - 1], names[end.month - 1]
    if start.year != end.year:
        return f"{_from(first)} {start.year} à {last} {end.year}"
    length = end.month - start.month + 1
    if length == 1:
        return f"{first} {start.year}"
    if length == 3 and start.month % 3 == 1:
        return f"T{end.month // 3} {start.year}"
    if length == 6 and start.month % 6 == 1:
        return f"S{end.month // 6} {start.year}"
    return f"{_from(first)} à {last} {start.year}"


def _from(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de {month}"
