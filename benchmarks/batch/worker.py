"""One measurement in a process of its own: `python -m benchmarks.batch.worker kernel|run JSON`; answers in JSON."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sitclassify.batch import Options, run, scan_record_batch

_BATCH = 1024  # rows


def main() -> None:
    """Measure what is asked for."""
    what, asked = sys.argv[1], json.loads(sys.argv[2])
    options = Options.of(**asked.pop("options"))
    print(json.dumps(whole(options, **asked) if what == "run" else kernel(options, **asked)))


def kernel(options: Options, files: list[str]) -> dict[str, Any]:
    """The kernel over all record batches, loaded and warm; reading them is not counted."""
    options.scanner().warm()
    rows, seconds, cpu = 0, 0.0, 0.0
    for file in files:
        for batch in pq.ParquetFile(file).iter_batches(_BATCH, columns=["id", "text"]):
            started, used = time.perf_counter(), time.process_time()
            scan_record_batch(batch, text_columns="text", id_column="id", options=options)
            seconds += time.perf_counter() - started
            cpu += time.process_time() - used
            rows += batch.num_rows
    return {"rows": rows, "seconds": seconds, "cpu_seconds": cpu, "peak_mb": _peak(["self"])}


def whole(options: Options, files: list[str], jobs: int) -> dict[str, Any]:
    """A run into a folder, as `scan --field text --output FOLDER/` does it, the start of processes included."""
    peaks: dict[int, float] = {}

    def look(_: object) -> None:
        for child in multiprocessing.active_children():
            if child.pid is not None:
                peaks[child.pid] = max(peaks.get(child.pid, 0), _peak([child.pid]))

    options.scanner()
    with tempfile.TemporaryDirectory() as folder:
        started, used = time.perf_counter(), _cpu()
        outcome = run(files, folder, options=options, field="text", jobs=jobs, on_progress=look)
        seconds = time.perf_counter() - started
        while multiprocessing.active_children():  # their time counts once they have ended
            time.sleep(0.05)
        cpu = _cpu() - used
        written = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    summary = outcome.summary
    return {
        "rows": summary.texts,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "findings": sum(summary.cube.values()),
        "failed_shards": len(outcome.failed),
        "peak_mb": _peak(["self"]) + sum(peaks.values()),
        "written_mb": written / 1e6,
    }


def _cpu() -> float:
    """Seconds of a core that this process and its ended children have used."""
    return sum(os.times()[:4])


def _peak(processes: Iterable[int | str]) -> float:
    """Megabytes that were resident at most, each process by itself; 0 where the system does not tell."""
    total = 0.0
    for process in processes:
        try:
            lines = Path(f"/proc/{process}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))
    return total


if __name__ == "__main__":
    main()
