"""French sentences in Python: the spaces of their punctuation never let a sign stand alone on a line.

A no-break space before « : » and « % », a narrow one before « ; », « ! », « ? » and inside quotation marks.
Docstrings, and the plain texts of models (labels and help, which migrations keep) are left alone; so is what
machines read.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("agglo", "projects", "employment")
LOOSE = re.compile(
    r"(?<=[\w)»}%’²€]) (?=[:;?!](?:[\s\"\\{]|$))|(?<=«) |(?<=\S) (?=»)|(?<=[\d}]) (?=%(?![\w(]))"
)
MACHINES = re.compile(r"^Agglo/")  # a header of HTTP is no sentence


def loose_spaces(root: Path) -> Iterator[str]:
    """`file:line: sentence` for each plain space where a no-break one belongs."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            if "migrations" in file.parts:
                continue
            of_model = "models" in file.parts or file.name == "models.py"
            for node in sentences(ast.parse(file.read_text(encoding="utf-8"))):
                text = spelled(node)
                if LOOSE.search(text) and not MACHINES.match(text):
                    if of_model and isinstance(node, ast.Constant):
                        continue
                    yield f"{file.relative_to(root)}:{node.lineno}: {text[:90]}"


def sentences(tree: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Text in code, formatted or not, that is not a docstring."""
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if text and id(node) not in apart:
            yield node


def spelled(node: ast.Constant | ast.JoinedStr) -> str:
    """The text with `{}` where a value comes."""
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
