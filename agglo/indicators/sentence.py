"""The one-sentence answer of an indicator, computed from the figures it is about and from nothing else."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from agglo.charts import french
from agglo.figures.arithmetic import Change, change
from agglo.figures.display import uncapitalised
from agglo.figures.periods import frequency
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Dating
from agglo.figures.wording import Wording, word

PREVIOUS = {"Q": "au trimestre précédent", "M": "au mois précédent", "S": "au semestre précédent"}
NOUNS = {
    "ZE2020": ("la zone d’emploi", True),
    "COM": ("la commune", True),
    "EPCI": ("l’agglomération", False),
    "DEP": ("le département", False),
    "REG": ("la région", False),
}
VOWELS = "AEIOUYÀÂÉÈÊÎÔŒH"


def of_place(scheme: str, name: str) -> str:
    """« de la zone d’emploi de Béthune », « d’Arras », « de l’agglomération », « du département »."""
    if scheme == "FRANCE":
        return "de France"
    noun, named = NOUNS.get(scheme, (name, False))
    said = f"{noun} {of_name(name)}" if named else noun
    return f"du {said[3:]}" if said.startswith("le ") else f"de {said}"


def in_place(scheme: str, name: str) -> str:
    if scheme == "FRANCE":
        return "en France"
    noun, named = NOUNS.get(scheme, (name, False))
    return f"dans {noun} {of_name(name)}" if named else f"dans {noun}"


def of_name(name: str) -> str:
    return f"d’{name}" if name[:1].upper() in VOWELS else f"de {name}"


def when(figure: Figure, capital: bool = True) -> str:
    """« Au T4 2025 », « En 2023 », « En décembre 2024 », « Le 16 septembre 2020 », « À une date inconnue
    ».
    """
    if figure.start is None or figure.end is None:
        said = "à une date inconnue"
    else:
        label = french.period_label(figure.start, figure.end)
        lead = {"Q": "au", "S": "au", "A": "en", "M": "en", "D": "le"}.get(
            frequency(figure.start, figure.end), "sur"
        )
        said = f"{lead} {label}"
    return said[0].upper() + said[1:] if capital else said


def earlier_than(figures: Sequence[Figure], gap: int = 0) -> Figure | None:
    """The figure the last one may be compared with: the period just before it, or one `gap` years older
    or more.
    """
    if len(figures) < 2:
        return None
    last = figures[-1]
    if last.end is None or last.start is None:
        return None
    if gap > 1:
        limit = date(last.end.year - gap, 12, 31)
        older = [f for f in figures[:-1] if f.end is not None and f.end <= limit]
        return older[-1] if older else None
    before = [f for f in figures[:-1] if f.end == last.start - timedelta(1)]
    return before[-1] if before and before[-1].start else None


def compares_further(figures: Sequence[Figure], gap: int = 0) -> bool:
    """Whether the two last figures are not enough to know what the last one is compared with."""
    if len(figures) < 2:
        return False
    before, last = figures[-2:]
    if last.end is None or last.start is None:
        return False
    return gap > 1 or before.end != last.start - timedelta(1)


def evolution(
    figures: Sequence[Figure], breaks: Iterable[tuple[date, str]] = (), gap: int = 0
) -> Change | None:
    """The change to the last figure; None when there is nothing to compare it with."""
    earlier = earlier_than(figures, gap)
    return None if earlier is None else change(earlier, figures[-1], breaks)


def change_words(found: Change) -> str:
    """« 0,3 point de plus qu’au trimestre précédent », « autant qu’en 2022 », or why it is refused."""
    if found.refused:
        return found.refused[0].lower() + found.refused[1:].rstrip(".")
    earlier, later = found.earlier, found.later
    kind = frequency(later.start, later.end)
    beside = PREVIOUS.get(kind) if kind == frequency(earlier.start, earlier.end) else None
    against = beside or when(earlier, capital=False)
    decimals = later.series.decimals
    if not round(found.absolute, decimals):
        return f"{'le même taux' if found.in_points else 'autant'} {_than(against)}"
    more = "de plus" if found.absolute > 0 else "de moins"
    if found.in_points:
        amount = french.points(abs(found.absolute), decimals).lstrip("+")
    else:
        amount = french.number(abs(found.absolute), decimals)
        if later.series.symbol:
            amount += f"\u00a0{later.series.symbol}"
    percent = ""
    if found.percent is not None:
        percent = f" ({french.signed(found.percent, 1, '%')})"
    return f"{amount} {more} {_than(against)}{percent}"


def _than(text: str) -> str:
    return f"qu’{text}" if text[0] in "aàe" else f"que {text}"


def sentence(
    figures: Sequence[Figure],
    template: str = "",
    label: str = "",
    breaks: Iterable[tuple[date, str]] = (),
    gap: int = 0,
    attested: bool = False,
) -> str:
    """The answer in French. An empty state, a provisional value and a break are said, never passed over."""
    if not figures:
        return ""
    last = figures[-1]
    info, said = last.series, word(last)
    if not last.has_value:
        return (
            f"{when(last)}, {uncapitalised(info.name)} {of_place(info.scheme, info.subject)}\u00a0: "
            f"{said.spoken}."
        )
    if attested:
        dated = "à une date que la source ne dit pas" if last.end is None else when(last, capital=False)
        if last.dating == Dating.INFERRED:
            dated += " (date déduite)"
        title = label or info.name
        return f"{title}\u00a0: {_beside(title, said)}, {dated}, selon {info.source}."
    words = {
        "when": when(last),
        "value": str(said),
        "number": f"{said.spoken}{said.number}",
        "of": of_place(info.scheme, info.subject),
        "in": in_place(info.scheme, info.subject),
    }
    text = (template or "{when}, " + uncapitalised(info.name) + " {of}\u00a0: {value}").format(**words)
    if last.provisional:
        text += " (chiffre provisoire)"
    found = evolution(figures, breaks, gap)
    if found is not None:
        text += f"\u202f; {change_words(found)}" if found.refused else f", {change_words(found)}"
    return f"{text}."


def _beside(title: str, said: Wording) -> str:
    """« Dossiers lauréats : 64 »: what the title counts is not said twice."""
    if said.counted and not said.unit and title.lower().startswith(said.counted.lower()):
        return f"{said.spoken}{said.number}"
    return str(said)
