"""Starts the real `bin/run` in a folder and on a port of its own, and watches it from outside."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def outside_the_tests(**changes: str) -> dict[str, str]:
    """The environment of somebody at a keyboard: nothing of the test run leaks in."""
    of_the_tests = ("DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTHONWARNINGS")
    kept = {name: value for name, value in os.environ.items() if name not in of_the_tests}
    return kept | {"AGGLO_PYTHON": sys.executable, **changes}


class Running:
    """One `bin/run`; use as a context manager so that nothing is left behind whatever happens."""

    def __init__(self, var: Path, port: int, *, root: Path = ROOT, **changes: str) -> None:
        self.var, self.port = var, port
        self.output = Path(tempfile.mkstemp(prefix="agglo-run-", suffix=".txt")[1])
        env = outside_the_tests(**{"AGGLO_VAR": str(var), "PORT": str(port), **changes})
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [str(root / "bin" / "run")], env=env, stdout=output, stderr=subprocess.STDOUT
            )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        # One that was refused started nothing: what runs in its folder belongs to another.
        if self.is_ready:
            self.massacre()
        self.output.unlink()

    def wait_ready(self) -> "Running":
        deadline = time.monotonic() + PATIENCE
        while not self.is_ready:
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.1)
        return self

    @property
    def is_ready(self) -> bool:
        return "Agglo est prêt" in self.said()

    def wait_for(self, path: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while not path.exists():
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def wait_refused(self) -> str:
        """Its last words, once it has ended by itself with an error."""
        assert self.process.wait(PATIENCE) == 1, self.said()
        assert "Traceback" not in self.said()
        return self.said().strip().splitlines()[-1]

    def status(self, path: str) -> int:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30).status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    def survivors(self) -> list[psutil.Process]:
        """Whatever still runs with this folder in its command line or its environment."""
        found = []
        for process in psutil.process_iter():
            try:
                about = " ".join(process.cmdline()) + process.environ().get("AGGLO_VAR", "")
            except psutil.Error:
                continue
            if str(self.var) in about and process.pid != os.getpid():
                found.append(process)
        return found

    def massacre(self) -> None:
        """Kills whatever runs there, launcher included; some end by themselves when another one dies."""
        for process in self.survivors():
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def wait_alone(self) -> list[psutil.Process]:
        """The survivors after they were given the time to stop."""
        deadline = time.monotonic() + 60
        while (left := self.survivors()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return left
