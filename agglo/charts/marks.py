"""The grammar of evidence: how firmly a point stands, and the five ways of having no number."""

from enum import StrEnum


class Mark(StrEnum):
    """How firmly a point stands; each has its own drawing, which prints in black and white."""

    OBSERVED = "observed"
    COMMITTED = "committed"
    ANNOUNCED = "announced"
    POTENTIAL = "potential"
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    TARGET = "target"

    @property
    def word(self) -> str:
        """« constaté », « engagé »…: the word that always goes with the drawing."""
        return MARK_WORDS[self]


MARK_WORDS: dict[Mark, str] = {
    Mark.OBSERVED: "constaté",
    Mark.COMMITTED: "engagé",
    Mark.ANNOUNCED: "annoncé",
    Mark.POTENTIAL: "potentiel",
    Mark.ESTIMATED: "estimé",
    Mark.PROVISIONAL: "provisoire",
    Mark.TARGET: "objectif",
}

# A segment of line that leads to one of these is dashed.
DASHED = frozenset({Mark.ESTIMATED, Mark.PROVISIONAL, Mark.POTENTIAL, Mark.TARGET})

# state -> (sign on the drawing, words in the table); "value" is the only state that carries a number.
STATES: dict[str, tuple[str, str]] = {
    "missing": ("n.d.", "n.d. (non disponible)"),
    "na": ("—", "— (sans objet)"),
    "pending": ("à paraître", "à paraître"),
    "masked": ("s", "s (secret statistique)"),
}

# qualifier -> (sign before a number on the drawing, words before it in the table)
QUALIFIERS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "about": ("≈\u202f", "environ\u00a0"),
    "at_least": ("≥\u202f", "au moins\u00a0"),
    "at_most": ("≤\u202f", "au plus\u00a0"),
}
