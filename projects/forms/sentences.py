"""What each rule of the database says to the person who meets it: the field, and what to do."""

import csv
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "sentences.csv"
with FILE.open(encoding="utf-8", newline="") as _file:
    SENTENCES: dict[str, tuple[str, str]] = {
        row["rule"]: (row["field"], row["sentence"]) for row in csv.DictReader(_file, delimiter=";")
    }

MIXED = (
    "Rien n’a été gardé\u00a0: un enregistrement attesté ne se rattache pas à un enregistrement fictif, ni"
    " l’inverse. Choisissez des enregistrements de la même classe."
)
