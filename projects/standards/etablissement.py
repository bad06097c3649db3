"""CNIG Sites économiques, v2024-10, class ETABLISSEMENT: an occupant of our lots, legal persons only."""

from .declaring import Cells, Mapped, Standard
from .values import text

NAMING = ("etab_raison_sociale", "etab_nom", "etab_adresse", "etab_description", "etab_contact_mail",
          "etab_contact_tel", "SIRET", "SIREN", "etab_geompoint")  # fmt: skip


def is_sole_trader(cells: Cells) -> bool:
    """Legal categories that begin with 1 are natural persons (Insee)."""
    return cells.get("etab_nat_juridique", "").strip().startswith("1")


STANDARD = Standard(
    code="etablissement",
    title="Établissements",
    edition="v2024-10",
    version="1.0.1",
    key="SIRET",
    prefix="etabeco_",
    label="etab_nom",
    record="occupancy",
    personal=lambda cells: set(NAMING) if is_sole_trader(cells) else set(),
    refuses=lambda cells: (
        "C’est un entrepreneur individuel, donc une personne physique : nous n’en gardons pas."
        if is_sole_trader(cells)
        else ""
    ),
    contacts=("etab_contact_mail", "etab_contact_tel"),
    page="https://github.com/cnigfr/schema-sites-economiques",
    mapped=(Mapped("etab_activite_libelle", "activity", text(200)),),
)
