"""CNIG Sites économiques, v2024-10, class POLE-ECO: a group of sites, held by its rows alone."""

from .declaring import Standard

STANDARD = Standard(
    code="pole-eco",
    title="Pôles économiques",
    edition="v2024-10",
    version="1.0.1",
    key="pole_id",
    prefix="poleeco_",
    label="pole_nom",
    record="",
    page="https://github.com/cnigfr/schema-sites-economiques",
)
