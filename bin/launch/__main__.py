"""`bin/run`, after the virtual environment is there: everything up, one address printed, everything down."""

import http.client
import os
import shlex
import signal
import subprocess
import sys
import time

from . import obstacles, postgres
from .folder import ROOT, Folder
from .obstacles import Obstacle
from .processes import Group, stop_leftovers

START_LIMIT = 90  # seconds the web server gets to give its first answer


class Interrupted(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def main() -> int:
    began = time.monotonic()
    folder = Folder.chosen()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _run(folder, began)
    except Interrupted:
        say("Arrêté.")
        return 0
    except Obstacle as obstacle:
        say(str(obstacle))
    except OSError as error:
        say(str(obstacles.explained(error, folder.path)))
    return 1


def _run(folder: Folder, began: float) -> int:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = obstacles.port_from(os.environ.get("PORT") or "8000")
    address = f"http://localhost:{port}/"
    folder.open(address)
    if stop_leftovers(folder.record):
        say("Un lancement précédent avait été tué : ce qu’il avait laissé tourner est arrêté.")
    obstacles.check_port(host, port)
    server = None if os.environ.get("DATABASE_URL") else postgres.Server(folder.path / "postgres")
    group = Group(folder.record)
    try:
        if server:
            if server.is_new:
                say("Création de la base de données…")
                folder.forget_prepared()
            server.start()
        folder.keep_secrets(server.url() if server else None)
        env = folder.environment() | {"SITE_URL": os.environ.get("SITE_URL") or address.rstrip("/")}
        # Nobody but this launcher touches the embedded database, so an unchanged code finds it as it left it.
        if server is None or not folder.is_prepared():
            _prepare(env)
            folder.mark_prepared()
        for name, command in _programs(host, port).items():
            group.start(name, command, ROOT, env)
        _wait_for_answer(group, host, port)
        _welcome(folder, address, time.monotonic() - began)
        while group.first_to_end() is None:
            time.sleep(0.2)
        ended = group.first_to_end()
        raise Obstacle(f"« {ended} » s’est arrêté de lui-même : ses dernières lignes disent pourquoi.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        group.stop()
        if server:
            server.stop()


def _programs(host: str, port: int) -> dict[str, list[str]]:
    workers = os.environ.get("WEB_WORKERS") or "2"
    level = os.environ.get("LOG_LEVEL") or "INFO"
    threads = os.environ.get("WEB_THREADS") or "4"
    web = f"granian --interface wsgi --host {host} --port {port} --no-ws --log-level warning"
    # One child of its own (prefork): a task past its time limit is killed, and a task that took memory gives
    # it back; the solo pool can do neither.
    worker = f"--concurrency 1 --max-memory-per-child 150000 --loglevel {level}"
    quiet = "--without-gossip --without-mingle --without-heartbeat"
    lines = {
        "web": f"{web} --workers {workers} --blocking-threads {threads} agglo.wsgi:application",
        "worker": f"celery --quiet --app agglo worker {worker} {quiet}",
        "beat": "celery --quiet --app agglo beat --loglevel WARNING --pidfile=",
    }
    return {name: [sys.executable, "-m", *shlex.split(line)] for name, line in lines.items()}


def _prepare(env: dict[str, str]) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "prepare", "--demo-accounts"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        if process.wait():
            raise Obstacle("La préparation de la base a échoué : les lignes ci-dessus disent pourquoi.")
    finally:
        process.kill()
        process.wait()


def _wait_for_answer(group: Group, host: str, port: int) -> None:
    """Wait until the web server answers a request, not only until its port is open."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if ended := group.first_to_end():
            time.sleep(0.3)  # let its last lines through
            raise Obstacle(f"« {ended} » s’est arrêté au démarrage : ses dernières lignes disent pourquoi.")
        try:
            connection = http.client.HTTPConnection(target, port, timeout=5)
            connection.request("GET", "/sante/vif", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise Obstacle(f"Le serveur web n’a pas répondu en {START_LIMIT} secondes.")


def _welcome(folder: Folder, address: str, seconds: float) -> None:
    say(f"Agglo est prêt en {seconds:.0f} s : {address} (Ctrl-C arrête tout)")
    if folder.accounts.exists():
        say(f"Comptes de démonstration ({folder.accounts}) :")
        for line in folder.accounts.read_text().splitlines():
            say(f"  {line}")


def _interrupt(number: int, frame: object) -> None:
    raise Interrupted


def say(sentence: str) -> None:
    print(f"{'agglo':<7}| {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
