"""Clones the repository at HEAD, starts it with `bin/run`, visits it, refreshes a dataset, stops it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.platform.running import ROOT, Running, free_port

sys.path.insert(0, str(Path(__file__).parent))
from prove_refresh import prove_refresh

PAGES = ("/", "/indicateurs/EMP-01/", "/compte/connexion/", "/sante/pret")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="agglo-clone-") as folder:
        # As root the database runs under an account of its own, which must be able to walk down to its files.
        Path(folder).chmod(0o755)
        clone = Path(folder) / "agglo"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        # An empty AGGLO_PYTHON lets the clone find its Python by itself.
        started = time.monotonic()
        with Running(clone / "var", free_port(), root=clone, AGGLO_PYTHON="") as run:
            run.wait_ready()
            tell(f"first start: {time.monotonic() - started:.1f} s, packages included")
            for page in PAGES:
                status = run.status(page)
                tell(f"{page} answers {status}")
                if status != 200:
                    raise SystemExit(f"{page} should answer 200\n{run.said()}")
            tell(prove_refresh(clone, run.var))
            stop(run)
        started = time.monotonic()
        with Running(clone / "var", free_port(), root=clone, AGGLO_PYTHON="") as run:
            run.wait_ready()
            tell(f"second start: {time.monotonic() - started:.1f} s")
            stop(run)


def stop(run: Running) -> None:
    if run.stop() != 0:
        raise SystemExit(f"bin/run should stop with 0\n{run.said()}")
    if left := run.wait_alone():
        raise SystemExit(f"still running after the stop: {left}")
    tell("stopped, nothing left running")


def tell(sentence: str) -> None:
    print(f"clean clone: {sentence}", flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
