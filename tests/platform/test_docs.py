"""Links of the documentation lead somewhere: files that exist, headings that are there."""

import re
import subprocess

import pytest

from tests.platform.running import ROOT

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)


def pages() -> list[str]:
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split("\n")  # fmt: skip
    return [name for name in found if name and (ROOT / name).exists()]


def anchors(text: str) -> set[str]:
    """Of each heading, as Markdown viewers make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(name: str, text: str) -> list[str]:
    faults = []
    for target in LINK.findall(CODE.sub("", text)):
        path, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (ROOT / name).parent / path if path else ROOT / name
        if not file.exists():
            faults.append(f"{name}: {target} does not exist")
        elif anchor and anchor not in anchors(text if not path else file.read_text(encoding="utf-8")):
            faults.append(f"{name}: no heading for {target}")
    return faults


def test_links_of_the_documentation_lead_somewhere():
    found = [fault for name in pages() for fault in broken(name, (ROOT / name).read_text(encoding="utf-8"))]
    assert not found


@pytest.mark.parametrize("link", ["nowhere.md", "docs/nowhere.md", "#nothing", "README.md#nothing"])
def test_a_link_to_nowhere_is_found(link):
    assert len(broken("README.md", f"# Page\n\n[words]({link})")) == 1
