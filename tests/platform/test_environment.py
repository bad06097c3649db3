""".env.example lists every variable the code reads, and no other; each can be left out."""

import re
from itertools import pairwise

from tests.platform.running import ROOT

READ = re.compile(
    r"""(?:env\.[a-z_]+\(\s*|environ(?:\.get\(|\.setdefault\(|\[)\s*|\$\{)["']?([A-Z][A-Z0-9_]{3,})\b"""
)
LISTED = re.compile(r"^# ([A-Z][A-Z0-9_]+)=", re.M)
# Set by us for other programs, or set by the system: nobody chooses them.
NOT_OURS = {
    "PYTHONWARNINGS",
    "PYTHONDONTWRITEBYTECODE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "BASH_SOURCE",
    "PYTHONPATH",
    "DEBIAN_FRONTEND",
    "AGGLO_TEST_TEMPLATE",
}


def variables_read() -> set[str]:
    places = [*(ROOT / "agglo").rglob("*.py"), *(ROOT / "bin").rglob("*"), *(ROOT / "tests").rglob("*.py")]
    places += [*(ROOT / "bench").rglob("*.py"), *(ROOT / ".ci").glob("*"), ROOT / "manage.py"]
    texts = (path.read_text(errors="ignore") for path in places if path.is_file() and path.suffix != ".pyc")
    return {name for text in texts for name in READ.findall(text)} - NOT_OURS


def test_every_variable_read_is_listed_and_no_other():
    listed = LISTED.findall((ROOT / ".env.example").read_text())
    assert len(listed) == len(set(listed))
    assert set(listed) == variables_read()


def test_every_variable_is_explained():
    blocks = (ROOT / ".env.example").read_text().split("\n")
    for before, line in pairwise(blocks):
        if LISTED.match(line):
            assert before.startswith("# "), f"{line} has no comment above it"
