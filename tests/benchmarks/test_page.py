"""Tables of the READMEs and the page agree with the committed records; the page needs nothing from elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.report import command, tables
from benchmarks.report.records import Records

REMEDY = "run: python -m benchmarks report"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("altair")
    from benchmarks.report import page as page_

    return page_.build(Records())


@pytest.mark.parametrize("path", tables.FILES, ids=lambda path: path.parent.name)
def test_a_readme_agrees_with_the_records(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "<!-- table:" in text
    assert tables.written(text, Records()) == text, REMEDY


def test_the_page_was_written_from_these_records() -> None:
    told = re.search(r'name="records" content="([0-9a-f]+)"', command.PAGE.read_text("utf-8"))
    assert told is not None
    assert told[1] == Records().digest, REMEDY


def test_the_page_loads_nothing_from_elsewhere(page: str) -> None:
    plain = re.sub(r"xmlns(:xlink)?=\"[^\"]*\"", "", page)
    assert not re.search(r"https?://|\bsrc=|@import|<script|<link", plain)
    assert not re.search(r"url\((?!#)", plain)


def test_every_plot_is_well_formed_and_takes_its_colours_from_the_page(page: str) -> None:
    drawn = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawn) > 8
    assert page.count("<figure>") == len(drawn)
    for svg in drawn:
        ElementTree.fromstring(svg)
        assert set(re.findall(r"(?:fill|stroke)=\"(#[0-9a-f]+)\"", svg)) <= {"#000"}


def test_a_record_that_was_not_taken_yet_leaves_its_figure_out(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    from benchmarks.report import figures

    row = {"name": "clean-prompt", "figures": {"p50_us": 12.0}, "budget": {"p50_us": 6.0}}
    (tmp_path / "speed.json").write_text(json.dumps({"rows": [row]}), encoding="utf-8")
    told = figures.of(Records(tmp_path))
    assert list(told) == ["speed"]
    assert [figure.rows[0]["value"] for figure in told["speed"]] == [2.0]
