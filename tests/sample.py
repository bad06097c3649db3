"""The few rows that the addresses of `urls/` need to exist; one line per kind of page."""

from agglo.indicators.loading import load_indicators
from tests.kept import kept


def make() -> None:
    """Called once per row of the table, in an empty database."""
    kept("sample", load_indicators)
