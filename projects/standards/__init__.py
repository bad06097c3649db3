"""Open standards of brownfields and economic sites, both ways: files become records, records files."""

from . import etablissement, friches, pole_eco, site_eco, terrain_eco
from .declaring import Standard

STANDARDS: dict[str, Standard] = {
    one.code: one
    for one in (
        friches.STANDARD,
        site_eco.STANDARD,
        terrain_eco.STANDARD,
        pole_eco.STANDARD,
        etablissement.STANDARD,
    )
}
