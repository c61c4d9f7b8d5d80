"""Peers: what is written of them, the process of one, and the comparison, with a peer of our own making."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import sitclassify
from benchmarks.detectors import Found
from benchmarks.peers import command, compare, peer
from benchmarks.peers.peer import ANY, Peer, Process
from benchmarks.quality import prompts
from sitclassify import resources
from sitclassify.scanner import Scanner

SIT = "us-social-security-number"
ADAPTER = """
import re
def load():
    print("noise that is no answer")
    ssn = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
    def detect(text):
        if text == "end":
            raise SystemExit
        spans = [(m.start(), m.end(), "SSN") for m in ssn.finditer(text)]
        return spans + [(s, s + 3, "AREA") for s, _, _ in spans]
    return detect
"""


class Ours(Peer):
    """A peer whose adapter is given; its environment is the one that runs the tests."""

    @property
    def adapter(self) -> Path:
        return Path(self.install)

    def python(self, environments: Path) -> Path:
        return Path(sys.executable)


@pytest.fixture
def ours(tmp_path: Path) -> Ours:
    path = tmp_path / "adapter.py"
    path.write_text(ADAPTER, encoding="utf-8")
    return Ours("ours", str(path), {"SSN": (SIT,)})


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return sitclassify.load(sits=[SIT, "credit-card-number"], classifiers=())


def test_every_peer_has_an_adapter_and_its_sits_exist() -> None:
    known = {path.stem for path in resources.folder("patterns").rglob("*.yaml")}
    for one in peer.read():
        assert one.adapter.is_file()
        assert ANY in one.labels or all(one.labels.values())
        assert {sit for sits in one.labels.values() for sit in sits} <= known


def test_a_peer_answers_from_its_own_process(ours: Ours, tmp_path: Path) -> None:
    with Process(ours, tmp_path) as process:
        assert process.detect("é 536-90-4399") == [Found(2, 13, "SSN")]  # the longer of two spans
        assert process.time("536-90-4399", 1) != []
        with pytest.raises(OSError, match="ours ended"):
            process.detect("end")


def test_both_are_scored_on_what_the_peer_looks_for(
    ours: Ours, scanner: Scanner, tmp_path: Path
) -> None:
    rows = [r for r in prompts.rows() if any(s["label"] == SIT for s in r["spans"])][:4]
    with Process(ours, tmp_path) as process:
        told = compare.quality(process, scanner, rows)
        paces = compare.speed(process, scanner, ("short",), turns=1)
    assert told["kinds"] == 1
    for name in ("peer", "sitclassify"):
        assert told[name]["recall"]["share"] == 1
        assert told[name]["recall"]["of"] >= 4
    assert paces["short"]["peer over ours"] > 0
    shown = command.tables({"ours": {"quality": told, "speed": paces}, "x": {"failed": "why"}})
    assert shown[0].row_count == 2


@pytest.mark.slow
def test_a_peer_that_cannot_be_installed_says_why(tmp_path: Path) -> None:
    missing = Peer("no-such-peer", str(tmp_path / "nothing"), {})
    with pytest.raises(OSError, match=r"pip install .* failed: ERROR"):
        missing.python(tmp_path)
