"""The catalogue of data.gouv.fr: which file of a dataset is the one in force, and when it last changed.

Two forms are read: the API (`/api/1/datasets/{id}/`, `resources[]`) and DCAT (`dataset[].distribution[]`, or
a graph of nodes whose names are whole addresses), which other portals speak too.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from agglo.opendata.errors import WrongAnswer

DCAT, TERMS = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


class Resource(NamedTuple):
    """One downloadable file, as the catalogue announces it."""

    title: str
    format: str
    url: str
    last_modified: datetime | None
    size: int | None = None


def resources(body: object) -> list[Resource]:
    """Every file a catalogue answer announces. Raises WrongAnswer when it is neither form."""
    match body:
        case {"resources": list(found)}:
            return [_from_api(one) for one in found if isinstance(one, dict)]
        case {"dataset": list(datasets)}:
            return [r for one in datasets for r in _from_dcat(one)]
        case {"@graph": list(nodes)}:
            return list(_from_graph(nodes))
        case [dict(), *_]:
            return list(_from_graph(body))
    raise WrongAnswer("La réponse du catalogue n’a pas la liste de fichiers attendue.", str(body)[:200])


def newest(body: object, title: str, format: str, without: tuple[str, ...] = ()) -> Resource:
    """The file whose title holds `title` and none of `without`, in that format, last modified.

    Raises WrongAnswer, naming what the catalogue has, when there is none.
    """
    found = resources(body)
    fits = [
        one
        for one in found
        if title.casefold() in one.title.casefold()
        and not any(word.casefold() in one.title.casefold() for word in without)
        and format.casefold() in (one.format.casefold(), one.url.rpartition(".")[2].casefold())
    ]
    if not fits:
        raise WrongAnswer(
            f"Le catalogue n’annonce plus de fichier «\u202f{title}\u202f» au format {format}.",
            " ; ".join(f"{one.title} ({one.format})" for one in found)[:500] or "aucun fichier",
        )
    return max(fits, key=lambda one: (one.last_modified is not None, one.last_modified, one.title))


def _from_api(one: dict) -> Resource:
    size = one.get("filesize")
    return Resource(
        title=str(one.get("title") or ""),
        format=str(one.get("format") or ""),
        url=str(one.get("latest") or one.get("url") or ""),
        last_modified=_moment(one.get("last_modified")),
        size=size if isinstance(size, int) else None,
    )


def _from_dcat(dataset: dict) -> Iterator[Resource]:
    """A distribution seldom has its own title or day: it then has those of its dataset."""
    for one in dataset.get("distribution") or ():
        yield Resource(
            title=str(dataset.get("title") or one.get("title") or ""),
            format=str(one.get("format") or one.get("mediaType") or ""),
            url=str(one.get("downloadURL") or one.get("accessURL") or ""),
            last_modified=_moment(one.get("modified") or dataset.get("modified")),
        )


def _from_graph(nodes: list) -> Iterator[Resource]:
    for node in nodes:
        kinds = node.get("@type") or []
        if f"{DCAT}Distribution" not in kinds and "dcat:Distribution" not in kinds:
            continue
        url = _said(node, DCAT, "downloadURL", "dcat:") or _said(node, DCAT, "accessURL", "dcat:")
        yield Resource(
            title=_said(node, TERMS, "title", "dct:"),
            format=_said(node, TERMS, "format", "dct:") or _said(node, DCAT, "mediaType", "dcat:"),
            url=url,
            last_modified=_moment(_said(node, TERMS, "modified", "dct:")),
        )


def _said(node: dict, space: str, name: str, short: str) -> str:
    """The first value of a property, whichever way JSON-LD writes it."""
    value = node.get(space + name) or node.get(short + name) or node.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    return "" if value is None else str(value)


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text[:10])):
            moment = datetime(day.year, day.month, day.day)
    except ValueError:
        return None
    return make_aware(moment) if moment is not None and is_naive(moment) else moment
