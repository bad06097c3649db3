"""Makes `.venv`, installs the pinned requirements when they changed, then becomes the command given."""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"


def main(names: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if is_up_to_date(names):
        return 0
    try:
        # Two starts at once in one checkout install one after the other.
        VENV.mkdir(exist_ok=True)
        with (VENV / ".bootstrap.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return install(names)
    except OSError as error:
        return refuse(f"Impossible d’installer dans {VENV} : {error.strerror or error}.")


def install(names: list[str]) -> int:
    if is_up_to_date(names):
        return 0
    # On stderr: what the command prints may be kept in a file.
    print("Installation des paquets Python…", file=sys.stderr, flush=True)
    if not has_pip() and not attempt([sys.executable, "-m", "venv", str(VENV)]):
        return refuse(
            "L’environnement virtuel n’a pas pu être créé : sous Debian, installez le paquet "
            "python3-venv ; sinon, voyez s’il reste de la place sur le disque."
        )
    files = [argument for name in names for argument in ("-r", str(ROOT / name))]
    if not any(attempt(command + files) for command in installers()):
        return refuse("Les paquets n’ont pas pu être installés : les lignes ci-dessus disent pourquoi.")
    for count in range(1, len(names) + 1):
        stamp(names[:count]).write_text(fingerprint(names[:count]))
    return 0


def installers() -> list[list[str]]:
    """uv first (five times faster), pip when it cannot be had or fails."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    return [uv, pip] if attempt([*pip, UV]) else [pip]


def attempt(command: list[str]) -> bool:
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            return process.wait() == 0
        finally:  # an interrupted installation leaves no installer behind
            process.kill()


def has_pip() -> bool:
    asked = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    return PYTHON.exists() and attempt([str(PYTHON), "-c", asked])


def is_up_to_date(names: list[str]) -> bool:
    return PYTHON.exists() and stamp(names).exists() and stamp(names).read_text() == fingerprint(names)


def stamp(names: list[str]) -> Path:
    return VENV / f".installed-{names[-1]}"


def fingerprint(names: list[str]) -> str:
    texts = [(ROOT / name).read_text() for name in ("requirements.txt", *names)]
    text = "\n".join([sys.version, *texts])
    return hashlib.sha256(text.encode()).hexdigest()


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    separator = sys.argv.index("--")
    status = main(sys.argv[1:separator])
    if status == 0:
        os.execv(PYTHON, [str(PYTHON), *sys.argv[separator + 1 :]])
    sys.exit(status)
