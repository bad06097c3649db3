"""Where a new row belongs: the commune of a site, the site of a lot, the lot of an establishment."""

from dataclasses import dataclass, field
from functools import cached_property

from agglo.territory.models import Kind, Territory
from projects.identifiers import is_siret
from projects.models import Lot, Site, StandardRow

from .declaring import Cells, Standard


@dataclass(slots=True)
class Place:
    """None where nothing of ours answers: the row is then kept by itself, and `remarks` say so."""

    commune: Territory | None = None
    site: Site | None = None
    lot: Lot | None = None
    remarks: list[str] = field(default_factory=list)


class Places:
    """All that rows may belong to, read once for a whole file."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard

    def of(self, cells: Cells) -> Place:
        match self.standard.record:
            case "site":
                return self._commune(cells.get("comm_insee") or cells.get("site_comm_insee", ""))
            case "lot":
                return self._site(cells["site_id"])
            case "occupancy":
                return self._lot(cells)
        return Place()

    @cached_property
    def communes(self) -> dict[str, Territory]:
        found = Territory.objects.filter(kind=Kind.COMMUNE).named().without_contour()
        return {one.code: one for one in found}

    @cached_property
    def sites(self) -> dict[str, Site]:
        """By identifier of their row, else by the one that our own file gives them."""
        found = {f"SITE-ECO_{one.slug}": one for one in Site.objects.all()}
        rows = StandardRow.objects.filter(standard="site-eco", site__isnull=False).select_related("site")
        return found | {one.key: one.site for one in rows}

    @cached_property
    def lots(self) -> dict[str, Lot]:
        rows = StandardRow.objects.filter(standard="terrain-eco", lot__isnull=False)
        return {one.key: one.lot for one in rows.select_related("lot__site")}

    def _commune(self, code: str) -> Place:
        place = Place(commune=self.communes.get(code))
        if place.commune is None:
            place.remarks.append(f"La commune {code} n’est pas une des nôtres : le site reste sans commune.")
        return place

    def _site(self, key: str) -> Place:
        place = Place(
            site=self.sites.get(key) or self.sites.get(f"SITE-ECO_{key.partition('_SITE-ECO_')[2]}")
        )
        if place.site is None:
            place.remarks.append(f"Le site {key} n’est pas connu : la ligne est gardée, sans lot.")
        return place

    def _lot(self, cells: Cells) -> Place:
        keys = [one.strip() for one in cells["terr_id"].split("|")]
        lot = next((self.lots[key] for key in keys if key in self.lots), None)
        if lot is None:
            return Place(remarks=["Aucun de ses terrains n’est connu : la ligne est gardée, sans occupant."])
        if not is_siret(cells["SIRET"]) or cells["SIRET"][:9] != cells["SIREN"]:
            why = "La clé du SIRET ne tombe pas juste, ou son SIREN en diffère"
            return Place(remarks=[f"{why} : la ligne est gardée, sans occupant."])
        said = ["L’occupant est noté sur le premier de ses terrains que nous connaissons."]
        return Place(site=lot.site, lot=lot, remarks=said if len(keys) > 1 else [])
