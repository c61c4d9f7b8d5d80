"""A baseline: findings that somebody accepted, as keyed hashes of their values; a scan leaves them out and counts them.

The key stays with its owner: without it, a baseline tells nothing, not even whether a guessed value is in it.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sitclassify.batch.earlier import files_of, read_findings
from sitclassify.batch.records import Record
from sitclassify.errors import ConfigurationError

_VERSION = 1
_ABOUT = b"sitclassify baseline"  # what the key is known by
_LEAST = 16  # bytes of a key


class Baseline(NamedTuple):
    """Accepted findings: pairs of a SIT and the digest of a value."""

    accepted: frozenset[tuple[str, str]]

    def without_accepted(self, record: Record) -> tuple[Record, int]:
        """A record without its accepted findings, and how many these are."""
        result = record.result
        kept = tuple(d for d in result.detections if (d.sit, d.digest) not in self.accepted)
        count = len(result.detections) - len(kept)
        return (record._replace(result=result.with_detections(kept)) if count else record), count


def read_key(path: Path) -> bytes:
    """The key in a file. Raises `ConfigurationError` where there is none."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"'{path}': {error.strerror}: make a key with `head -c 32 /dev/urandom > {path}`"
        ) from None
    if len(key) < _LEAST:
        raise ConfigurationError(f"'{path}': a key has {_LEAST} bytes or more, not {len(key)}")
    return key


@functools.lru_cache(maxsize=4)
def read_baseline(path: Path, key: bytes | None) -> Baseline:
    """The baseline in a file. Raises `ConfigurationError` for another file, or another key than it was made with."""
    if key is None:
        raise ConfigurationError(f"'{path}' needs the key that it was made with: --digest-key FILE")
    try:
        table = json.loads(path.read_text("utf-8"))
        version, made = table["version"], table["key"]
        pairs = frozenset((sit, d) for sit, found in table["accepted"].items() for d in found)
    except OSError as error:
        raise ConfigurationError(f"'{path}': {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigurationError(f"'{path}' is no baseline") from None
    if version != _VERSION:
        raise ConfigurationError(f"'{path}' is of version {version}: this reads {_VERSION}")
    if made != _name(key):
        raise ConfigurationError(f"'{path}' was made with another key")
    return Baseline(pairs)


def write_baseline(path: Path, key: bytes, scans: Iterable[Path]) -> tuple[int, int]:
    """Accept the findings of earlier scans, besides those in `path` already; how many are new, and are there now.

    Raises `ConfigurationError` where the scans told no digests.
    """
    there = set(read_baseline(path, key).accepted) if path.exists() else set()
    accepted = set(there)
    for scan in scans:
        for file in files_of(scan):
            for row in read_findings(file):
                if row["sit"] is None:
                    continue
                if not row.get("digest"):
                    raise ConfigurationError(f"'{file}' has no digests: scan with --digest-key")
                accepted.add((row["sit"], row["digest"]))
    by_sit: dict[str, list[str]] = {}
    for sit, digest in sorted(accepted):
        by_sit.setdefault(sit, []).append(digest)
    table = {"version": _VERSION, "key": _name(key), "accepted": by_sit}
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    unfinished.replace(path)
    read_baseline.cache_clear()
    return len(accepted) - len(there), len(accepted)


def _name(key: bytes) -> str:
    """What tells a key from another one, and nothing of it."""
    return hmac.new(key, _ABOUT, hashlib.sha256).hexdigest()[:16]
