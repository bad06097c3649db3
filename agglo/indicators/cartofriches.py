"""Brownfields of Cartofriches in the CNIG standard: three forms read as one record, then counted in hectares.

QUOTED: rows of the CSV (`;`, `NA` for what is missing, statuses and types outside the enumerations), a
result of `/friches/` and a feature of `/geofriches/`. The identifier of a feature stands beside its
properties; `unite_fonciere_refcad` is a list there and the text of a Python list in `/friches/`.
"""

import ast
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from agglo.indicators.bundling import pages
from agglo.indicators.places import hectares
from agglo.indicators.tabular import table
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Row
from agglo.opendata.errors import WrongAnswer

STATUSES = (
    "friche potentielle",
    "friche sans projet",
    "friche avec projet",
    "friche reconvertie",
    "inconnu",
    "autre",
    "sans objet",
)
SURFACES = {
    "friche potentielle": "friches-potentielles-surface",
    "friche sans projet": "friches-sans-projet-surface",
    "friche avec projet": "friches-avec-projet-surface",
    "friche reconvertie": "friches-reconverties-surface",
}
NEEDED = {"site_id", "site_type", "site_statut", "comm_nom", "comm_insee", "unite_fonciere_surface"}
# The catalogue of the list view has no geometry, and the features no name of the commune.
KEYS = {"site_type", "site_statut", "comm_insee", "unite_fonciere_surface"}
MISSING = {"", "NA", "NULL", "None"}


@dataclass(frozen=True, slots=True)
class Brownfield:
    """One site, under the names of the CNIG standard; None for what the source does not say.

    `unite_fonciere_surface` is in m², as the standard has it. `line` is where it stands in the answer.
    `geometry` is GeoJSON (WGS84), of features only.
    """

    line: int
    site_id: str
    comm_insee: str
    site_statut: str
    site_type: str | None = None
    site_nom: str | None = None
    site_adresse: str | None = None
    site_actu_date: str | None = None
    site_occupation: str | None = None
    site_reconv_annee: str | None = None
    site_url: str | None = None
    comm_nom: str | None = None
    unite_fonciere_surface: Decimal | None = None
    unite_fonciere_refcad: tuple[str, ...] = ()
    proprio_personne: str | None = None
    sol_pollution_existe: str | None = None
    urba_zone_type: str | None = None
    source_nom: str | None = None
    geompoint: str | None = None
    geometry: dict | None = None


Raw = tuple[int, dict, dict | None]  # line, cells as the source says them, geometry


def sites(answer: Answer) -> Iterator[Brownfield]:
    """Every site of a CSV file, of a page of either view of the API, or of a bundle of pages."""
    for line, cells, geometry in _raw(answer):
        found = brownfield(line, cells, geometry)
        if found is not None:
            yield found


def records(answer: Answer) -> Iterator[dict[str, object]]:
    """The same sites with all that the source says of them, and their `geometry` (GeoJSON or None).

    Parcels are a list, whichever way the source wrote them; texts that stand for nothing are None.
    """
    for _, cells, geometry in _raw(answer):
        if brownfield(0, cells) is not None:
            said = {name: value if isinstance(value, list) else _text(value) for name, value in cells.items()}
            said["unite_fonciere_refcad"] = list(parcels(cells.get("unite_fonciere_refcad")))
            yield said | {"geometry": geometry}


def _raw(answer: Answer) -> Iterator[Raw]:
    with answer.open() as stream:
        start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    yield from _from_json(answer) if start in (b"{", b"[") else _from_csv(answer)


def _from_csv(answer: Answer) -> Iterator[Raw]:
    yield from ((line, cells, None) for line, cells in table(answer, NEEDED))


def _from_json(answer: Answer) -> Iterator[Raw]:
    line, seen = 0, set()
    for page in pages(answer):
        match page.body:
            case {"results": list(results)}:
                found = [(one, None) for one in results]
            case {"type": "FeatureCollection", "features": list(features)}:
                found = [_flat(one) for one in features]
            case body:
                raise WrongAnswer("La réponse de Cartofriches n’est pas une liste de sites.", str(body)[:200])
        for one, geometry in found:
            line += 1
            if not isinstance(one, dict) or (missing := sorted(KEYS - one.keys())):
                raise WrongAnswer(
                    f"Un site de Cartofriches n’a plus {', '.join(missing)}\u00a0: le service a"
                    " changé de format."
                    if isinstance(one, dict)
                    else "Un site de Cartofriches est illisible.",
                    str(one)[:300],
                )
            if (number := one.get("site_id")) in seen:
                raise WrongAnswer(
                    f"Cartofriches donne deux fois le site {number}\u00a0: sa pagination est défaillante."
                )
            seen.add(number)
            yield line, one, geometry


