"""Declares the forty toys when imported, in place of all that is declared: for processes of a test only."""

from agglo.opendata.declaration import declared, register, unregister
from tests.opendata.forty import CODES, toy

for code in declared():
    unregister(code)
for code in CODES:
    register(toy(code))
