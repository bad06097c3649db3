"""CNIG Friches, v2023-12: one row is one of our sites of kind brownfield. Areas are in square metres."""

from projects.models import Site

from .declaring import Cells, Mapped, Standard
from .persons import Known, doubtful
from .values import SQUARE_METRES, WKT, WKT_POINT, name, one_of, text, words

POLLUTION = {
    "pollution inexistante": "none",
    "pollution traitée": "treated",
    "pollution peu probable": "unlikely",
    "pollution supposée": "supposed",
    "pollution avérée": "proven",
    "inconnu": "unknown",
}
ZONES = ("U", "AUc", "AUs", "A", "N", "Zc", "ZCa", "ZnC", "RNU", "inconnu", "autre", "sans objet")
PERSONS = {"personne morale": "legal", "personne physique": "natural", "inconnu": "unknown"}


def personal(cells: Cells, known: Known) -> set[str]:
    """The standard names legal persons only; a file that may name others loses the name here."""
    persons = set(cells.get("proprio_personne", "").split("|"))
    if any("physique" in one for one in persons):
        owner = {"proprio_nom"}
    else:
        owner = set() if persons == {"personne morale"} else doubtful(cells, ("proprio_nom",), known)
    return owner | doubtful(cells, ("source_producteur",), known)


STANDARD = Standard(
    code="friches",
    title="Friches",
    edition="v2023-12",
    version="1.0.6",
    key="site_id",
    prefix="friche_",
    label="site_nom",
    record="site",
    kinds=(Site.Kind.BROWNFIELD,),
    personal=personal,
    contacts=("source_contact",),
    page="https://github.com/cnigfr/schema-friches",
    words={"site_type": {"mixte": "mixte - autre"}},
    mapped=(
        Mapped("site_nom", "name", text(200)),
        Mapped("site_adresse", "address", text(300)),
        Mapped("comm_insee", "commune", text(5)),
        Mapped("comm_nom", "commune_name", name(120)),
        Mapped("sol_pollution_existe", "pollution", words(POLLUTION, "unknown")),
        Mapped("sol_pollution_commentaire", "pollution_words", text(300)),
        Mapped("urba_zone_type", "zoning", one_of(ZONES, 120)),
        Mapped("bati_surface", "surface floor", SQUARE_METRES),
        Mapped("unite_fonciere_surface", "surface ground", SQUARE_METRES),
        Mapped("proprio_personne", "owner_nature", words(PERSONS, "unknown")),
        Mapped("proprio_nom", "owner_name", name(200)),
        Mapped("geompoint", "point", WKT_POINT),
        Mapped("geomsurf", "outline", WKT),
    ),
)
