"""A trained model as data: `model.json`, `weights.npz`, `examples.yaml`, a card; `kinds.npz` where it tells kinds.

`weights.npz` holds the rows of the table that have a weight, as packed bits, and their weights as
half-precision numbers. Nothing in a model folder is ever executed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitclassify.classifiers.features import FEATURES, SPACE_BITS
from sitclassify.classifiers.kinds import Kinds
from sitclassify.errors import ModelError

LEVELS = ("high", "medium", "low")
_REQUIRED = ("id", "name", "version", "features", "intercept", "thresholds", "weights_sha256")


@dataclass(frozen=True, slots=True)
class Model:
    """One classifier: probability = 1 / (1 + exp(-(weights @ features + intercept)))."""

    id: str
    name: str
    version: str
    intercept: float
    thresholds: dict[str, float]  # level -> least probability
    rows: NDArray[np.intp]  # of the table, those with a weight
    weights: NDArray[np.float16]
    minimum_words: int = 1
    experimental: bool = False
    purview_guid: str | None = None
    category: str = "other"
    description: str = ""
    sources: tuple[str, ...] = ()
    kinds: Kinds | None = None
    about: dict[str, Any] = field(default_factory=dict)

    def level(self, score: float) -> str | None:
        """The highest level whose threshold the score reaches."""
        return next((level for level in LEVELS if score >= self.thresholds[level]), None)


def read_about(folder: Path) -> dict[str, Any]:
    """`model.json` of one folder, complete. Raises `ModelError`."""
    path = folder / "model.json"
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path}: missing\n  every model folder has one: reinstall it") from None
    except ValueError as error:
        raise ModelError(f"{path}: is no JSON: {error}\n  reinstall the model") from None
    missing = [key for key in _REQUIRED if key not in about] if isinstance(about, dict) else ["id"]
    if missing:
        raise ModelError(f"{path}: lacks {', '.join(missing)}\n  train and publish the model again")
    if about["id"] != folder.name:
        raise ModelError(f"{path}: id is '{about['id']}', the folder '{folder.name}'\n  rename one")
    if about["features"] != FEATURES:
        raise ModelError(
            f"{path}: was trained on features '{about['features']}', this version computes "
            f"'{FEATURES}'\n  train the model again"
        )
    checked: dict[str, Any] = about
    return checked


def read(folder: Path) -> Model:
    """The model of one folder, its weights checked by digest. Raises `ModelError`."""
    about = read_about(folder)
    arrays = _arrays(folder / "weights.npz", about["weights_sha256"], ("rows", "weights"))
    rows = np.flatnonzero(np.unpackbits(arrays["rows"], count=1 << SPACE_BITS))
    weights = arrays["weights"].astype(np.float16)
    if rows.shape != weights.shape:
        path = folder / "weights.npz"
        raise ModelError(f"{path}: {len(rows)} rows, {len(weights)} weights\n  train it again")
    return Model(
        id=about["id"],
        name=about["name"],
        version=str(about["version"]),
        intercept=float(about["intercept"]),
        thresholds={level: float(about["thresholds"][level]) for level in LEVELS},
        rows=rows,
        weights=weights,
        minimum_words=int(about.get("minimum_words", 1)),
        experimental=bool(about.get("experimental", False)),
        purview_guid=about.get("purview_guid"),
        category=about.get("category", "other"),
        description=about.get("description", ""),
        sources=tuple(about.get("sources", ())),
        kinds=_kinds(folder, about) if about.get("kinds") else None,
        about=about,
    )


def _kinds(folder: Path, about: dict[str, Any]) -> Kinds:
    path, names = folder / "kinds.npz", ("rows", "weights", "intercepts")
    arrays = _arrays(path, about.get("kinds_sha256", ""), names)
    kinds = Kinds(tuple(about["kinds"]), *(arrays[name] for name in names))
    if kinds.weights.shape != (len(kinds.rows), len(kinds.names)):
        raise ModelError(f"{path}: does not fit the kinds of model.json\n  train it again")
    return kinds


def _arrays(path: Path, digest: str, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The arrays of a file, checked by its digest."""
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(f"{path}: cannot be read\n  reinstall the model") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(
            f"{path}: is not the file that model.json promises (SHA-256 differs)\n"
            "  reinstall the model; if you trained it, publish it again"
        )
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names}
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: is no weights file: {error}\n  train it again") from None


def write(folder: Path, about: dict[str, Any], coefficients: NDArray[np.floating[Any]]) -> None:
    """Writes `model.json` and `weights.npz`; the same weights give the same bytes."""
    weights = coefficients.astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {
        "rows": np.packbits(weights != 0),
        "weights": weights[weights != 0],
    }
    _write_about(folder, about | {"weights_sha256": _write_arrays(folder / "weights.npz", arrays)})


def write_kinds(folder: Path, kinds: Kinds) -> None:
    """Writes `kinds.npz` beside a model, and the names of the kinds into its `model.json`."""
    arrays: dict[str, NDArray[Any]] = {
        "rows": kinds.rows,
        "weights": kinds.weights,
        "intercepts": kinds.intercepts,
    }
    digest = _write_arrays(folder / "kinds.npz", arrays)
    _write_about(folder, read_about(folder) | {"kinds": kinds.names, "kinds_sha256": digest})


def _write_arrays(path: Path, arrays: dict[str, NDArray[Any]]) -> str:
    """Writes a file, the same bytes for the same arrays, and returns its digest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.save(entry, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), entry.getvalue())
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def _write_about(folder: Path, about: dict[str, Any]) -> None:
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    (folder / "model.json").write_text(text, encoding="utf-8")
