"""The catalogue of indicators: strategic axes, what is followed under each, and the measures that answer."""

from agglo.indicators.models.axis import Axis
from agglo.indicators.models.indicator import Followed, Indicator
from agglo.indicators.models.prepared import PreparedPage

__all__ = ["Axis", "Followed", "Indicator", "PreparedPage"]
