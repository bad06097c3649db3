"""Several programs as one: started together, their lines prefixed, stopped together."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil

from .tether import tethered

PATIENCE = 10  # seconds a program gets to finish what it is doing


class Group:
    """The programs of one start; `record` remembers them for the start that follows a killed one."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], cwd: Path, env: Mapping[str, str]) -> None:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Of its own session, so that Ctrl-C reaches the launcher only, which stops all in order.
            start_new_session=True,
            # SIGTERM would let a worker that is still starting miss it; its lost task is taken up by another.
            preexec_fn=tethered(signal.SIGKILL if name == "worker" else signal.SIGTERM),
        )
        self.running[name] = process
        threading.Thread(target=_relay, args=(name, process), daemon=True).start()
        self._remember()

    def first_to_end(self) -> str | None:
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """SIGTERM to each, then SIGKILL to whatever is left of each one's session."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            _kill_session(process.pid)
            process.wait()
        self.running.clear()
        self.record.unlink(missing_ok=True)

    def _remember(self) -> None:
        rows = []
        for process in self.running.values():
            try:
                rows.append([process.pid, psutil.Process(process.pid).create_time()])
            except psutil.NoSuchProcess:
                continue
        self.record.write_text(json.dumps(rows))


def stop_leftovers(record: Path) -> int:
    """Stop what a killed launcher left running, never a stranger with a reused pid; return how many."""
    try:
        rows = json.loads(record.read_text())
    except (FileNotFoundError, ValueError):
        return 0
    leftovers = []
    for pid, created in rows:
        try:
            process = psutil.Process(pid)
            if abs(process.create_time() - created) < 1:
                leftovers += [process, *process.children(recursive=True)]
        except psutil.Error:
            continue
    for process in leftovers:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(leftovers, timeout=PATIENCE)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    record.unlink(missing_ok=True)
    return len(leftovers)


def _relay(name: str, process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(f"{name:<7}| {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _signal(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.Error:
        return
