"""Tables that travel with the code: a semicolon in a sentence that nobody quoted would cut it."""

import csv
import subprocess

from tests.platform.running import ROOT


def rows_of_another_width(path) -> list[int]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    return [number for number, row in enumerate(rows, 1) if row and len(row) != len(rows[0])]


def test_each_row_has_the_cells_of_its_heading():
    listed = subprocess.run(
        ["git", "ls-files", "agglo/*.csv", "projects/*.csv", "employment/*.csv"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(listed) > 20
    cut = {name: lines for name in listed if (lines := rows_of_another_width(ROOT / name))}
    assert not cut


def test_a_sentence_cut_by_its_semicolon_is_found(tmp_path):
    table = tmp_path / "breaks.csv"
    table.write_text('on;detail\n2021;"Un ; deux"\n2022;Un ; deux\n', encoding="utf-8")
    assert rows_of_another_width(table) == [3]
