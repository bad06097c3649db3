"""`bin/test`, after the virtual environment is there: a Chromium if one can be had, then the whole suite."""

import os
import shutil
import subprocess
import sys

from .folder import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    if not any(shutil.which(name) for name in CHROMIUM):
        _install_chromium()
    os.chdir(ROOT)
    os.environ["PYTHONWARNINGS"] = "ignore:No directory at:UserWarning"
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-n", "2", *sys.argv[1:]])


def _install_chromium() -> None:
    """Debian's package as root, else Playwright's own; without either, browser tests are skipped loudly."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installation de Chromium…", flush=True)
        if _quiet("apt-get", "update") and _quiet(
            "apt-get", "install", "-y", "--no-install-recommends", "chromium"
        ):
            return
    if not _quiet(sys.executable, "-m", "playwright", "install", "chromium"):
        print("AUCUN CHROMIUM : les tests de navigateur seront sautés.", flush=True)


def _quiet(*command: str) -> bool:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr[-1000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
