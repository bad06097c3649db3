"""`bin/run` brings everything up and down, and comes back after whatever happened to its predecessor."""

import stat
import subprocess
from pathlib import Path

import pytest

from tests.platform.running import ROOT, Running, free_port, outside_the_tests

pytestmark = [pytest.mark.worker, pytest.mark.xdist_group("bin-run")]


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    """One folder for the whole story: making its database is the slow part."""
    return tmp_path_factory.mktemp("run") / "var"


def test_it_serves_then_stops_and_leaves_nothing_running(var):
    with Running(var, free_port()) as run:
        run.wait_ready()
        assert run.status("/sante/vif") == 200
        assert run.status("/sante/pret") == 200
        assert run.status("/compte/connexion/") == 200
        for sign in ("worker.pulse", "beat.pulse"):
            run.wait_for(var / sign)
        assert run.status("/sante/travaux") == 200
        for name in ("agglo.env", "demo-accounts.txt"):
            assert stat.S_IMODE((var / name).stat().st_mode) == 0o600
        assert run.stop() == 0
        assert run.wait_alone() == []


def test_two_cannot_share_a_folder_nor_a_port(var, tmp_path):
    with Running(var, free_port()) as run:
        run.wait_ready()
        with Running(var, free_port()) as same_folder:
            assert "tourne déjà" in same_folder.wait_refused()
        with Running(tmp_path / "var", run.port) as same_port:
            assert "est déjà pris" in same_port.wait_refused()
        assert run.status("/sante/pret") == 200


def test_a_killed_launcher_takes_everything_down_and_the_next_start_keeps_the_data(var):
    with Running(var, free_port()) as killed:
        killed.wait_ready()
        accounts = (var / "demo-accounts.txt").read_text()
        killed.process.kill()
        assert killed.wait_alone() == []
    with Running(var, free_port()) as run:
        run.wait_ready()
        assert run.status("/sante/pret") == 200
        assert (var / "demo-accounts.txt").read_text() == accounts
        assert "Création de la base" not in run.said()


def test_a_massacre_is_survived_too(var):
    with Running(var, free_port()) as killed:
        killed.wait_ready()
        killed.massacre()
        killed.process.wait()
    with Running(var, free_port()) as run:
        run.wait_ready()
        assert run.status("/sante/pret") == 200


def test_a_program_that_dies_ends_the_whole(var):
    with Running(var, free_port()) as run:
        run.wait_ready()
        beat = next(process for process in run.survivors() if "beat" in process.cmdline())
        beat.kill()
        assert "« beat » s’est arrêté de lui-même" in run.wait_refused()
        assert run.wait_alone() == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with Running(tmp_path / "file" / "var", free_port()) as run:
        assert "Impossible d’écrire dans" in run.wait_refused()


def test_a_full_disk_is_said(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "agglo", str(disk)], check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with Running(disk / "var", free_port()) as run:
            assert "est plein" in run.wait_refused()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_port_that_is_no_number_is_said(tmp_path):
    with Running(tmp_path / "var", free_port(), PORT="http") as run:
        assert "« http »" in run.wait_refused()


def test_an_old_python_is_said(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        [ROOT / "bin" / "run"],
        env=outside_the_tests(AGGLO_PYTHON=str(old)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Il faut Python 3.11" in done.stderr
