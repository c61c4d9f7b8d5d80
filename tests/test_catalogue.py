"""Every SIT of the packaged catalogue does what its own examples say."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitclassify import catalogue, check, resources

ROOT = resources.folder("patterns")
PATHS = sorted(path for path in ROOT.rglob("*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_examples_hold(path: Path) -> None:
    """Each SIT alone, at every tier; a shared element is read, an overlay is checked as what it extends."""
    problems = [
        problem
        for file in catalogue.read_files([path], [ROOT])
        for problem in check.check_one(file)
    ]
    assert not problems, "\n" + "\n".join(map(str, problems))


def test_the_whole_catalogue_is_read_together() -> None:
    files = catalogue.read([ROOT])
    guids = [file.sit.purview_guid for file in files if file.sit.purview_guid]
    names = [file.sit.name.casefold() for file in files]
    assert len(set(guids)) == len(guids)
    assert len(set(names)) == len(names)
