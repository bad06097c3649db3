"""French sentences in Python: the spaces of their punctuation never let a sign stand alone on a line.

A no-break space before « : » and « % », a narrow one before « ; », « ! », « ? » and inside quotation marks.
Docstrings, and the plain texts of models (labels and help, which migrations keep) are left alone; so is what
machines read. `python -m tests.french` writes the right spaces; then wrap what became too long.
"""

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOMS = ("agglo", "employment")
LOOSE = re.compile(
    r"(?<=[\w)»}%’²€]) (?=[:;?!](?:[\s\"\\{]|$))|(?<=«) |(?<=\S) (?=»)|(?<=[\d}]) (?=%(?![\w(]))"
)
MACHINES = re.compile(r"^Agglo/")  # a header of HTTP is no sentence
Text = ast.Constant | ast.JoinedStr


def loose_spaces(root: Path) -> Iterator[str]:
    """`file:line: sentence` for each sentence with a plain space where a no-break one belongs."""
    for file in files(root):
        for node in faults(file):
            yield f"{file.relative_to(root)}:{node.lineno}: {spelled(node)[:90]}"


def files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from (f for f in sorted((root / room).rglob("*.py")) if "migrations" not in f.parts)


def faults(file: Path) -> list[Text]:
    of_model = "models" in file.parts or file.name == "models.py"
    return [
        node
        for node in sentences(ast.parse(file.read_text(encoding="utf-8")))
        if LOOSE.search(spelled(node))
        and not MACHINES.match(spelled(node))
        and not (of_model and isinstance(node, ast.Constant))
    ]


def sentences(tree: ast.AST) -> Iterator[Text]:
    """Text in code, formatted or not, that is not a docstring."""
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if text and id(node) not in apart:
            yield node


def spelled(node: Text) -> str:
    """The text with `{}` where a value comes."""
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def mend(file: Path) -> None:
    """Write the escapes; what stands between braces is code and is left alone."""
    lines = file.read_bytes().splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines))]
    source = b"".join(lines)
    for node in sorted(faults(file), key=lambda n: (n.lineno, n.col_offset), reverse=True):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        said = source[start:end].decode()
        source = source[:start] + LOOSE.sub(partial(_space, said=said), said).encode() + source[end:]
    file.write_bytes(source)


def _space(found: re.Match, *, said: str) -> str:
    before = said[: found.start()]
    if before.count("{") > before.count("}"):
        return " "
    return r"\u00a0" if said[found.end()] in ":%" and before[-1] != "«" else r"\u202f"


if __name__ == "__main__":
    for file in files(Path()):
        mend(file)
