"""Peers: what is written of them, the process of one, and the comparison, with a peer of our own making."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import sitclassify
from benchmarks.detectors import Found
from benchmarks.labels import ANY
from benchmarks.peers import command, compare, peer, tables
from benchmarks.peers.local import Local
from benchmarks.peers.peer import Peer, Process, longest
from benchmarks.quality import prompts
from sitclassify import resources
from sitclassify.scanner import Scanner

SIT = "us-social-security-number"
SSN = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
ADAPTER = """
import re
def load():
    print("noise that is no answer")
    ssn = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
    def detect(text):
        if text == "end":
            raise SystemExit
        if text == "wait":
            import time
            time.sleep(60)
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
    with (
        Process(ours, tmp_path, limit=0.01) as process,
        pytest.raises(OSError, match=r"ours gave no answer in 0\.01 seconds"),
    ):
        process.detect("wait")


def test_labels_of_one_span_stand_together() -> None:
    found = [Found(0, 9, "SSN"), Found(0, 9, "NPI"), Found(0, 9, "ZIP"), Found(2, 5, "SSN")]
    assert longest(found, {"SSN": (SIT,), "NPI": ("npi",)}) == [Found(0, 9, "NPI or SSN")]


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
    assert paces["speed"]["short"]["peer over ours"] > 0
    assert tables.quality({"ours": told, "x": {"failed": "why"}}).row_count == 2
    assert tables.speed({"ours": paces, "x": {"failed": "why"}}).row_count == 2


def find(text: str) -> list[dict[str, Any]]:
    return [{"start": m.start(), "end": m.end(), "label": "SSN"} for m in SSN.finditer(text)]


def test_a_callable_takes_the_place_of_a_peer(scanner: Scanner) -> None:
    rows = [r for r in prompts.rows() if any(s["label"] == SIT for s in r["spans"])][:4]
    with Local(f"{__name__}:find", {"SSN": (SIT,)}) as local:
        told = compare.quality(local, scanner, rows)
        assert told["peer"]["recall"]["share"] == 1
        assert local.time("536-90-4399", 1) != []
        assert local.version() == f"{__name__}:find"
    figures = prompts.run_for(local.detect, local.labels, scanner, rows)
    assert figures["all"]["recall"]["share"] == 1
    assert prompts.tables(figures)[0].row_count == 2


def test_rows_that_are_taken_again_leave_the_others(
    scanner: Scanner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "peers.json"
    path.write_text('{"peers": {"other": {"failed": "why"}}}', encoding="utf-8")
    names = tmp_path / "labels.yaml"
    names.write_text(f"SSN: [{SIT}]\n", encoding="utf-8")
    monkeypatch.setattr(command.Scanners, "load", lambda *_, **__: scanner)
    asked = ["quality", "--detector", f"{__name__}:find", "--labels", str(names), "--every", "100"]
    assert command.main([*asked, "--output", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["peers"].keys() == {
        "other",
        f"{__name__}:find",
    }
    with pytest.raises(SystemExit, match="no peer is called x: there are presidio"):
        command.main(["--environments", str(tmp_path), "--only", "x"])


@pytest.mark.slow
def test_a_peer_that_cannot_be_installed_says_why(tmp_path: Path) -> None:
    missing = Peer("no-such-peer", str(tmp_path / "nothing"), {})
    with pytest.raises(OSError, match=r"pip install .* failed: ERROR"):
        missing.python(tmp_path)
