"""What only a fresh interpreter shows: import, load, first compile, memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]  # the checkout: found first by the child's imports
_RUNS = (3, 15)  # fewest and most runs of which the median is told

_LOAD = """
import json, sys, time
import sitclassify
arguments = json.loads(sys.argv[1])
start = time.perf_counter()
scanner = sitclassify.load(**arguments)
loaded = time.perf_counter()
scanner.scan("Nothing to see here.")
scanned = time.perf_counter()
print(json.dumps({"ms": (loaded - start) * 1e3, "first_scan_ms": (scanned - loaded) * 1e3}))
"""
_MEMORY = """
import json, sys
def resident():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1e3
    except OSError:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1e6 if sys.platform == "darwin" else 1e3)
empty = resident()
import sitclassify
scanner = sitclassify.load(**json.loads(sys.argv[1]))
loaded = resident()
scanner.warm()
print(json.dumps({"mb": loaded, "empty_mb": empty, "warm_mb": resident()}))
"""


def import_time(seconds: float) -> dict[str, float]:
    """Milliseconds of `import sitclassify`: a fresh interpreter with it minus one without."""
    runs = [(_wall("import sitclassify"), _wall("pass")) for _ in range(_count(seconds, 0.2))]
    package, empty = (statistics.median(column) * 1e3 for column in zip(*runs, strict=True))
    return {"ms": package - empty, "empty_ms": empty, "samples": len(runs)}


def load_time(arguments: dict[str, Any], seconds: float) -> dict[str, float]:
    """Milliseconds of `load` and of the first scan in fresh processes, after the import."""
    runs = [_told(_LOAD, arguments) for _ in range(_count(seconds, 0.8))]
    figures = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    return {**figures, "samples": len(runs)}


def memory(arguments: dict[str, Any]) -> dict[str, float]:
    """Megabytes that stay resident after a load, and after everything late is built too."""
    return _told(_MEMORY, arguments)


def compile_seconds(catalogue: Path | None) -> float:
    """Seconds of a `load` with an empty cache in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        asked = {
            "classifiers": (),
            "catalogue": str(catalogue) if catalogue else None,
            "cache": folder,
        }
        return _told(_LOAD, asked)["ms"] / 1e3


def _count(seconds: float, each: float) -> int:
    return max(_RUNS[0], min(_RUNS[1], int(seconds / each)))


def _wall(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=_ROOT, check=True)
    return time.perf_counter() - start


def _told(code: str, arguments: dict[str, Any]) -> dict[str, float]:
    asked = [sys.executable, "-c", code, json.dumps(arguments)]
    done = subprocess.run(asked, cwd=_ROOT, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told
