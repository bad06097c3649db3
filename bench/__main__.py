"""`bin/bench [loading|ledger|dashboard|browser|sirene …]`: workloads, as ratios to a peer."""

import os
import subprocess
import sys
from pathlib import Path

WORKLOADS = (
    "loading",
    "nightly",
    "ledger",
    "dashboard",
    "browser",
    "sirene",
    "disclosure",
    "lists",
    "imports",
    "standards",
)
OTHERS = ("fill", "lighthouse")  # only run when named: one measures nothing, one needs Lighthouse


def main() -> None:
    from launch.postgres import Server

    folder = Path(os.environ.get("AGGLO_BENCH", "/tmp/agglo-bench"))
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder / "postgres")
    server.start()
    chosen = [a for a in sys.argv[1:] if a in (*WORKLOADS, *OTHERS)] or list(WORKLOADS)
    options = [a for a in sys.argv[1:] if a not in (*WORKLOADS, *OTHERS)]
    env = os.environ | {
        "AGGLO_VAR": str(folder),
        "DATABASE_URL": server.url(),
        "DJANGO_SETTINGS_MODULE": "agglo.settings.dev",
        "SECRET_KEY": "bench",
        "LOG_LEVEL": "ERROR",
    }
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], env=env, check=True
        )
        for workload in chosen:
            subprocess.run([sys.executable, "-m", f"bench.{workload}", *options], env=env, check=True)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
