"""What can be wrong inside an answer that arrives whole, and how a case of it is told.

A cell says how the sound answer is changed, what becomes of the run and which words say why; a text instead
of a cell says why the fault makes no sense for the format.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.replay.changing import answers, body, old, repacked
from tests.replay.server import Reply

FAULTS = (
    "empty-catalogue", "renamed-dataset", "unknown-column", "cap", "duplicate-page", "next-elsewhere",
    "measure-key", "nan", "negative", "secret", "older-release", "truncated-zip", "zip-bomb",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """`change` makes the wrong answer of `path` (the format's spoiled one when empty). `outcome`:

    stopped   the run failed or is held, nothing changed
    refused   the rows are kept aside with their reason, what they would have changed stands
    hidden    a figure has no value any more; no zero, nothing withdrawn
    same      nothing is wrong: the answer says what the one before said
    """

    change: Callable[[Reply], Reply]
    outcome: str
    words: str = ""
    path: str = ""


STALE = Cell(old, "stopped", "plus ancienne")
# The refusal of the door, not a name that leads nowhere.
NOT_ALLOWED = "ailleurs.example, qui ne fait pas partie des adresses permises"
GONE = Cell(answers(404, "Not Found"), "stopped", "ne connaît pas cette adresse")
CUT_ZIP = Cell(body(lambda content: content[:-40]), "stopped", "abîmé")
BOMB = Cell(repacked(lambda name, content: content, autre=bytes(30_000_000)), "stopped", "taille permise")
NO_ZIP = "la réponse n’est pas un zip ; la bombe en gzip est jouée parmi les pannes du réseau"
ONE_FILE = "un fichier entier : ni plafond, ni pages, ni lien vers la suite"
ONE_EXPORT = "un export donne tout d’un coup : ni plafond, ni pages, ni lien vers la suite"
ONE_ROAD = "une seule adresse, sans nom de jeu ; le 404 est joué parmi les pannes du réseau"


def files(reason: str) -> dict[str, str]:
    return dict.fromkeys(("cap", "duplicate-page", "next-elsewhere"), reason)


ZIPS = dict.fromkeys(("truncated-zip", "zip-bomb"), NO_ZIP)
