"""What we carry of others is what its list says: each file's checksum, its licence beside it."""

import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor"
LISTED = dict(
    re.findall(r"^\| `(\S+\.js)` .*`([0-9a-f]{64})` \|$", (VENDOR / "SOURCES.md").read_text(), re.M)
)


def test_every_script_is_listed():
    assert {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*.min.js")} == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_a_script_is_the_one_that_is_listed(name):
    path = VENDOR / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == LISTED[name]
    assert (path.parent / "LICENSE").is_file()
