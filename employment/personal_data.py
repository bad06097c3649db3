"""Warns when a free text seems to speak of somebody: the portal keeps no personal data. Pure."""

import re

from agglo.figures.text import search_key

_PATTERNS = (
    (re.compile(r"[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.I), "une adresse électronique"),
    (
        re.compile(r"(?<!\d)(?:\+33|0)[\s.\u00a0-]?[1-9](?:[\s.\u00a0-]?\d{2}){4}(?!\d)"),
        "un numéro de téléphone",
    ),
    (
        re.compile(r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?\d{2}(?:\s?\d{3}){2}(?!\d)"),
        "un numéro de sécurité sociale",
    ),
    (re.compile(r"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame)\s+[A-ZÀ-Ý][\w’'-]+"), "le nom d’une personne"),
)
_HEALTH = frozenset(
    [
        "maladie",
        "malade",
        "handicap",
        "handicape",
        "rqth",
        "invalidite",
        "inaptitude",
        "inapte",
        "burn-out",
        "depression",
        "maternite",
        "enceinte",
    ]
)
_UNION = frozenset(
    ["syndicat", "syndical", "syndicale", "delegue", "cfdt", "cgt", "cftc", "cfe-cgc", "sud", "mandat"]
)


def found(text: str) -> list[str]:
    """What the text seems to hold, in French; empty when nothing was seen. It cannot see everything."""
    seen = [what for pattern, what in _PATTERNS if pattern.search(text)]
    words = set(re.findall(r"[a-z-]+", search_key(text)))
    words |= {word.rstrip("s") for word in words}
    if words & _HEALTH:
        seen.append("la santé de quelqu’un")
    if words & _UNION or "salarie protege" in search_key(text):
        seen.append("un mandat syndical")
    return seen


def warning(text: str) -> str:
    """The sentence to show beside the field, or nothing."""
    seen = found(text)
    if not seen:
        return ""
    return (
        f"Ce texte semble contenir {', '.join(seen)}\u00a0: retirez-le, le portail ne garde que des nombres."
    )
