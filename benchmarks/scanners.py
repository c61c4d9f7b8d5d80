"""The scanners that are measured, loaded once, from a cache of the benchmarks' own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import sitclassify
from sitclassify import loading
from sitclassify.errors import SitclassifyError
from sitclassify.scanner import Scanner


class Scanners:
    """Loads scanners. `catalogue` None is the packaged one."""

    def __init__(self, catalogue: Path | None = None) -> None:
        self.catalogue = catalogue
        self._cache = loading.cache_folder() / f"benchmarks-{_engine_digest()}"
        self._loaded: dict[Any, Scanner] = {}

    def arguments(
        self, classifiers: bool = False, sits: tuple[str, ...] | None = None
    ) -> dict[str, Any]:
        """The arguments of `sitclassify.load`, as JSON can hold them."""
        catalogue = str(self.catalogue) if self.catalogue else None
        return {
            "classifiers": None if classifiers else (),
            "sits": sits,
            "catalogue": catalogue,
            "cache": str(self._cache),
        }

    def load(
        self,
        classifiers: bool = False,
        sits: tuple[str, ...] | None = None,
        min_confidence: int | None = None,
    ) -> Scanner:
        """A scanner, warm."""
        key = (classifiers, sits, min_confidence)
        if key not in self._loaded:
            asked = self.arguments(classifiers, sits) | {"min_confidence": min_confidence}
            scanner = sitclassify.load(**asked)
            scanner.warm()
            self._loaded[key] = scanner
        return self._loaded[key]

    def has_classifiers(self) -> bool:
        """Whether the package can load classifiers, and has some."""
        try:
            return bool(self.load(classifiers=True).classifiers)
        except (SitclassifyError, AttributeError, ImportError):
            return False


def _engine_digest() -> str:
    """Of the package's source: a checkout changes its databases without a new version."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(sitclassify.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
