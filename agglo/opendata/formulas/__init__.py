"""Figures made from figures: declared formulas, worked out by the same runs as official data."""

from .declaring import computed, formula_of, measures_behind, official_behind, register_formula
from .formula import Formula, Input, Quotient, Ratio, Sum
from .totals import Total

__all__ = [
    "Formula",
    "Input",
    "Quotient",
    "Ratio",
    "Sum",
    "Total",
    "computed",
    "formula_of",
    "measures_behind",
    "official_behind",
    "register_formula",
]
