"""Where the data lie: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

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
