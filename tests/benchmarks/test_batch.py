"""The benchmark of a corpus: its rows, and that runs find in them what it expects."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.batch import rows, worker
from sitclassify.batch import Options

CATALOGUE = Path(__file__).parents[1] / "cli" / "catalogue"


def test_a_run_finds_what_its_rows_hold(cache_folder: Path, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "benign.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": f"ordinary text {i} é"}) + "\n" for i in range(9))
    drawn = rows.pool(tmp_path)
    files = rows.write(tmp_path / "rows", drawn, 400)
    again = rows.write(tmp_path / "again", rows.pool(tmp_path), 400)
    assert [pq.read_table(file) for file in files] == [pq.read_table(file) for file in again]
    options = Options.of(
        catalogue=CATALOGUE, classifiers=(), min_confidence=1, cache=cache_folder / "batch"
    )
    expected = drawn.expected(options.scanner())
    told = worker.whole(options, [str(file) for file in files], 1)
    assert (told["rows"], told["findings"]) == (400, expected["findings"])
    assert 0 <= expected["planted values found"] <= expected["planted values"] > 0
    assert told["written_mb"] > 0
    assert worker.kernel(options, [str(file) for file in files])["rows"] == 400
