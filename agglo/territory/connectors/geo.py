"""geo.api.gouv.fr: contours of our communes, all at once, or one by one when that is too much for it.

REPORTED: address, parameters and errors are those of the service’s specification and of its own source; no
answer with contours was kept. Names, codes and memberships come from the reference data, not from here: a
commune the service adds, or no longer gives, is shown among the refusals and changes nothing by itself.
"""

import json
from collections.abc import Iterator

import shapely
from django.conf import settings
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Landed, Producer, register
from agglo.opendata.door import Door
from agglo.opendata.errors import RetryableError, WrongAnswer
from agglo.territory.models import Territory
from agglo.territory.shapes import redraw

# Without geometry=contour the service gives centre points, even when the contour is among the fields.
PARAMS = {"fields": "nom,code", "format": "geojson", "geometry": "contour"}
BOX = shapely.box(2.0, 50.0, 3.0, 51.0)
# So few missing communes have left or merged; more is an answer in part.
FEW = 0.05
SOURCE = "geo.api.gouv.fr (IGN, Admin Express)"


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """One request for all communes; when the service fails (502 when contours are many), one for each."""
    try:
        whole = door.get(declaration.path, declaration.params, conditional=True)
    except RetryableError:
        codes = list(Territory.objects.communes_of().named().values_list("subject__code", flat=True))
        if not codes:
            raise
        for code in codes:
            yield door.get(f"/communes/{code}", PARAMS)
    else:
        yield whole


def features_of(answer: Answer) -> list:
    """Features of a collection, or the single one of a commune's own answer. Raises WrongAnswer."""
    body = answer.json()
    match body:
        case {"type": "FeatureCollection", "features": list(features)} if features:
            return features
        case {"type": "Feature"}:
            return [body]
    raise WrongAnswer(
        "La réponse du service géographique n’est pas une liste de contours (GeoJSON).",
        json.dumps(body)[:200],
    )


def contour_of(feature: object, known: set[str]) -> tuple[str, BaseGeometry]:
    """Commune code and shape. Raises ValueError, in French, when it cannot be taken."""
    match feature:
        case {"properties": {"code": str(code)}, "geometry": {"type": str(kind)} as geometry}:
            pass
        case _:
            raise ValueError("ni code de commune, ni contour")
    if code not in known:
        raise ValueError(f"la commune {code} n’est pas de notre territoire")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"un contour est attendu, le service donne un {kind}")
    try:
        found = shape(geometry)
    except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("coordonnées illisibles") from error
    if found.is_empty or not found.is_valid:
        raise ValueError("contour vide" if found.is_empty else "contour qui se recoupe")
    if not BOX.covers(found):
        raise ValueError("contour hors de la région attendue (longitude 2 à 3, latitude 50 à 51)")
    return code, found


def land(answers: list[Answer]) -> Landed:
    """Writes contours that changed, then draws all again; what cannot be taken is refused, one by one."""
    landed = Landed()
    communes = {t.code: t for t in Territory.objects.communes_of().select_related("subject")}
    seen, changed = set(), []
    for answer in answers:
        for feature in features_of(answer):
            landed.read += 1
            try:
                code, found = contour_of(feature, set(communes))
                if code in seen:
                    raise ValueError(f"la commune {code} est donnée deux fois")
            except ValueError as error:
                landed.refused.append((landed.read, json.dumps(feature)[:500], str(error)))
                continue
            seen.add(code)
            commune, contour = communes[code], json.loads(json.dumps(mapping(found)))
            if commune.contour == contour:
                landed.unchanged += 1
                continue
            landed.revised += commune.contour is not None
            landed.added += commune.contour is None
            commune.contour, commune.contour_source = contour, SOURCE
            commune.contour_on = answer.received_at.date()
            changed.append(commune)
    missing = sorted(set(communes) - seen)
    if len(missing) <= len(communes) * FEW:
        for code in missing:
            reason = f"la commune {code} n’est plus dans la réponse\u00a0: son contour d’avant reste"
            landed.refused.append((landed.read, code, reason))
    if len(landed.refused) * 2 > landed.read:
        raise WrongAnswer(
            "Plus de la moitié des contours reçus sont inutilisables\u00a0: aucun n’est repris.",
            landed.refused[0][2],
        )
    if changed:
        Territory.objects.bulk_update(changed, ["contour", "contour_source", "contour_on"], batch_size=50)
        redraw()
    return landed


GEO_CONTOURS = register(
    Declaration(
        code="geo-contours",
        title="Contours des communes",
        source=Producer("geo-api", "API Géo (data.gouv.fr, IGN)", "https://geo.api.gouv.fr"),
        base_url="https://geo.api.gouv.fr",
        path=f"/epcis/{settings.EPCI_CODE}/communes",
        params=PARAMS,
        page="https://geo.api.gouv.fr/decoupage-administratif",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        expect="json",
        schemes={"COM": "COM"},
        fetch=fetch,
        land=land,
    )
)
