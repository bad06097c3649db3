"""French words for what a run found: counts, bounds, territories."""

from decimal import Decimal

NARROW = "\u202f"
LEVELS = {
    "COM": "commune inconnue",
    "EPCI": "intercommunalité inconnue",
    "ZE2020": "zone d’emploi inconnue",
    "DEP": "département inconnu",
    "REG": "région inconnue",
}


def count(value: int, one: str, many: str) -> str:
    """« 1 ligne », « 1 200 lignes » (narrow spaces)."""
    return f"{thousands(value)} {one if value < 2 else many}"


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", NARROW)


def bound(value: Decimal | None) -> str:
    """A bound as a reader writes it; none is infinity."""
    if value is None or abs(value) >= Decimal("1e1000"):
        return "l’infini"
    text = f"{value.normalize():,f}"
    return text.replace(",", NARROW).replace(".", ",")


def figure(value: Decimal | None) -> str:
    return "aucune valeur" if value is None else bound(value)


def territory(scheme: str, code: str) -> str:
    """SQL that says which territory is unknown, from the SQL of its scheme and code."""
    cases = " ".join(f"WHEN '{level}' THEN '{words}'" for level, words in LEVELS.items())
    other = f"concat('territoire inconnu, niveau ', {scheme})"
    return f"concat(CASE {scheme} {cases} ELSE {other} END, '\u00a0: ', {code})"


def share(value: float) -> str:
    return f"{100 * value:.1f}\u00a0%".replace(".", ",")
