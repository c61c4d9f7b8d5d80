"""The cache: a start from it is the same as one without; whatever is wrong with a file, it is built anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toys import TOY, a_sit, found, write

import sitclassify
from sitclassify import compiler, loading

TEXT = "account 4000001234567899 and the passcode is hunter2x"


def load(cache: Any, **arguments: Any) -> sitclassify.Scanner:
    given = {"catalogue": TOY, "sits": ["toy-account", "toy-spoken"], "classifiers": ()} | arguments
    return sitclassify.load(cache=cache, **given)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the rules were compiled."""
    counted: list[str] = []
    build = compiler.compile_rules

    def counting(*args: Any) -> Any:
        counted.append("built")
        return build(*args)

    monkeypatch.setattr(compiler, "compile_rules", counting)
    return counted


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sits"))


def test_the_second_start_reads_the_cache(tmp_path: Path, builds: list[str]) -> None:
    first, second = load(tmp_path), load(tmp_path)
    assert len(builds) == 1 and len(entries(tmp_path)) == 1
    assert first.scan(TEXT) == second.scan(TEXT)
    assert first.sits == second.sits


def test_without_a_cache_nothing_is_written(tmp_path: Path, builds: list[str]) -> None:
    load(False), load(False)
    assert len(builds) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_users_folder(builds: list[str], cache_folder: Path) -> None:
    load(True), load(True)
    assert len(builds) == 1
    assert loading.cache_folder().is_relative_to(cache_folder)


def test_a_path_as_text(tmp_path: Path, builds: list[str]) -> None:
    load(str(tmp_path / "new" / "folder")), load(tmp_path / "new" / "folder")
    assert len(builds) == 1


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[:-50] + bytes([data[-50] ^ 1]) + data[-49:]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": truncated,
    "a bit flipped": flipped,
    "text": lambda data: b"not a cache entry at all",
    "no body": lambda data: data.partition(b"\n")[0],
    "header of another file": lambda data: b'{"format": 1}\n' + data.partition(b"\n")[2],
    "another format": lambda data: data.replace(b'"format": ', b'"format": 9', 1),
    "another engine": lambda data: data.replace(b'"engine": "', b'"engine": "x', 1),
    "header is no mapping": lambda data: b"[1, 2]\n" + data.partition(b"\n")[2],
    "negative sizes": lambda data: data.replace(b'"sizes": [', b'"sizes": [-', 1),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_built_anew(tmp_path: Path, builds: list[str], damage: str) -> None:
    expected = load(tmp_path).scan(TEXT)
    (entry,) = entries(tmp_path)
    entry.write_bytes(DAMAGES[damage](entry.read_bytes()))
    assert load(tmp_path).scan(TEXT) == expected
    assert len(builds) == 2
    assert load(tmp_path).scan(TEXT) == expected  # and mended
    assert len(builds) == 2


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_an_entry_that_others_may_write_is_not_trusted(tmp_path: Path, builds: list[str]) -> None:
    load(tmp_path)
    entries(tmp_path)[0].chmod(0o666)
    load(tmp_path)
    assert len(builds) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"sits": ["toy-account"]},
        {"min_confidence": 1},
        {"min_confidence": "purview"},
        {"min_confidence": {"toy-account": 65}},
    ],
)
def test_other_arguments_have_another_entry(
    tmp_path: Path, builds: list[str], other: dict[str, Any]
) -> None:
    load(tmp_path), load(tmp_path, **other)
    assert len(builds) == 2 and len(entries(tmp_path)) == 2


def test_what_does_not_change_the_rules_shares_an_entry(tmp_path: Path, builds: list[str]) -> None:
    load(tmp_path), load(tmp_path, digest_key=b"k"), load(tmp_path, allow=["x"])
    load(tmp_path, sits=["toy-spoken", "toy-account", "toy-account"])
    assert len(builds) == 1


def test_a_changed_catalogue_is_seen(tmp_path: Path, builds: list[str]) -> None:
    folder = write(tmp_path / "mine", a_sit())
    arguments = {"catalogue": folder, "sits": None}
    assert found(load(tmp_path / "cache", **arguments).scan("badge 536904399")) == []
    write(folder, a_sit(words=("badge",)))
    assert found(load(tmp_path / "cache", **arguments).scan("badge 536904399")) == [
        ("536904399", 85)
    ]
    assert len(builds) == 2


def test_another_version_of_the_package(
    tmp_path: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path)
    monkeypatch.setattr(sitclassify, "__version__", "0.0.0")
    load(tmp_path)
    assert len(builds) == 2


def test_a_place_that_cannot_be_written(tmp_path: Path, builds: list[str]) -> None:
    """A file where the folder should be: refused to root too, unlike a read-only folder."""
    place = tmp_path / "file"
    place.write_text("x")
    assert load(place / "cache").scan(TEXT).detections
    assert len(builds) == 1


def test_a_read_only_folder_is_read(tmp_path: Path, builds: list[str]) -> None:
    load(tmp_path)
    entries(tmp_path)[0].chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        load(tmp_path)
    finally:
        tmp_path.chmod(0o755)
    assert len(builds) == 1


def test_a_copied_folder_is_read(tmp_path: Path, builds: list[str]) -> None:
    load(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    load(tmp_path / "two")
    assert len(builds) == 1


def test_old_entries_are_removed(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"{i:03}.sits").write_bytes(b"old")
        os.utime(tmp_path / f"{i:03}.sits", (i, i))
    load(tmp_path)
    assert len(entries(tmp_path)) < 40
    assert not (tmp_path / "000.sits").exists()


def test_processes_that_start_at_once(tmp_path: Path) -> None:
    code = (
        "import sitclassify, sys\n"
        "s = sitclassify.load(catalogue=sys.argv[1], classifiers=(), cache=sys.argv[2])\n"
        "print(s.scan(sys.argv[3]).to_json())"
    )
    command = [sys.executable, "-c", code, str(TOY), str(tmp_path / "cache"), TEXT]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert told[0] == told[1] != ""
    assert len(entries(tmp_path / "cache")) == 1
    assert [p for p in (tmp_path / "cache").iterdir() if p.name.startswith(".writing")] == []
