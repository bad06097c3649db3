"""What an answer must contain: columns or keys that are gone, renamed or new are told apart, by name.

Every connector checks through here: a column that is gone refuses the whole answer (nobody may guess where
a figure went), a new one is a warning of the run. `LongTable` files are checked by the loader itself.

    check_columns(answer, found=rows[0].keys(), required={"code_insee", "valeur"}, word="clé")
"""

import difflib
from collections.abc import Iterable

from agglo.opendata.answer import Answer
from agglo.opendata.errors import SchemaChanged


def check_columns(
    answer: Answer,
    found: Iterable[str],
    required: Iterable[str],
    *,
    optional: Iterable[str] = (),
    known: bool = False,
    word: str = "colonne",
    where: str = "La réponse",
) -> None:
    """Raises SchemaChanged, naming what is missing and what it may be called now.

    `word` is what the source calls them (a French feminine: colonne, clé, dimension), `where` what holds
    them. With `known`, `required` and `optional` are all there ever was: any other name is new. Without it,
    new names are those the last good run did not see.
    """
    found, required, optional = (list(dict.fromkeys(names)) for names in (found, required, optional))
    missing = [name for name in required if name not in found]
    strange = [name for name in found if name not in required and name not in optional]
    if missing:
        renamed = guessed(missing, strange)
        lost = " ; ".join(
            f"{name} (sans doute renommée {renamed[name]})" if name in renamed else name for name in missing
        )
        several = "s" if len(missing) > 1 else ""
        raise SchemaChanged(
            f"{where} n’a plus {'les' if several else 'la'} {word}{several} {lost}."
            f" Contenu reçu\u00a0: {', '.join(found) or 'rien'}. La déclaration du jeu est à revoir.",
            answer.url,
            missing=missing,
            renamed=renamed,
        )
    answer.columns = list(dict.fromkeys([*answer.columns, *found]))
    if known and strange:
        answer.warnings.append(_new(strange, word))


def guessed(missing: list[str], strange: list[str]) -> dict[str, str]:
    """Old name -> the new name that looks most like it, each new name once."""
    left, pairs = {name.casefold(): name for name in strange}, {}
    for name in missing:
        close = difflib.get_close_matches(name.casefold(), left, n=1, cutoff=0.6)
        if close:
            pairs[name] = left.pop(close[0])
    return pairs


def changes(before: list[str], now: list[str], word: str = "colonne") -> list[str]:
    """Warnings about what nobody needs but changed since the last good run."""
    if not before or not now:
        return []
    new = [name for name in now if name not in before]
    gone = [name for name in before if name not in now]
    renamed = guessed(gone, new)
    said = [f"{word} {old} renommée {name}" for old, name in renamed.items()]
    if fresh := [name for name in new if name not in renamed.values()]:
        said.append(_new(fresh, word))
    if lost := [name for name in gone if name not in renamed]:
        said.append(f"{word}{'s' * (len(lost) > 1)} disparue{'s' * (len(lost) > 1)}\u00a0: {', '.join(lost)}")
    return said


def _new(names: list[str], word: str) -> str:
    several = "s" * (len(names) > 1)
    return f"{'nouvelles' if several else 'nouvelle'} {word}{several}\u00a0: {', '.join(names)}"
