"""Words around a figure: its denominator, the sentence one may say in public. Pure."""

from agglo.charts import french
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Dating, Evidence, Qualifier, State
from agglo.figures.wording import date_words, word


def value_words(figure: Figure) -> str:
    """« environ 40 projets », « 8,4 % », « entre 15 et 18 ans », « n.d. (non disponible) »."""
    if figure.has_value and figure.qualifier == Qualifier.BETWEEN:
        unit = figure.series.symbol or figure.series.counted_unit
        return french.interval(figure.value, figure.value_high, unit, figure.series.decimals)
    return str(word(figure))


FEMININE = ("population", "surface", "base", "part", "contribution", "capacité", "masse", "valeur")
MASCULINE = ("nombre", "total", "montant", "revenu", "chiffre", "parc", "volume")


def denominator_words(figure: Figure) -> str:
    """« rapporté aux actifs résidents », or nothing when the figure is not a ratio."""
    name = figure.series.denominator
    return f"rapporté {to_the(uncapitalised(name))}" if name else ""


def to_the(name: str) -> str:
    """« aux actifs », « à l’effectif », « à la population »; after a colon when the gender is not known."""
    first = name.split()[0].rstrip(",")
    if first.endswith(("s", "x")):
        return f"aux {name}"
    if first[0] in "aeiouyéèêàâîôh":
        return f"à l’{name}"
    if first in FEMININE:
        return f"à la {name}"
    return f"au {name}" if first in MASCULINE else f"à\u00a0: {name}"


def unit_words(figure: Figure) -> str:
    """What is counted, in words, with its denominator: « %, rapporté aux actifs résidents »."""
    return ", ".join(filter(None, [figure.series.counted_unit, denominator_words(figure)]))


def sayable(figure: Figure, perimeter: str = "") -> str:
    """One honest sentence: value, what is counted, of what, about what, when, how firmly, and who says it."""
    info = figure.series
    if not figure.has_value:
        about = f"{uncapitalised(info.name)} ({info.subject}, {date_words(figure)})"
        return f"{about}\u00a0: {State(figure.state).label}. On ne peut citer aucun nombre."
    words = [f"Selon {info.source}, {value_words(figure)}\u00a0: {uncapitalised(info.name)}"]
    if info.denominator:
        words.append(denominator_words(figure))
    words.append(f"{info.subject_kind} «\u202f{info.subject}\u202f»")
    if perimeter:
        words.append(f"périmètre\u00a0: {perimeter}")
    evidence = "provisoire" if figure.provisional else Evidence(figure.evidence).label
    return f"{', '.join(words)}. Situation\u00a0: {date_words(figure)}\u202f; chiffre {evidence}."


def uncapitalised(name: str) -> str:
    """A name inside a sentence: « Inscrits à France Travail » loses one capital, « PIB » none."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def dating_words(figure: Figure) -> str:
    """How we have the date: stated by the source, inferred, unknown."""
    return Dating(figure.dating).label
