"""Golden error messages: each mistake in `errors/` says where, what is wrong, and what to do.

`errors/<mistake>.txt` is the message for `errors/<mistake>.yaml`, paths from that folder. To write the files of
new mistakes: `PYTHONPATH=. python tests/test_errors.py`; read what it wrote.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from sitclassify import SitclassifyError, catalogue, choice, compiler
from sitclassify.errors import RuleError

ERRORS = Path(__file__).parent / "errors"
SHARED = Path(__file__).parent / "toy" / "shared"
MISTAKES = sorted(path.stem for path in ERRORS.glob("*.yaml"))


def message_of(mistake: str, folder: Path) -> str:
    """What loading the catalogue with this one file says; empty where it is taken."""
    root = folder / "patterns"
    shutil.copytree(SHARED, root / "shared")
    shutil.copy(ERRORS / f"{mistake}.yaml", root)
    if mistake == "overlay-of-unknown-words":
        base = (ERRORS / "file-name.yaml").read_text(encoding="utf-8")
        (root / "file-name.yaml").write_text(
            base.replace("another-name", "file-name"), encoding="utf-8"
        )
    try:
        sits = [file.sit for file in catalogue.read([root])]
        compiler.compile_rules(choice.choose(sits, None, 1), "test")
    except SitclassifyError as error:
        return f"{type(error).__name__}\n{error}\n"
    return ""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_message(mistake: str, tmp_path: Path) -> None:
    told = message_of(mistake, tmp_path)
    assert told, "the mistake is not seen"
    assert told == (ERRORS / f"{mistake}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_address(mistake: str, tmp_path: Path) -> None:
    """Every message begins with file and line, and names no folder of this machine."""
    told = message_of(mistake, tmp_path).splitlines()[1]
    assert told.startswith(f"patterns/{mistake}.yaml:")
    assert str(tmp_path) not in told


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    for mistake in ("bad-regex", "unknown-validator", "not-yaml", "unknown-field"):
        shutil.copy(ERRORS / f"{mistake}.yaml", tmp_path)
    with pytest.raises(RuleError) as caught:
        catalogue.read([tmp_path])
    assert {Path(problem.path).stem for problem in caught.value.problems} == {
        "bad-regex", "unknown-validator", "not-yaml", "unknown-field",
    }  # fmt: skip


def test_the_same_id_in_two_folders(tmp_path: Path) -> None:
    text = (
        (ERRORS / "file-name.yaml").read_text(encoding="utf-8").replace("another-name", "file-name")
    )
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file-name.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"id 'file-name' is also in one/file-name\.yaml"):
        catalogue.read([tmp_path / "one", tmp_path / "two"])


def test_an_overlay_of_an_unknown_sit(tmp_path: Path) -> None:
    """Its suggestion is from the packaged catalogue, so no golden file."""
    (tmp_path / "mine.yaml").write_text("extends: credit-card-numbr\n", encoding="utf-8")
    with pytest.raises(
        RuleError, match=r"mine.yaml:1: extends unknown SIT 'credit-card-numbr'\n  extends"
    ):
        catalogue.read([tmp_path])


def test_an_overlay_is_answered_with_the_nearest_of_its_own_catalogue(tmp_path: Path) -> None:
    text = (
        (ERRORS / "file-name.yaml").read_text(encoding="utf-8").replace("another-name", "file-name")
    )
    (tmp_path / "file-name.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: file-nam\n", encoding="utf-8")
    with pytest.raises(RuleError, match="did you mean 'file-name'"):
        catalogue.read([tmp_path])


def test_no_message_without_its_mistake() -> None:
    assert {path.stem for path in ERRORS.glob("*.txt")} == set(MISTAKES)


if __name__ == "__main__":
    for name in MISTAKES:
        with tempfile.TemporaryDirectory() as place:
            message = message_of(name, Path(place))
        if message and not (ERRORS / f"{name}.txt").exists():
            (ERRORS / f"{name}.txt").write_text(message, encoding="utf-8")
        elif not message:
            sys.stderr.write(f"{name} is not seen as a mistake\n")
