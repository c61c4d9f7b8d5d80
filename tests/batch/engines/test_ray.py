"""A run over a local Ray: the findings of a run on one machine, exactly once, also where it was ended.

Run by `.ci/environments ray`, in an environment that has Ray.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import MAIL, findings, rows, unreadable, write

from sitclassify.batch import Options, run, scan_record_batch
from sitclassify.batch.folder import RunFolder

ray = pytest.importorskip("ray")
SIZE = 20_000  # bytes of a shard


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Two cores, and no dashboard."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_the_findings_of_a_run_on_one_machine(options: Options, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, rows(2000))
    one = run(path, tmp_path / "one", options=options, jobs=1, shard_bytes=SIZE)
    many = run(path, tmp_path / "many", options=options, shard_bytes=SIZE, engine="ray")
    assert many.is_complete and many.summary.texts == one.summary.texts
    assert sorted(many.summary.cube.items()) == sorted(one.summary.cube.items())
    assert findings(tmp_path / "many") == findings(tmp_path / "one")
    assert len(findings(tmp_path / "one")) == 286
    assert not list((tmp_path / "many").rglob("*.tmp"))


def test_it_goes_on_where_it_was_ended(options: Options, tmp_path: Path) -> None:
    """Also one that another engine began: shards are shards."""
    path, out = write(tmp_path / "a.jsonl", rows(2000)), tmp_path / "out"
    run(path, out, options=options, jobs=1, shard_bytes=SIZE)
    whole = findings(out)
    for number in (1, 3):
        (out / "shards" / f"{number:05}.json").unlink()
        RunFolder(out).findings(number, "parquet").unlink()
    (out / "summary.json").unlink()
    outcome = run(path, out, options=options, shard_bytes=SIZE, engine="ray")
    assert 0 < outcome.resumed < outcome.summary.texts == 2000
    assert findings(out) == whole


def test_broken_inputs_and_shards_that_fail_are_told(options: Options, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    write(source / "a.jsonl", rows(600))
    (source / "b.jsonl").write_bytes(b'{"text": "x\n{"text": "write to ' + MAIL.encode() + b'"}\n')
    out = tmp_path / "out"
    run(source, out, options=options, shard_bytes=SIZE, engine="ray", jobs=2)
    assert [row["line"] for row in unreadable(out)] == [1]
    other = tmp_path / "other"
    (other / "findings" / "00001.parquet").mkdir(parents=True)  # where a file is to be
    (other / "run.json").write_bytes((out / "run.json").read_bytes())
    outcome = run(source, other, options=options, shard_bytes=SIZE, engine="ray", jobs=2)
    assert [failed.shard.number for failed in outcome.failed] == [1]
    assert not outcome.is_complete


def test_the_kernel_in_a_pipeline_of_ray_data(options: Options, tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", rows(500))

    class Scan:
        def __init__(self) -> None:
            options.scanner()

        def __call__(self, batch):  # type: ignore[no-untyped-def]
            import pyarrow as pa

            (one,) = batch.combine_chunks().to_batches()
            scanned = scan_record_batch(one, text_columns="text", id_column="id", options=options)
            return pa.table(scanned)

    ds = ray.data.read_parquet(str(path)).map_batches(Scan, batch_format="pyarrow", concurrency=1)
    assert sum(len(row["findings"]) for row in ds.iter_rows()) == 72
