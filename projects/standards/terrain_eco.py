"""CNIG Sites économiques, v2024-10, class TERRAIN-ECO: a lot of one of our sites. Areas are in hectares."""

from .declaring import Cells, Mapped, Standard
from .persons import Known, doubtful
from .values import GEOJSON, HECTARES, words

WORKS = {
    "non aménageable": "not_possible",
    "non aménagé, non viabilisé": "raw",
    "viabilisation en cours": "servicing",
    "viabilisé non aménagé": "serviced",
    "viabilisé et aménagé": "ready",
    "inconnu": "unknown",
}
SALE = {
    "non commercialisable": "not_for_sale",
    "non commercialisé": "not_yet",
    "en vente": "for_sale",
    "en vente avec contraintes": "conditions",
    "réservé par option de réservation": "option",
    "réservé par une délibération de l'EPCI": "reserved",
    "vendu, commercialisation achevée": "sold",
    "inconnu": "unknown",
}
USE = {
    "inoccupé": "never_used",
    "occupé": "occupied",
    "occupation transitoire": "temporary",
    "vacant": "vacant",
    "friche": "brownfield",
    "inconnu": "unknown",
}


def personal(cells: Cells, known: Known) -> set[str]:
    """Who bought is told of legal persons only; « terr_maitrise_fonc » speaks of who owned the ground."""
    return doubtful(cells, ("terr_acquereur",), known)


STANDARD = Standard(
    code="terrain-eco",
    title="Terrains économiques",
    edition="v2024-10",
    version="1.0.1",
    key="terr_id",
    prefix="terreco_",
    label="terr_id",
    record="lot",
    personal=personal,
    page="https://github.com/cnigfr/schema-sites-economiques",
    mapped=(
        Mapped("terr_surf_brute", "square_metres", HECTARES),
        Mapped("terr_stade_amngt", "works", words(WORKS, "unknown")),
        Mapped("terr_stade_comm", "sale", words(SALE, "unknown")),
        Mapped("terr_etat_occup", "use", words(USE, "unknown")),
        Mapped("terr_geomsurf", "outline", GEOJSON),
    ),
)
