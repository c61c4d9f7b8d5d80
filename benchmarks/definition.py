"""What a benchmark asks: one YAML file of `definitions/` each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from benchmarks.recipes import Recipe
from sitclassify.yaml_file import YamlFile

FOLDER = Path(__file__).parent / "definitions"
Kind = Literal[
    "scan", "texts", "threads", "batch", "stream", "text-growth", "catalogue-growth", "import", "load", "compile",
    "memory",
]  # fmt: skip
AT_LEAST = ("mb_per_s", "times_one")  # figures of which more is better; of all others less is


class Definition(BaseModel):
    """One row of the table.

    `expect` is the exact number of detections per SIT in all texts; `budget` maps figures to their
    limits. A `baseline` text is scanned in the same run, for the figure `times_baseline`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    place: int  # where in the table
    question: str
    kind: Kind
    text: Recipe | None = None
    baseline: Recipe | None = None
    sizes: tuple[int, ...] = ()  # of text-growth, in characters
    classifiers: bool = False  # load them too
    expect: dict[str, int] | None = None
    budget: dict[str, float] = {}


def read(folder: Path = FOLDER) -> list[Definition]:
    """All definitions, in the order of the table. Raises `RuleError` with file and line."""
    definitions = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return sorted(definitions, key=lambda definition: definition.place)


def _read(path: Path) -> Definition:
    file = YamlFile(path, str(path.relative_to(path.parents[2])))
    data: dict[str, Any] = {"name": path.stem} | (file.data or {})
    try:
        definition = Definition.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise file.error(first["loc"], first["msg"], "see benchmarks/definition.py") from None
    if definition.text is not None and definition.expect is None:
        raise file.error((), "a benchmark that scans states what it expects", "add 'expect'")
    return definition


def is_met(figure: str, value: float, limit: float) -> bool:
    """Whether a figure is within its budget."""
    return value >= limit if figure in AT_LEAST else value <= limit
