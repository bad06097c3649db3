"""API Sirene 3.11, read page by page: envelope, cursor, errors.

RECORDED: the envelope `header{statut,message,total,nombre,curseur,curseurSuivant}` and its cursor over two
pages, an establishment whole. TESTDATA: the error body. The range syntax of the question is from the
documentation; nobody here has seen its answer.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from agglo.indicators.bundling import Page, pages
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Row
from agglo.opendata.errors import FinalError, RefreshError, WrongAnswer

MEASURE = "sirene-etablissements-industrie"
FIELDS = "siret,codeCommuneEtablissement,etatAdministratifEtablissement,activitePrincipaleEtablissement"


class NoResult(FinalError):
    """The service answers 404 when nothing fits the question: an answer, not a fault."""


def question(communes: Iterable[str]) -> str:
    """Active establishments of industry (divisions 05 to 39, NAF rév. 2) in these communes."""
    places = " OR ".join(communes)
    industry = "activitePrincipaleEtablissement:[05.00A TO 39.99Z]"
    return f"codeCommuneEtablissement:({places}) AND periode(etatAdministratifEtablissement:A AND {industry})"


def header(page: Page) -> dict:
    """The envelope of a page. Raises WrongAnswer when it has changed or says other than 200."""
    match page.body:
        case {"header": {"statut": 200} as found}:
            return found
        case {"header": {"statut": status, "message": message}}:
            raise FinalError(f"L’API Sirene refuse la demande\u00a0: {message}", f"statut {status}")
    raise WrongAnswer("La réponse de l’API Sirene n’a pas l’en-tête attendu.", str(page.body)[:200])


def following(page: Page) -> str | None:
    """The next cursor; None on the last page, where it stays the same. The `Link` header is not followed."""
    found = header(page)
    after = found.get("curseurSuivant")
    return after if after and after != found.get("curseur") else None


def current(establishment: dict) -> dict:
    """What holds today: the period without end. Raises WrongAnswer when there is none, or several."""
    periods = establishment.get("periodesEtablissement")
    open_ones = [one for one in periods if one.get("dateFin") is None] if isinstance(periods, list) else []
    if len(open_ones) != 1:
        raise WrongAnswer(
            "Un établissement de l’API Sirene n’a pas une période en cours, et une seule.",
            str(establishment.get("siret")),
        )
    return open_ones[0]


def is_industrial(one: dict) -> bool:
    """Active today, and coded in industry: the question alone would also take past periods."""
    activity = one.get("activitePrincipaleEtablissement") or ""
    return one.get("etatAdministratifEtablissement") == "A" and "05" <= activity[:2] <= "39"


def counted(answer: Answer, communes: Iterable[str], period: str) -> Iterator[Row]:
    """Establishments of industry by commune, zeros included. No row when nothing was found anywhere."""
    numbers, seen, announced = Counter(dict.fromkeys(communes, 0)), set(), 0
    for page in pages(answer):
        announced = header(page).get("total") or 0
        found = page.body.get("etablissements")
        if not isinstance(found, list):
            raise WrongAnswer("La réponse de l’API Sirene n’a pas de liste d’établissements.", page.path)
        for one in found:
            code = (one.get("adresseEtablissement") or {}).get("codeCommuneEtablissement")
            if code is None or "siret" not in one:
                raise WrongAnswer(
                    "Un établissement de l’API Sirene n’a plus son numéro ou sa commune.", str(one)[:200]
                )
            if one["siret"] not in seen:
                seen.add(one["siret"])
                numbers[code] += code in numbers and is_industrial(current(one))
    if len(seen) < announced:
        raise WrongAnswer("Des pages de l’API Sirene manquent.", f"{len(seen)} lus sur {announced}")
    for line, (code, number) in enumerate(sorted(numbers.items()), start=1):
        if announced:
            yield Row(line, "COM", code, MEASURE, "", period, str(number))


def explain(status: int, body: str) -> RefreshError | None:
    """What the error envelope says; a 404 in that envelope is an empty answer."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    match said:
        case {"header": {"statut": 404}} if status == 404:
            return NoResult("L’API Sirene ne trouve aucun établissement qui réponde à la demande.")
        case {"header": {"message": str(message)}} if status < 500 and status != 429:
            return FinalError(f"L’API Sirene refuse la demande\u00a0: {message}")
        case {"message": "Unauthorized"}:
            return FinalError("L’API Sirene refuse la clé\u00a0: vérifiez INSEE_SIRENE_KEY.")
    return None
