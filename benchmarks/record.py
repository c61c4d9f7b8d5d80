"""What a run leaves behind: the machine, the versions, the figures and the verdicts, as JSON."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.definition import Definition, is_met
from benchmarks.measures import Measured
from benchmarks.scanners import Scanners

FOLDER = Path(__file__).parent / "records"
MET, MISSED, WRONG, SKIPPED, MEASURED = "met", "missed", "wrong count", "skipped", "measured"


def row(definition: Definition, measured: Measured) -> dict[str, Any]:
    """One row of the record. `measured` is the verdict where there is no budget."""
    expected, found, figures = definition.expect, measured.found, measured.figures
    missed = [
        name
        for name, limit in definition.budget.items()
        if not measured.skipped and not is_met(name, figures[name], limit)
    ]
    if measured.skipped:
        verdict = SKIPPED
    elif found is not None and found != expected:
        verdict = WRONG
    else:
        verdict = MISSED if missed else MET if definition.budget else MEASURED
    told: dict[str, Any] = {"name": definition.name, "question": definition.question}
    told |= {"figures": _rounded(figures), "budget": definition.budget, "missed": missed}
    told |= {"raw": _rounded(measured.raw), "ratio": _rounded(figures).get("ratio")}
    told |= {"expected": expected, "found": found, "verdict": verdict}
    return told | ({"reason": measured.skipped} if measured.skipped else {})


def surroundings(scanners: Scanners) -> dict[str, Any]:
    """Machine, versions, catalogue, date and load: what the figures depend on."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": {
            "python": platform.python_version(),
            "hyperscan": metadata.version("hyperscan"),
            "sitclassify": _package_version(),
        },
        "catalogue": catalogue(scanners),
        "load_average": load_average(),
    }


def machine() -> dict[str, Any]:
    """What it is measured on."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
    }


def catalogue(scanners: Scanners) -> dict[str, Any]:
    """Which catalogue was measured."""
    scanner = scanners.load()
    return {
        "version": scanner.scan("").to_dict()["catalogue"],
        "sits": len(scanner.sits),
        "is_packaged": scanners.catalogue is None,
    }


def load_average() -> list[float]:
    """Processes that wait for a core, mean of 1, 5 and 15 minutes."""
    return [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []


def write(path: Path, record: dict[str, Any]) -> None:
    """Write a record as JSON, readable in a diff."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {
        name: float(f"{value:.4g}") if isinstance(value, float) else value
        for name, value in figures.items()
    }


def _cpu() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            names = [
                line.partition(":")[2].strip() for line in lines if line.startswith("model name")
            ]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def _package_version() -> str:
    import sitclassify

    return sitclassify.__version__