def _flat(feature: object) -> tuple[dict, dict | None]:
    """A feature's properties with its identifier, and its geometry."""
    match feature:
        case {"properties": dict(properties)}:
            return {"site_id": feature.get("id"), **properties}, feature.get("geometry")
    raise WrongAnswer("Un site de Cartofriches n’a pas de propriétés.", str(feature)[:200])


def brownfield(line: int, cells: dict, geometry: dict | None = None) -> Brownfield | None:
    """A record under CNIG names; None without a commune. A status outside the standard becomes « autre »."""
    said = {name: _text(cells.get(name)) for name in Brownfield.__dataclass_fields__ if name in cells}
    if not said.get("comm_insee") or not said.get("site_id"):
        return None
    status = said.get("site_statut") or "inconnu"
    said["site_statut"] = status if status in STATUSES else "autre"
    said["unite_fonciere_surface"] = surface(cells.get("unite_fonciere_surface"))
    said["unite_fonciere_refcad"] = parcels(cells.get("unite_fonciere_refcad"))
    return Brownfield(line=line, geometry=geometry, **said)


def _text(value: object) -> str | None:
    text = "" if value is None else str(value).strip()
    return None if text in MISSING else text


def surface(value: object) -> Decimal | None:
    """Square metres; None when not said. Raises WrongAnswer for what is neither."""
    text = _text(value)
    if text is None:
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise WrongAnswer("La surface d’une friche n’est pas un nombre de m².", text)
    return number


def parcels(value: object) -> tuple[str, ...]:
    """Cadastral references, from a list, the text of a Python list, JSON, or codes parted by `|` or `,`."""
    if isinstance(value, str):
        text = value.strip()
        if text in MISSING:
            return ()
        if text.startswith(("[", "{")):
            try:
                value = ast.literal_eval(text) if "'" in text else json.loads(text)
            except (ValueError, SyntaxError):
                value = text.strip("[]{}").replace("|", ",").split(",")
        else:
            value = text.replace("|", ",").split(",")
    if not isinstance(value, list | tuple | set):
        return ()
    return tuple(sorted({str(one).strip(" '\"") for one in value if str(one).strip(" '\"")}))


def counted(found: Iterable[Brownfield], communes: Iterable[str], epci: str, period: str) -> Iterator[Row]:
    """Hectares by status and numbers of sites, by commune of ours that has any, and for all of them.

    A commune without a site gives no row: nobody counted zero there. Where no site of a status has a known
    surface, the hectares are missing, not zero. A land unit entered twice in a commune (same parcels, same
    surface) adds its surface once, under the status it was first given.
    """
    ours, tallies, units, last = set(communes), defaultdict(Tally), set(), 0
    for site in found:
        if site.comm_insee not in ours:
            continue
        last = site.line
        unit = (site.comm_insee, site.unite_fonciere_refcad, site.unite_fonciere_surface)
        again = bool(site.unite_fonciere_refcad) and unit in units
        units.add(unit)
        for place in (("COM", site.comm_insee), ("EPCI", epci)):
            tallies[place].add(site, again)
    for (scheme, code), tally in sorted(tallies.items()):
        for measure, key, value in tally.figures():
            yield Row(last, scheme, code, measure, key, period, value)


class Tally:
    """What is counted of one place."""

    def __init__(self) -> None:
        self.sites: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self.metres: defaultdict[str, Decimal] = defaultdict(Decimal)

    def add(self, site: Brownfield, again: bool) -> None:
        """One more site; `again` when its land unit was already added."""
        self.sites[site.site_statut] += 1
        if site.unite_fonciere_surface is not None:
            self.known[site.site_statut] += 1
            self.metres[site.site_statut] += 0 if again else site.unite_fonciere_surface

    def figures(self) -> Iterator[tuple[str, str, str | None]]:
        """Measure, breakdown key and value of each figure."""
        yield "friches-sites", "", str(self.sites.total())
        for status, number in sorted(self.sites.items()):
            yield "friches-sites", f"site_statut={status}", str(number)
        yield "friches-sites-sans-surface", "", str(self.sites.total() - self.known.total())
        for status, measure in SURFACES.items():
            unknown = self.sites[status] and not self.known[status]
            yield measure, "", None if unknown else hectares(self.metres[status])
        whole = sum(self.metres.values(), Decimal(0))
        yield "friches-recensees-surface", "", hectares(whole) if self.known.total() else None
