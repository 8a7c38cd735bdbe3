"""Files in and out: all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinnhiem.cli import errors, files
from tinnhiem.errors import Faults


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_files_are_written(tmp_path: Path) -> None:
    files.write_all({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert [(path, (tmp_path / path).read_bytes()) for path in names(tmp_path)] == [("a", b"1"), ("b", b"2")]


def test_a_file_that_stood_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    files.write_all({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"new"


def test_when_the_second_cannot_be_placed_the_first_is_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    replace = Path.replace

    def refuse_b(self: Path, target: Path) -> Path:
        if Path(target).name == "b":
            raise PermissionError(13, "held by Word")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse_b)
    with pytest.raises(errors.OutputRefused) as refused:
        files.write_all({tmp_path / "a": b"new", tmp_path / "b": b"2"})
    found = (refused.value.where, (tmp_path / "a").read_bytes(), names(tmp_path))
    assert found == (str(tmp_path / "b"), b"old", ["a"])


def test_when_the_disk_is_full_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(errors.OutputRefused):
        files.write_all({tmp_path / "a": b"1"})
    assert names(tmp_path) == []


def test_two_outputs_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        files.check_outputs([tmp_path / "a", tmp_path / "." / "a"], ())
    assert refused.value.each() == (errors.OutputTwice(str(tmp_path / "a")),)


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(1000))
    assert len(files.read(tmp_path / "large", 10)) == 11
