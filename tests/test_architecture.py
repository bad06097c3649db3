"""The house stays as drawn: who names whom, no catch-all module, no long file, nothing inline."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from tests import architecture
from tests.architecture import APPS, MAY_NAME
from tests.french import loose_spaces

ROOT = Path(__file__).resolve().parent.parent
# Files past 300 lines, each with its reason.
LONGER: dict[str, str] = {}


def found(check, root: Path = ROOT, *args) -> list[str]:
    return [str(fault) for fault in sorted(check(root, *args))]


def test_apps_import_only_what_the_table_allows():
    assert found(architecture.imports) == []


def test_no_string_names_an_app_that_the_table_does_not_allow():
    assert found(architecture.strings) == []


def given_accessors() -> dict[str, dict[str, str]]:
    """The ways back that foreign keys gave to models of other apps, unless a model there has that name."""
    given: dict[str, dict[str, str]] = {app: {} for app in APPS}
    for model in apps.get_models():
        owner = model._meta.app_label
        own = {
            field.name
            for other in apps.get_models()
            if other._meta.app_label == owner
            for field in other._meta.fields
        }
        for relation in model._meta.related_objects:
            source = relation.related_model._meta.app_label
            if owner in APPS and source in APPS and source != owner and not relation.hidden:
                names = {relation.get_accessor_name(), relation.related_query_name or relation.name}
                given[owner] |= dict.fromkeys(names - own, source)
    return given


def test_no_app_goes_back_up_through_a_foreign_key():
    assert found(architecture.accessors, ROOT, given_accessors()) == []


@pytest.mark.parametrize(
    "planted",
    ["subject.territory.code", "Subject.objects.filter(territory__code=1)", 'order_by("territory__code")'],
)
def test_a_planted_way_back_is_caught(planted, tmp_path):
    file = tmp_path / "agglo/figures/fault.py"
    file.parent.mkdir(parents=True)
    file.write_text(planted, encoding="utf-8")
    assert len(found(architecture.accessors, tmp_path, {"figures": {"territory": "territory"}})) == 1


def test_no_template_names_an_app_that_the_table_does_not_allow():
    assert found(architecture.templates) == []


def test_templates_hold_no_style_and_no_script():
    assert found(architecture.inline) == []


def test_no_module_is_named_after_nothing():
    assert found(architecture.names) == []


def test_no_file_is_longer_than_three_hundred_lines_without_a_reason():
    assert found(architecture.lengths, ROOT, LONGER) == []


def test_the_table_names_every_installed_app_and_has_no_circle(settings):
    ours = {name.split(".")[-1] for name in settings.INSTALLED_APPS if name.split(".")[-1] in APPS}
    assert ours <= set(APPS)
    seen: set[str] = set()
    while len(seen) < len(APPS):
        free = {
            app for app, below in MAY_NAME.items() if {name.split(".")[0] for name in below} <= seen
        } - seen
        assert free, f"a circle among {set(APPS) - seen}"
        seen |= free


@pytest.mark.parametrize(
    ("check", "path", "planted"),
    [
        ("imports", "agglo/figures/fault.py", "from agglo.portal import views"),
        ("imports", "agglo/figures/fault.py", "from ..indicators.models import Indicator"),
        ("imports", "agglo/figures/fault.py", "def late():\n    import employment.models"),
        ("imports", "agglo/figures/fault.py", "from agglo.accounts.gates import public"),
        ("imports", "agglo/charts/fault.py", "from agglo.figures.models import Measure"),
        ("imports", "agglo/portal/fault.py", "from agglo.celery import app"),
        ("imports", "projects/fault.py", "import employment"),
        ("strings", "agglo/figures/fault.py", 'field = ForeignKey("territory.Territory")'),
        ("strings", "agglo/opendata/fault.py", 'there = reverse("indicators:detail")'),
        ("strings", "agglo/territory/fault.py", 'page = "portal/home.html"'),
        ("strings", "agglo/figures/fault.py", 'model = apps.get_model("indicators", "Indicator")'),
        ("strings", "agglo/accounts/fault.py", 'task = "agglo.opendata.tasks.refresh"'),
        ("templates", "templates/figures/fault.html", '{% include "portal/menu.html" %}'),
        ("templates", "templates/territory/fault.html", "{% url 'indicators:list' %}"),
        ("templates", "templates/components/fault.html", '{% url "portal:home" %}'),
        ("templates", "templates/accounts/fault.html", "{% load humanize charts %}"),
        ("inline", "templates/portal/fault.html", '<p style="color: red">'),
        ("inline", "templates/portal/fault.html", "<script>alert(1)</script>"),
        ("inline", "templates/portal/fault.html", '<a onclick="go()">'),
        ("names", "agglo/portal/utils.py", ""),
        ("names", "projects/services/plan.py", ""),
        ("lengths", "agglo/portal/fault.py", "x = 1\n" * 301),
    ],
)
def test_a_planted_fault_is_caught(check, path, planted, tmp_path):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(planted, encoding="utf-8")
    faults = found(getattr(architecture, check), tmp_path, *([{}] if check == "lengths" else []))
    assert len(faults) == 1
    assert faults[0].startswith(path)


def test_what_the_table_allows_is_not_a_fault(tmp_path):
    for path, text in {
        "agglo/territory/views.py": "from agglo.accounts.gates import public\nimport agglo.figures.reading",
        "employment/views.py": 'from projects.models import Site\nthere = reverse("projects:detail")',
        "templates/territory/list.html": "{% url 'accounts:login' %}{% include 'components/table.html' %}",
        "templates/portal/home.html": '<script src="/static/js/a.js" defer></script>',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for check in (architecture.imports, architecture.strings, architecture.templates, architecture.inline):
        assert found(check, tmp_path) == []


def contracts() -> dict[str, dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["source_modules"][0].split(".")[-1]: contract for contract in settings["contracts"]}


def test_import_linter_says_the_same_as_the_table():
    """A whole app that may not be named is forbidden; one opened for a single module is left to the table."""
    for app, contract in contracts().items():
        opened = {name.split(".")[0] for name in MAY_NAME[app]} | {app}
        forbidden = {module.removeprefix("agglo.") for module in contract["forbidden_modules"]}
        assert forbidden - architecture.WIRING == set(APPS) - opened, app
        assert {"settings", "urls", "celery", "schedule"} <= forbidden
    assert set(contracts()) == set(APPS)


def lint(root: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=root, capture_output=True, text=True)


def test_import_linter_is_content_and_catches_a_planted_import(tmp_path):
    assert lint(ROOT).returncode == 0, lint(ROOT).stdout
    for folder in ("agglo", "projects", "employment"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "agglo/figures/fault.py").write_text("import agglo.portal.apps\n", encoding="utf-8")
    assert "agglo.figures.fault -> agglo.portal.apps" in lint(tmp_path).stdout


def test_french_punctuation_keeps_to_its_word():
    assert list(loose_spaces(ROOT)) == [], "python -m tests.french writes the right spaces"


@pytest.mark.parametrize(
    "planted", ['"Vous êtes ici : entrez"', 'f"{n} %"', 'f"« {name} »"', '"Déjà fait ; rien ne change."']
)
def test_a_planted_loose_space_is_caught(planted, tmp_path):
    file = tmp_path / "employment/saying.py"
    file.parent.mkdir()
    file.write_text(f"n, name = 3, 'x'\nsaid = {planted}\n", encoding="utf-8")
    assert len(list(loose_spaces(tmp_path))) == 1
