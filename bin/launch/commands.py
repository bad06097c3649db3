"""The commands that need the database but not the programs: manage, backup, restore."""

import os
import subprocess
import sys
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

import psycopg2

from . import obstacles
from .database import lent
from .folder import ROOT, Folder
from .obstacles import Obstacle
from .postgres import Server

KEPT_FOLDERS = ("archive", "media")  # beside the database: raw official answers, files sent by people
USED = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def manage(folder: Folder, arguments: list[str]) -> int:
    with lent(folder) as address:
        env = folder.environment() | {"DATABASE_URL": address}
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, env=env, check=False).returncode


def backup(folder: Folder, arguments: list[str]) -> int:
    """Write one file: the database at one instant and the folders kept beside it, never the secrets."""
    target = Path(arguments[0] if arguments else f"agglo-{datetime.now():%Y-%m-%d-%H%M%S}.tar")
    if target.exists():
        raise Obstacle(f"{target} existe déjà : donnez un autre nom à la sauvegarde.")
    draft = target.with_name(f"{target.name}.partial")
    with lent(folder) as address, tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / "database.dump"
        _run_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", address)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
            tar.add(dump, "database.dump")
            for name in KEPT_FOLDERS:
                if (folder.path / name).exists():
                    tar.add(folder.path / name, name)
        draft.replace(target)
    print(f"Sauvegarde écrite : {target} ({target.stat().st_size // 1000} ko).")
    return 0


def restore(folder: Folder, arguments: list[str]) -> int:
    """Put a backup back, whole or not at all, into an empty database; `--remplacer` empties it first."""
    names = [argument for argument in arguments if argument != "--remplacer"]
    if len(names) != 1 or not tarfile.is_tarfile(names[0]):
        raise Obstacle("Donnez une sauvegarde faite par bin/backup : bin/restore [--remplacer] FICHIER.")
    with lent(folder, alone=True) as address, tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(names[0]) as tar:
            tar.extractall(scratch, filter="data")
        _make_room(address, replace="--remplacer" in arguments)
        options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run_tool("pg_restore", *options, f"--dbname={address}", str(Path(scratch) / "database.dump"))
        for name in KEPT_FOLDERS:
            if (Path(scratch) / name).exists():
                _merge(Path(scratch) / name, folder.path / name)
        folder.forget_prepared()
    print("Sauvegarde remise en place ; bin/run appliquera les migrations qui manquent.")
    return 0


def _make_room(address: str, *, replace: bool) -> None:
    connection = psycopg2.connect(address)
    with connection, connection.cursor() as cursor:
        cursor.execute(USED)
        used = cursor.fetchone()[0] > 0
        if used and not replace:
            raise Obstacle("La base n’est pas vide : ajoutez --remplacer pour effacer ce qu’elle contient.")
        if used:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()


def _merge(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())


def _run_tool(name: str, *arguments: str) -> None:
    tool = Server(Path("unused")).binaries / name
    if subprocess.run([str(tool), *arguments], check=False).returncode:
        raise Obstacle(f"{name} a échoué : les lignes ci-dessus disent pourquoi.")


def main() -> int:
    name, *arguments = sys.argv[1:]
    folder = Folder.chosen()
    try:
        return {"manage": manage, "backup": backup, "restore": restore}[name](folder, arguments)
    except Obstacle as obstacle:
        print(obstacle, file=sys.stderr)
    except OSError as error:
        print(obstacles.explained(error, folder.path), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
