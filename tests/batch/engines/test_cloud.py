"""Inputs in a bucket: a server that speaks S3 on this machine, read through fsspec and s3fs.

Run by `.ci/environments cloud`, in an environment that has the extra `cloud` and moto.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import findings, rows, write

from sitclassify import ConfigurationError
from sitclassify.batch import Options, run

moto = pytest.importorskip("moto.server")
s3fs = pytest.importorskip("s3fs")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket `prompts`."""
    server = moto.ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("prompts")
    yield system
    system.rm("prompts", recursive=True)  # the server remembers from one test to the next
    server.stop()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bucket(options: Options, tmp_path: Path, bucket: Any, jobs: int) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in rows(700)).encode()
    bucket.pipe("prompts/day=1/a b.jsonl", lines)
    bucket.pipe("prompts/day=2/c.jsonl.gz", gzip.compress(lines))
    bucket.pipe("prompts/d.parquet", write(tmp_path / "d.parquet", rows(700)).read_bytes())
    urls = ["s3://prompts/day=*/*", "s3://prompts/d.parquet", "s3://prompts/none/*"]
    out = tmp_path / "out"
    outcome = run(urls, out, options=options, jobs=jobs, field="text", shard_bytes=20_000)
    assert outcome.summary.texts == 2100 and outcome.summary.unread == 0
    assert [trouble.reason for trouble in outcome.troubles] == ["no file matches"]
    files = [found["file"] for found in findings(out)]
    assert len(files) == 300 and files[0] == "s3://prompts/day=1/a b.jsonl"
    assert len(list((out / "shards").iterdir())) > 5
    again = run(urls, out, options=options, jobs=jobs, field="text", shard_bytes=20_000)
    assert again.resumed == 2100
    bucket.pipe("prompts/d.parquet", (tmp_path / "d.parquet").read_bytes() + b"x")
    with pytest.raises(ConfigurationError, match="inputs differ"):
        run(urls, out, options=options, jobs=jobs, field="text", shard_bytes=20_000)


def test_a_bucket_that_is_not_there(options: Options, tmp_path: Path, bucket: Any) -> None:
    outcome = run("s3://nowhere/x.jsonl", tmp_path / "out", options=options, jobs=1)
    assert [trouble.file for trouble in outcome.troubles] == ["s3://nowhere/x.jsonl"]
