"""CNIG Sites économiques, v2024-10, class ETABLISSEMENT: an occupant of our lots, legal persons only."""

from .declaring import Cells, Mapped, Standard
from .persons import is_legal
from .values import DAY, text

MISSING = ("", "NA", "NaN", "N/A")
NAMING = ("etab_raison_sociale", "etab_nom", "etab_adresse", "etab_description", "etab_contact_mail",
          "etab_contact_tel", "SIRET", "SIREN", "etab_geompoint")  # fmt: skip


def is_sole_trader(cells: Cells) -> bool:
    """Legal categories that begin with 1 are natural persons (Insee). Without a code (« EI »), the
    name alone says what it is.
    """
    category = cells.get("etab_nat_juridique", "").strip()
    if category[:1].isdigit():
        return category.startswith("1")
    return not is_legal(cells.get("etab_raison_sociale", ""), frozenset())


def notes(cells: Cells) -> list[str]:
    """A closing that cannot be dated leaves the occupant where it is: that is said, no day is made up."""
    closed, active = cells.get("etab_fermeture_date", ""), cells.get("etab_actif", "")
    if closed in MISSING and active == "non":
        return ["Il n’est plus actif, mais sa date de fermeture manque : sa fin n’est pas notée."]
    if closed not in MISSING and closed <= cells.get("etab_creation_date", ""):
        return ["Sa fermeture n’est pas après sa création : sa fin n’est pas notée."]
    return []


STANDARD = Standard(
    code="etablissement",
    title="Établissements",
    edition="v2024-10",
    version="1.0.1",
    key="SIRET",
    prefix="etabeco_",
    label="etab_nom",
    record="occupancy",
    personal=lambda cells, known: set(NAMING) if is_sole_trader(cells) else set(),
    refuses=lambda cells: (
        "C’est un entrepreneur individuel, donc une personne physique, ou rien ne dit le contraire"
        " (etab_nat_juridique\u202f: un code de quatre chiffres) : nous n’en gardons pas."
        if is_sole_trader(cells)
        else ""
    ),
    contacts=("etab_contact_mail", "etab_contact_tel"),
    page="https://github.com/cnigfr/schema-sites-economiques",
    notes=notes,
    mapped=(
        Mapped("etab_activite_libelle", "activity", text(200)),
        Mapped("etab_fermeture_date", "end", DAY),
    ),
)
