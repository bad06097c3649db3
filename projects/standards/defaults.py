"""What our record can say where no file has spoken: identifiers, dates, « inconnu ». Nothing is invented."""

from django.conf import settings
from django.utils import timezone

from projects.models import Lot, Site, Stage

from .declaring import Cells, Standard

UNKNOWN = "inconnu"


def of(standard: Standard, record) -> Cells:
    match standard.code, record:
        case "friches", Site():
            return _brownfield(record)
        case "site-eco", Site():
            return _economic_site(record)
        case "terrain-eco", Lot():
            return _land(record)
    return {}


def key_of(standard: Standard, record) -> str:
    """The identifier that our own file gives to a record: read back, it leads to the same record."""
    return of(standard, record).get(standard.key, "")


def _brownfield(site: Site) -> Cells:
    return {
        "site_id": f"{_commune(site)}_{site.slug}",
        "site_type": UNKNOWN,
        "site_statut": _status(site),
        "urba_zaer": UNKNOWN,
        "source_nom": site.source,
        "source_producteur": settings.SITE_NAME,
        "proprio_personne": UNKNOWN,
        **_days(site),
    }


def _economic_site(site: Site) -> Cells:
    return {
        "site_id": f"{_commune(site)}_SITE-ECO_{site.slug}",
        "pole_id": "sans objet",
        "site_vocadomi": UNKNOWN,
        "site_etat": "existant et actif" if Stage.ACTIVE in _stages(site) else UNKNOWN,
        "site_epci_nom": settings.SITE_NAME,
        "site_epci_siren": settings.EPCI_CODE,
        "site_moa_type": UNKNOWN,
        "source_producteur": settings.SITE_NAME,
        **_days(site),
    }


def _land(lot: Lot) -> Cells:
    states = list(lot.states.all())
    days = {}
    if states:
        days = {
            "terr_identif_date": states[0].since.isoformat(),
            "terr_actu_date": states[-1].since.isoformat(),
        }
    told = [one.key for one in lot.site.standard_rows.all() if one.standard == "site-eco" and not one.lot_id]
    return {
        "terr_id": f"{_commune(lot.site)}_TERRAIN-ECO_{lot.site.slug}-{lot.code}",
        "site_id": told[0] if told else f"{_commune(lot.site)}_SITE-ECO_{lot.site.slug}",
        "terr_maitrise_fonc": UNKNOWN,
        "terr_usage": UNKNOWN,
        "terr_stade_amngt": UNKNOWN,
        "terr_stade_comm": UNKNOWN,
        "terr_etat_occup": UNKNOWN,
        **days,
    }


def _days(site: Site) -> Cells:
    """When we identified it is when its record was last written: no earlier day is known to us."""
    day = timezone.localtime(site.updated_at).date().isoformat()
    return {"site_identif_date": day, "site_actu_date": day}


def _commune(site: Site) -> str:
    return site.commune.code if site.commune else "00000"


def _stages(site: Site) -> set[int]:
    today = timezone.localdate()
    return {
        one.stage
        for one in site.stages.all()
        if (one.start is None or one.start <= today) and (one.end is None or one.end > today)
    }


def _status(site: Site) -> str:
    """A brownfield of which we know no project may have one: we do not say « sans projet »."""
    if Stage.CONVERTED in _stages(site):
        return "friche reconvertie"
    return "friche avec projet" if any(one.published for one in site.projects.all()) else UNKNOWN
