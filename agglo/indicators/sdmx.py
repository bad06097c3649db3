"""SDMX 2.1 in XML, as pure functions: both flavours read alike, series by series, without holding the file.

StructureSpecific puts everything in attributes of `Series` and `Obs`; Generic nests `Value id= value=`. A
service chooses by the Accept header, so both may come. `UNIT_MULT` is applied: 3548.5 with a multiplier of 3
is 3 548 500. Entities and document types are refused: an official answer has none.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from agglo.opendata.answer import Answer
from agglo.opendata.errors import WrongAnswer

MESSAGES = ("StructureSpecificData", "GenericData")


class Point(NamedTuple):
    """One observation as the source writes it. `value` is None for NaN and for nothing."""

    period: str
    value: str | None
    status: str


class Series(NamedTuple):
    """Dimensions and attributes of a series together, and its observations in the order of the source."""

    said: Mapping[str, str]
    points: list[Point]

    @property
    def title(self) -> str:
        return self.said.get("TITLE_FR") or self.said.get("TITLE") or ""


def read(answer: Answer) -> Iterator[Series]:
    """Every series of the answer. Raises WrongAnswer when it is not SDMX, or cut."""
    known = False
    try:
        with answer.open() as stream:
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                name = _local(element.tag)
                if not known:
                    known = _check_message(name)
                elif event == "end" and name == "Series":
                    yield _series(element)
                    element.clear()
    except (ParseError, DefusedXmlException, UnicodeDecodeError) as error:
        raise WrongAnswer(
            "La réponse SDMX est coupée ou abîmée\u00a0: le XML ne se lit pas jusqu’au bout.", repr(error)
        ) from error


def error_words(body: str) -> str | None:
    """The text of a `mes:Error` message; None when the body is something else."""
    try:
        root = fromstring(body.encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    if _local(root.tag) != "Error":
        return None
    return " ".join(" ".join(root.itertext()).split())


def _check_message(name: str) -> bool:
    if name in MESSAGES:
        return True
    what = "un message d’erreur" if name == "Error" else f"«\u202f{name}\u202f»"
    raise WrongAnswer(f"La réponse n’est pas un message de données SDMX, mais {what}.", name)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _series(element: Element) -> Series:
    said = dict(element.attrib)
    points = []
    for child in element:
        match _local(child.tag):
            case "SeriesKey" | "Attributes":
                said |= _values(child)
            case "Obs":
                points.append(child)
    power = _power(said)
    return Series(said, [_point(child, power, said) for child in points])


def _values(element: Element) -> dict[str, str]:
    return {v.get("id", ""): v.get("value", "") for v in element if _local(v.tag) == "Value"}


def _power(said: Mapping[str, str]) -> int:
    text = said.get("UNIT_MULT") or "0"
    try:
        return int(text)
    except ValueError:
        raise WrongAnswer(
            f"Le multiplicateur d’une série est illisible\u00a0: «\u202f{text}\u202f».", str(said)
        ) from None


def _point(element: Element, power: int, said: Mapping[str, str]) -> Point:
    found = dict(element.attrib)
    for child in element:
        match _local(child.tag):
            case "ObsDimension":
                found["TIME_PERIOD"] = child.get("value", "")
            case "ObsValue":
                found["OBS_VALUE"] = child.get("value", "")
            case "Attributes":
                found |= _values(child)
    missing = {"TIME_PERIOD", "OBS_VALUE"} - found.keys()
    if missing:
        raise WrongAnswer(
            f"Une observation SDMX n’a plus {' ni '.join(sorted(missing))}\u00a0: le service a changé"
            " de format.",
            f"{said.get('IDBANK', '')}\u00a0: {found}",
        )
    return Point(found["TIME_PERIOD"], _scaled(found["OBS_VALUE"], power), _status(found))


def _status(found: Mapping[str, str]) -> str:
    """OBS_STATUS; a normal value whose quality is provisional is provisional."""
    status = (found.get("OBS_STATUS") or "A")[:1]
    return "P" if status == "A" and found.get("OBS_QUAL") == "P" else status


def _scaled(text: str, power: int) -> str | None:
    """The value times ten to the power; what is not a number goes through, for the loader to refuse."""
    if text in ("", "NaN"):
        return None
    if not power:
        return text
    try:
        return f"{Decimal(text).scaleb(power):f}"
    except InvalidOperation:
        return text
