"""API Recherche d’entreprises: two different counts, kept apart.

`total_results` counts companies that have, or had, an establishment in the territory: the territory filters
establishments, closed ones included; state, ESS and labels filter the company. Establishments are counted in
`matching_etablissements`, filtered again here by commune and state. The service says no number above 10,000.
QUOTED: a whole result, its establishments (one of them closed), an empty answer and every error of 2026-09.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from agglo.figures.vocabulary import State
from agglo.indicators.bundling import Page, pages
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Row
from agglo.opendata.errors import FinalError, RefreshError, RetryableError, WrongAnswer

CEILING = 10_000
COMPANIES = {"est_ess": "recherche-entreprises-ess", "est_rge": "recherche-entreprises-rge"}
ESTABLISHMENTS = "recherche-etablissements-ess"


def envelope(page: Page) -> tuple[int, list]:
    """Number of companies and results of a page. Raises WrongAnswer when the envelope has changed."""
    match page.body:
        case {"total_results": int(total), "results": list(results)}:
            return total, results
    raise WrongAnswer(
        "La réponse de Recherche d’entreprises n’a pas la forme attendue.", str(page.body)[:200]
    )


def companies(answer: Answer, epci: str, period: str) -> Iterator[Row]:
    """One figure a question: the territory and the label are those that were asked."""
    for line, page in enumerate(pages(answer), start=1):
        if page.asked("page") not in ("", "1"):
            continue
        total, _ = envelope(page)
        commune = page.asked("code_commune")
        scheme, code = ("COM", commune) if commune else ("EPCI", page.asked("epci"))
        if scheme == "EPCI" and code != epci:
            raise WrongAnswer("Une page de Recherche d’entreprises ne dit pas son territoire.", page.path)
        for label, measure in COMPANIES.items():
            if page.asked(label) == "true":
                capped = total >= CEILING
                value, state = (None, State.MISSING) if capped else (str(total), None)
                yield Row(line, scheme, code, measure, "", period, value, "A", state)


def establishments(answer: Answer, communes: Iterable[str], period: str) -> Iterator[Row]:
    """Open establishments of ESS companies, by commune, zeros included; each counts once."""
    ours = Counter(dict.fromkeys(communes, 0))
    seen: set[str] = set()
    read, announced, asked = 0, 0, False
    for page in pages(answer):
        if page.asked("epci") == "" or page.asked("est_ess") != "true":
            continue
        total, results = envelope(page)
        asked, announced, read = True, total, read + len(results)
        for company in results:
            for one in _matching(company):
                if one["etat_administratif"] == "A" and one["commune"] in ours and one["siret"] not in seen:
                    seen.add(one["siret"])
                    ours[one["commune"]] += 1
    if not asked:
        return
    if not announced:
        raise WrongAnswer("Recherche d’entreprises ne trouve plus aucune entreprise de l’ESS.")
    # `total_results` is approximate; a page lost would show as more than that.
    if read < announced * 0.98:
        raise WrongAnswer("Des pages de Recherche d’entreprises manquent.", f"{read} lues sur {announced}")
    for line, (commune, number) in enumerate(sorted(ours.items()), start=1):
        yield Row(line, "COM", commune, ESTABLISHMENTS, "", period, str(number))


def _matching(company: object) -> list[dict]:
    found = company.get("matching_etablissements") if isinstance(company, dict) else None
    if not isinstance(found, list):
        raise WrongAnswer("Une entreprise n’a plus la liste de ses établissements.", str(company)[:200])
    for one in found:
        missing = sorted({"siret", "commune", "etat_administratif"} - one.keys())
        if missing:
            raise WrongAnswer(f"Un établissement n’a plus {', '.join(missing)}.", str(one)[:200])
    return found


def explain(status: int, body: str) -> RefreshError | None:
    """The service says in French what it refuses; its two ways of asking to slow down are one."""
    if status == 429:
        error = RetryableError(
            "Recherche d’entreprises demande de ralentir (sept requêtes par seconde au plus)."
        )
        error.wait = 3.0
        return error
    try:
        said = json.loads(body).get("erreur")
    except (ValueError, AttributeError):
        return None
    return (
        FinalError(f"Recherche d’entreprises refuse la demande\u00a0: {said}")
        if said and status < 500
        else None
    )
