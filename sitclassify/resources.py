"""Where the data lie: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

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
