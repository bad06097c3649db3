"""The ledger's tables, one module per responsibility."""

from agglo.figures.models.contest import Contest, Outcome
from agglo.figures.models.judgement import Break, Contradiction, RetainedChoice, Target
from agglo.figures.models.measure import Measure, MeasureVersion
from agglo.figures.models.observation import Change, NumericField, Observation, ReviewEvent
from agglo.figures.models.series import Breakdown, Dimension, Series
from agglo.figures.models.source import Dataset, Quotation, Release, Source
from agglo.figures.models.subject import Subject

__all__ = [
    "Break",
    "Breakdown",
    "Change",
    "Contest",
    "Contradiction",
    "Dataset",
    "Dimension",
    "Measure",
    "MeasureVersion",
    "NumericField",
    "Observation",
    "Outcome",
    "Quotation",
    "Release",
    "RetainedChoice",
    "ReviewEvent",
    "Series",
    "Source",
    "Subject",
    "Target",
]
