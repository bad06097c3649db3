"""What keeps Agglo from starting, each said in one French sentence."""

import errno
import os
import shutil
import socket
from pathlib import Path

ROOM_NEEDED = 200 * 1024 * 1024


class Obstacle(Exception):
    """One French sentence for the person at the keyboard; the launcher prints it and exits with 1."""


def disk_full(folder: Path) -> Obstacle:
    return Obstacle(f"Le disque qui porte {folder} est plein : libérez de la place, puis relancez.")


def forbidden(folder: Path | str) -> Obstacle:
    return Obstacle(
        f"Impossible d’écrire dans {folder} : donnez-vous les droits sur ce dossier, "
        "ou choisissez-en un autre avec AGGLO_VAR."
    )


def explained(error: OSError, folder: Path) -> Obstacle:
    """The sentence for a system error met while writing in `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return forbidden(error.filename or folder)
    return Obstacle(f"Le système a refusé une opération dans {folder} : {error.strerror or error}.")


def check_folder(folder: Path) -> None:
    """Make `folder` if needed; raise Obstacle when it cannot be written or has no room left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"agglo")
        probe.unlink()
    except OSError as error:
        raise explained(error, folder) from error
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        raise disk_full(folder)


def port_from(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Obstacle(f"PORT doit être un nombre entre 1 et 65535, et non « {text} ».")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raise Obstacle when nobody may listen there: the web server itself would silently share the port."""
    taken = Obstacle(
        f"Le port {port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre "
        f"port, par exemple « PORT={port + 1} bin/run »."
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Binding alone proves nothing: Linux lets two sockets that both allow it share a port.
    with socket.socket(family) as visitor:
        visitor.settimeout(2)
        if visitor.connect_ex((host, port)) == 0:
            raise taken
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Obstacle(
                f"Le port {port} est réservé à l’administrateur de la machine : choisissez-en un au-dessus "
                "de 1023, par exemple « PORT=8001 bin/run »."
            ) from error
        except OSError as error:
            raise taken from error
