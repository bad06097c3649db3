"""Declares the forty toys when imported, in place of all that is declared: for processes of a test only."""

from agglo.opendata import declaration
from tests.opendata.forty import CODES, toy

declaration._REGISTRY.clear()
for code in CODES:
    declaration.register(toy(code))
