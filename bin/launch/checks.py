"""`bin/check`, after the virtual environment is there: every static check, each by its own tool."""

import os
import subprocess
import sys
from pathlib import Path

from .folder import ROOT

# The checks read no database: a well-formed address and a long key are all that production settings ask for.
DEPLOYED = {"DJANGO_SETTINGS_MODULE": "agglo.settings.base", "DATABASE_URL": "postgres:///none"}
DEPLOYED |= {
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "AGGLO_VAR": "/nonexistent",
}
CHECKS = (
    "ruff check",
    "ruff format --check",
    "djlint templates --lint",
    "mypy",
    "lint-imports",
    "django check --deploy --fail-level WARNING",
    "django makemigrations --check --dry-run",
)


def main() -> int:
    failed = []
    for check in CHECKS:
        module, *arguments = check.split()
        env = os.environ | (DEPLOYED if module == "django" else {})
        command = [sys.executable, "-m", module, *arguments]
        if module == "lint-imports":  # has no module to run
            command = [str(Path(sys.executable).parent / module)]
        print(f"— {check}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
            failed.append(check)
    print(f"À corriger : {', '.join(failed)}." if failed else "Tout est en ordre.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
