"""The folders of the packaged models, for parametrised tests."""

from pathlib import Path

FOLDERS = sorted(
    path.parent for path in (Path(__file__).parents[2] / "models").glob("*/model.json")
)
