"""Who holds the var folder: a lock left behind holds nothing, a living one is told in one sentence."""

import pytest
from launch.folder import Folder
from launch.obstacles import Obstacle


def test_a_lock_left_by_a_predecessor_holds_nothing(tmp_path) -> None:
    (tmp_path / "lock").write_text("processus 999999999, http://127.0.0.1:8000\n")
    Folder(tmp_path).open("http://127.0.0.1:8001")
    held = (tmp_path / "lock").read_text()
    assert "http://127.0.0.1:8001" in held and "999999999" not in held


def test_a_lock_that_is_held_is_told_with_its_holder(tmp_path) -> None:
    first = Folder(tmp_path)
    first.open("http://127.0.0.1:8001")
    with pytest.raises(Obstacle, match=r"tourne déjà .*http://127\.0\.0\.1:8001.*AGGLO_VAR\.$"):
        Folder(tmp_path).open("http://127.0.0.1:8002")
    assert "8002" not in (tmp_path / "lock").read_text()
