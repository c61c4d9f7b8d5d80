"""What the labels of a detector stand for: a file that a reader can check, checked against the catalogue."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from sitclassify.errors import ConfigurationError
from sitclassify.yaml_file import Address, YamlFile

StandsFor = Mapping[str, tuple[str, ...]]
ANY, CREDENTIAL = "*", "credential"  # stand for any credential; "*" for all labels there are
OR = " or "  # between the labels of one span


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two arguments that name a detector."""
    add = parser.add_argument
    add("--detector", metavar="NAME", help="'module:function' (text -> spans), or an http address")
    add("--labels", type=Path, metavar="FILE", help="YAML: its labels -> ids of SITs; default: ids")


def read(path: Path | None, sits: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Label -> SITs, as the file says; without one a label is a SIT's id.

    Raises `RuleError` with file, line and remedy, `ConfigurationError` where there is no such file.
    """
    known = frozenset(sits)
    if path is None:
        return {sit: (sit,) for sit in sorted(known)}
    if not path.is_file():
        raise ConfigurationError(f"--labels: there is no file {path}")
    return checked(YamlFile(path), (), known)


def checked(file: YamlFile, address: Address, known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The labels at one place of a file. Raises `RuleError`."""
    found = file.data
    for part in address:
        found = found[part]
    if not isinstance(found, dict) or not found:
        raise file.error(address, "no labels", "write 'LABEL: [id of a SIT, ...]', one a line")
    told: dict[str, tuple[str, ...]] = {}
    for label, ids in found.items():
        here = (*address, label)
        if not isinstance(ids, list) or not (ids or label in (ANY, CREDENTIAL)):
            raise file.error(here, "a label stands for a list of SITs", f"{label}: [id, ...]")
        for sit in ids:
            if sit not in known:
                raise file.error(here, f"'{sit}' is no SIT", _nearest(str(sit), known))
        told[str(label)] = tuple(ids)
    return told


def meaning(labels: StandsFor, credential: frozenset[str]) -> dict[str, frozenset[str]]:
    """Label -> the SITs that it stands for; an empty list stands for any credential."""
    return {label: frozenset(sits) or credential for label, sits in labels.items()}


def meant(label: str, meanings: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The SITs of a label, or of one of several; of an unknown one what all labels stand for, if they do."""
    every = meanings.get(ANY, frozenset())
    return frozenset().union(*(meanings.get(one, every) for one in label.split(OR)))


def _nearest(sit: str, known: frozenset[str]) -> str:
    near = get_close_matches(sit, known, 3)
    return f"did you mean {' or '.join(near)}?" if near else "see 'sitclassify list'"
