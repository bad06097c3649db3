"""Classified installations (ICPE) and declared emissions of Géorisques, read and counted.

REPORTED, and no answer kept: the envelope `{results, page, total_pages, data[], next}`, the names of the
fields, and the closed lists of regimes, states and Seveso statuses (a state outside the list is a change and
is refused). The service also lists sites that are not classified (« Non ICPE »).
"""

import csv
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from agglo.indicators.bundling import pages
from agglo.indicators.tabular import lines
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Row
from agglo.opendata.errors import WrongAnswer

REGIMES = {"autorisation": "icpe-autorisation", "enregistrement": "icpe-enregistrement"}
SEVESO = {"seveso seuil haut": "icpe-seveso-haut", "seveso seuil bas": "icpe-seveso-bas"}
RUNNING = {"en exploitation avec titre", "en exploitation sans titre"}
ENDING = "en fin d'exploitation"
# Not yet built, under construction, stopped: neither running nor ending.
ELSEWHERE = {"", "en construction", "non construit", "projet", "à l'arrêt", "mis à l'arrêt définitif"}
ICPE = ("icpe-exploitation", *REGIMES.values(), *SEVESO.values(), "icpe-fin-exploitation")
KEYS = {"codeAIOT", "codeInsee", "regime"}

CO2 = "Dioxyde de carbone (CO2) d'origine non biomasse"
EMISSIONS = {"identifiant", "code_insee", "annee_emission", "milieu", "polluant", "quantite", "unite"}


def installations(answer: Answer) -> Iterator[dict]:
    """Each installation of the pages, once. Raises WrongAnswer when the envelope or a field has changed."""
    seen = set()
    for page in pages(answer):
        found = page.body.get("data") if isinstance(page.body, dict) else None
        if not isinstance(found, list):
            raise WrongAnswer("La réponse de Géorisques n’a pas la liste attendue.", str(page.body)[:200])
        for one in found:
            missing = sorted(KEYS - one.keys()) if isinstance(one, dict) else sorted(KEYS)
            if missing:
                raise WrongAnswer(f"Une installation n’a plus {', '.join(missing)}.", str(one)[:300])
            if one["codeAIOT"] not in seen:
                seen.add(one["codeAIOT"])
                yield one


def counted(found: Iterable[dict], communes: Iterable[str], period: str) -> Iterator[Row]:
    """Six numbers a commune, zeros included: the register is whole."""
    numbers = {code: Counter() for code in communes}
    for one in found:
        regime = REGIMES.get(_plain(one["regime"]))
        place = numbers.get(str(one["codeInsee"]))
        if regime is None or place is None:
            continue
        state = _plain(one.get("etatActivite"))
        if state in RUNNING:
            place.update(["icpe-exploitation", regime])
            if (seveso := SEVESO.get(_plain(one.get("statutSeveso")))) is not None:
                place[seveso] += 1
        elif state == ENDING:
            place["icpe-fin-exploitation"] += 1
        elif state not in ELSEWHERE:
            raise WrongAnswer(
                "Géorisques emploie un état d’activité que le portail ne connaît pas\u00a0:"
                f" «\u202f{state}\u202f».",
                str(one["codeAIOT"]),
            )
    for line, (code, place) in enumerate(sorted(numbers.items()), start=1):
        for measure in ICPE:
            yield Row(line, "COM", code, measure, "", period, str(place[measure]))


def _plain(value: object) -> str:
    return ("" if value is None else str(value)).strip().replace("’", "'").casefold()


def emissions(answer: Answer, communes: Iterable[str], epci: str) -> Iterator[Row]:
    """Fossil CO₂ to the air by commune, and for all of ours, by year, in tonnes; from the yearly archive.

    « < seuil » is a declaration without a number: counted among those who declare, absent from the sum. The
    three CO₂ lines of a site (fossil, biomass, both) overlap: only the fossil one is read. Raises
    WrongAnswer when the archive, its columns, its units or the pollutant's name have changed.
    """
    ours, sites = set(communes), defaultdict(set)
    sums: dict[tuple[str, str, str], Decimal] = {}
    known = False
    for line, cells in _member(answer, "emissions.csv"):
        if cells["polluant"].strip().replace("’", "'") != CO2 or cells["milieu"].strip() != "Air":
            continue
        known = True
        commune, year = cells["code_insee"].strip(), cells["annee_emission"].strip()
        if commune not in ours:
            continue
        tonnes = _tonnes(cells, line)
        for place in (("COM", commune, year), ("EPCI", epci, year)):
            if cells["identifiant"] in sites[place]:
                raise WrongAnswer(
                    "Un établissement déclare deux fois son CO₂ fossile.", f"ligne {line}\u00a0: {cells}"
                )
            sites[place].add(cells["identifiant"])
            if tonnes is not None:
                sums[place] = sums.get(place, Decimal(0)) + tonnes
    if not known:
        raise WrongAnswer(f"Le registre n’a plus de polluant nommé «\u202f{CO2}\u202f» dans l’air.")
    for rank, (place, found) in enumerate(sorted(sites.items()), start=1):
        scheme, code, year = place
        value = sums.get(place)
        yield Row(rank, scheme, code, "irep-declarants-co2", "", year, str(len(found)))
        yield Row(rank, scheme, code, "irep-co2", "", year, None if value is None else f"{value:f}")


def _tonnes(cells: dict[str, str], line: int) -> Decimal | None:
    text = cells["quantite"].strip()
    if text.startswith("<"):
        return None
    if cells["unite"].strip() != "kg/an":
        raise WrongAnswer("Une émission n’est plus déclarée en kg par an.", f"ligne {line}\u00a0: {cells}")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise WrongAnswer(
            "Une quantité émise n’est ni un nombre ni «\u202f< seuil\u202f».", f"ligne {line}\u00a0: {text}"
        )
    return number / 1000


def _member(answer: Answer, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with answer.open() as outer, zipfile.ZipFile(outer) as whole:
            found = [one for one in whole.namelist() if one.rpartition("/")[2].casefold() == name]
            if len(found) != 1:
                raise WrongAnswer(
                    f"L’archive devrait contenir un fichier {name}.", ", ".join(whole.namelist())
                )
            with whole.open(found[0]) as stream:
                yield from lines(stream, EMISSIONS, delimiter=";")
    except (zipfile.BadZipFile, EOFError, io.UnsupportedOperation, csv.Error) as error:
        raise WrongAnswer("L’archive des émissions est coupée ou abîmée.", str(error)) from error
