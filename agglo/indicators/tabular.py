"""Small official CSV files, read strictly and by column name: what is missing is said before any row."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO

from agglo.opendata.answer import Answer
from agglo.opendata.errors import WrongAnswer


def lines(
    stream: IO[bytes], needed: Iterable[str], *, delimiter: str | None = None, errors: str = "strict"
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row, UTF-8 with or without a mark. Raises WrongAnswer, in French."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors=errors, newline="")
    try:
        head = text.readline()
        if head.lstrip()[:1] == "<":
            raise WrongAnswer("Une page web est arrivée à la place du fichier CSV.", head[:200])
        delimiter = delimiter or max(";,\t|", key=head.count)
        header = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
        missing = sorted(set(needed) - set(header))
        if missing:
            raise WrongAnswer(
                f"Le fichier n’a plus la ou les colonnes {', '.join(missing)}."
                f" Il contient\u00a0: {', '.join(header[:40]) or 'rien'}. La déclaration du jeu est à"
                " revoir.",
                head[:500],
            )
        reader = csv.reader(text, delimiter=delimiter)
        last = 1
        for cells in reader:
            last = reader.line_num + 1
            if not cells:
                continue
            if len(cells) != len(header):
                raise WrongAnswer(
                    f"Le fichier est coupé ou abîmé à la ligne {last}\u00a0:"
                    f" {len(cells)} colonnes au lieu de {len(header)}.",
                    str(cells)[:300],
                )
            yield last, dict(zip(header, cells, strict=True))
    except UnicodeDecodeError as error:
        raise WrongAnswer(
            "Le fichier n’est pas écrit en UTF-8\u00a0: son encodage a changé.", str(error)
        ) from error


def table(answer: Answer, needed: Iterable[str], **options) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of an answer that is one CSV file."""
    with answer.open() as stream:
        yield from lines(stream, needed, **options)
