"""CNIG Sites économiques, v2024-10, class SITE-ECO: a site that is no brownfield. Areas in hectares."""

from projects.models import Site

from .declaring import Cells, Mapped, Standard
from .persons import Known, doubtful, is_legal
from .values import GEOJSON, GEOPOINT, HECTARES, NUMBER, name, present, text, words

KINDS = {
    "zone d'activité économique": "park",
    "zone AU à vocation économique": "park",
    "site économique historique hors ZAE": "industrial",
    "établissement économique isolé": "industrial",
    "autre": "platform",
}
NETWORKS = {
    "reseau_eau_pluviale": "eaux pluviales",
    "reseau_eau_potable": "eau",
    "reseau_assainissement": "assainissement",
    "reseau_gaz": "gaz",
    "reseau_electrique": "électricité",
    "reseau_fibre_optique": "fibre",
    "reseau_fret_ferroviaire": "embranchement ferré",
    "reseau_fluvial": "quai fluvial",
}

MANAGERS = ("site_moa_nom", "site_moa_amngt", "site_moa_comm")


def personal(cells: Cells, known: Known) -> set[str]:
    """Who manages is named when the kind of the manager, else its name, is that of a legal person."""
    managers = () if is_legal(cells.get("site_moa_type", ""), known) else MANAGERS
    return doubtful(cells, (*managers, "source_producteur"), known)


STANDARD = Standard(
    code="site-eco",
    title="Sites économiques",
    edition="v2024-10",
    version="1.0.1",
    key="site_id",
    prefix="siteeco_",
    label="site_nom",
    record="site",
    personal=personal,
    kinds=(
        Site.Kind.PARK,
        Site.Kind.INDUSTRIAL,
        Site.Kind.PLATFORM,
        Site.Kind.NURSERY,
        Site.Kind.CAMPUS,
    ),
    page="https://github.com/cnigfr/schema-sites-economiques",
    mapped=(
        Mapped("site_nom", "name", text(200)),
        Mapped("site_type", "kind", words(KINDS, "platform")),
        Mapped("site_comm_insee", "commune", text(5)),
        Mapped("site_comm_nom", "commune_name", name(120)),
        Mapped("site_description", "about", text(2000)),
        Mapped("site_surf_brute", "surface ground", HECTARES),
        Mapped("site_surf_utile", "surface usable", HECTARES),
        Mapped("site_uf_nbre", "land units", NUMBER),
        Mapped("site_uf_vacant_nbre", "land units vacant", NUMBER),
        Mapped("site_taux_vacance", "land units vacancy", NUMBER),
        Mapped("site_uf_bati_nbre", "land units built", NUMBER),
        Mapped("site_geomsurf", "outline", GEOJSON),
        Mapped("site_geompoint", "point", GEOPOINT),
        *(Mapped(name, f"network {network}", present(network)) for name, network in NETWORKS.items()),
    ),
)
