"""The committed records, read once."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import record


class Records:
    """Records by name; a record that is not there yet is empty."""

    NAMES = (
        "speed", "stream", "server", "expressions", "quality-corpus", "quality-identifiers",
        "quality-secrets", "peers-quality", "peers-speed", "robustness", "classifiers",
    )  # fmt: skip

    def __init__(self, folder: Path = record.FOLDER) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self._read.get(name, {})

    def rows(self, name: str) -> dict[str, dict[str, Any]]:
        """Rows of a record of speed that were measured, by name."""
        told = {row["name"]: row for row in self[name].get("rows", ())}
        return {key: row for key, row in told.items() if row["figures"]}

    def taken(self, name: str) -> str:
        """When and where a record was taken: `2026-11-24, 2 cores of AMD EPYC, load 5.6, 353 types`."""
        told = self[name]
        parts = [str(told.get("date", ""))[:10]]
        if "machine" in told:
            parts.append(f"{told['machine']['cores']} cores of {told['machine']['cpu']}")
        load = told.get("load_average")
        if load:
            parts.append(f"load {(load['before'] if isinstance(load, dict) else load)[0]:.1f}")
        if "catalogue" in told:
            parts.append(f"{told['catalogue']['sits']} types")
        return ", ".join(part for part in parts if part)

    @cached_property
    def digest(self) -> str:
        """Of all records that are told of: another one means that page and tables are old."""
        digest = hashlib.blake2b(digest_size=8)
        for name in self.NAMES:
            digest.update(json.dumps(self[name], sort_keys=True).encode())
        return digest.hexdigest()

    @cached_property
    def _read(self) -> dict[str, dict[str, Any]]:
        paths = {name: self._folder / f"{name}.json" for name in self.NAMES}
        return {
            name: json.loads(path.read_text(encoding="utf-8"))
            for name, path in paths.items()
            if path.is_file()
        }
