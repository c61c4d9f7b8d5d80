"""Where the data lie: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitclassify.errors import ConfigurationError

PACKAGED = "packaged"  # stands for the packaged catalogue in a list of folders
_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `patterns` or `models`; `FileNotFoundError` where the installation is broken."""
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder '{name}' is missing: reinstall sitclassify")


def sample() -> Path:
    """The packaged sample file of prompts."""
    return _PACKAGE / "sample.jsonl"


def source_digest(modules: Iterable[str]) -> str:
    """One hash over the source of modules of this package: what they made may be stale when it changes."""
    total = hashlib.blake2b(digest_size=16)
    for module in modules:
        total.update((_PACKAGE / f"{module}.py").read_bytes())
    return total.hexdigest()


def digest(folders: Sequence[Path]) -> str:
    """One hash over the names and contents of all files; what the cache is keyed by."""
    total = hashlib.blake2b(digest_size=16)
    for root in map(str, folders):
        files = [
            f"{place}{os.sep}{name}"
            for place, _, names in os.walk(root)
            for name in names
            if name.endswith(".yaml")
        ]
        for path in sorted(files):
            with open(path, "rb") as file:  # noqa: PTH123 - a thousand files: no Path for each
                data = file.read()
            total.update(f"{path[len(root) :].replace(os.sep, '/')} {len(data)}\n".encode())
            total.update(data)
    return total.hexdigest()


def folders_of(catalogue: str | Path | Iterable[str | Path] | None) -> list[Path]:
    """The folders that `load(catalogue=...)` names; `ConfigurationError` for one that is missing."""
    if catalogue is None:
        named: list[str | Path] = [PACKAGED]
    elif isinstance(catalogue, (str, Path)):
        named = [catalogue]
    else:
        named = list(catalogue)
    found = [folder("patterns") if n == PACKAGED else Path(n) for n in named]
    for place in found:
        if not place.is_dir():
            raise ConfigurationError(
                f"no catalogue folder at '{place}': name a folder of SIT files"
            )
    return found
