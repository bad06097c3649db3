"""The regions of Europe that hold the agglomeration, under the codes of Eurostat and OECD (NUTS 2021).

FRE12 is the département, FRE the region of today. FRE1 (Nord-Pas-de-Calais) is a région no more: Eurostat
still publishes it, as a subject of its own.
"""

from agglo.figures.recording import ensure_subject

FORMER_REGION = ("NUTS2", "FRE1")
PLACES = {
    "FRE12": ("DEP", "62"),
    "FRE11": ("DEP", "59"),
    "FRE1": FORMER_REGION,
    "FRE": ("REG", "32"),
    "FR": ("FRANCE", "F"),
    "FRA": ("FRANCE", "F"),
}
SCHEMES = {scheme: scheme for scheme in ("DEP", "REG", "FRANCE", "NUTS2")}


def know_former_region() -> None:
    """The only one of these places that no French code names."""
    ensure_subject(*FORMER_REGION, "Nord-Pas-de-Calais", "ancienne région")
