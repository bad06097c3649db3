"""The licence that asks something of whoever takes figures away: what must be written beside them."""

from collections.abc import Iterable

ODBL = "ODbL"
ODBL_NOTICE = (
    "Contient des données de l’Urssaf (open.urssaf.fr) mises à disposition sous licence ODbL 1.0\u00a0:"
    " toute base qui en dérive et que vous publiez reste sous la même licence"
    " (https://opendatacommons.org/licenses/odbl/1-0/)."
)


def notice(licences: Iterable[str]) -> str:
    """What a file must say when it holds figures under these licences; empty when nothing."""
    return ODBL_NOTICE if any(licence.startswith(ODBL) for licence in licences) else ""
