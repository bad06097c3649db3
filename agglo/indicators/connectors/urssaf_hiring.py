"""Urssaf: declarations before hiring, for more than a month, by region and for the country. Licence ODbL.

REPORTED: ids and columns, by readers of the files of 2025. The producer suspended the series by a notice of
19 November 2025 (wrong contract types declared since March 2025): nothing is asked until it says otherwise,
what was published before can be read from a file by hand.
"""

import re
from collections.abc import Iterator
from datetime import date

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.indicators.connectors.urssaf import HOST, ODBL, URSSAF
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Row, register
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.pausing import suspended

COLUMNS = ("dernier_jour_du_mois", "nature_de_contrat", "dpae_brut")
NOTICE = (
    "type de contrat mal déclaré par des employeurs depuis mars 2025, selon l’avis de l’Urssaf"
)  # fmt: skip


def parse(answer: Answer) -> Iterator[Row]:
    """Open-ended and fixed-term contracts of more than a month, added; any other kind stops the reading."""
    sums, seen = Sums(), set()
    for line, row in ods.rows(answer, COLUMNS):
        month, kind = str(row["dernier_jour_du_mois"])[:7], str(row["nature_de_contrat"])
        region = str(row.get("code_region") or "")
        if not re.match(r"^\d{4}-\d{2}$", month) or not re.search(r"\bCD[ID]\b", kind):
            raise WrongAnswer(
                "Un mois ou un contrat est illisible.", f"ligne {line}\u00a0: {month!r} {kind!r}"
            )
        if (region, month, kind) in seen:
            raise WrongAnswer(
                "Un contrat d’un mois est dit deux fois.", f"ligne {line}\u00a0: {month} {kind}"
            )
        seen.add((region, month, kind))
        place = ("REG", region) if region else ("FRANCE", "F")
        sums.add([place], "dpae", month, ods.count(row["dpae_brut"], line, "Un nombre de déclarations"))
    yield from sums.rows()


def _declare(code: str, words: str, usual: str, where: str) -> Declaration:
    declaration = register(
        Declaration(
            **ods.portal(code, HOST, usual),
            title=f"Déclarations préalables à l’embauche de plus d’un mois, {words}",
            source=URSSAF,
            licence=ODBL,
            rhythm=Rhythm.MONTHLY,
            publication_delay=50,
            params={"where": where} if where else {},
            measures=(Measured("dpae", {}, {}, 0, 10_000_000),),
            schemes={"REG": "REG", "FRANCE": "FRANCE"},
            parse=parse,
            unknown_subject="skip",
        )
    )
    suspended(code, since=date(2025, 11, 19), notice=NOTICE, url=declaration.page)
    return declaration


REGION = _declare(
    "urssaf-dpae-region", "par région", "dpae-mensuelles-par-region", ods.equals("code_region", "32")
)
FRANCE = _declare("urssaf-dpae-france", "France entière", "dpae-mensuelles-france-entiere", "")
