"""The recipes of docs/engines.md run as they stand there, and find what `scan` finds.

Run by `.ci/environments recipes spark ray`; a recipe whose engine is not there is left out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitclassify.batch import Options

PAGE = Path(__file__).parents[3] / "docs" / "engines.md"
NEEDS = {
    "Polars": "polars",
    "DuckDB": "duckdb",
    "Daft": "daft",
    "Hugging Face datasets": "datasets",
    "Spark": "pyspark",
    "Ray Data": "ray",
}
TEXTS = [
    "My SSN is 536-90-4399.",
    "nothing to see",
    None,
    "é 日本 write to ada@kontor.test, card 4111 1111 1111 1111",
] * 25
ENDING = """
import json
rows = found.to_pylist() if hasattr(found, "to_pylist") else found
rows = rows.to_dicts() if hasattr(rows, "to_dicts") else rows
rows = [{"id": row["id"]} | row["findings"] if "findings" in row else row for row in rows]
with open("found.json", "w") as file:
    json.dump(sorted([row["id"], row["start"], row["end"], row["sit"], row["confidence"]] for row in rows), file)
"""


def recipes() -> dict[str, str]:
    """Heading -> code."""
    page = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^## (.+?)\n.*?^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE))


def test_every_recipe_is_tested() -> None:
    assert set(recipes()) == set(NEEDS)


@pytest.mark.parametrize("name", NEEDS)
def test_a_recipe_finds_what_scan_finds(tmp_path: Path, name: str) -> None:
    if importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed here")
    if name == "Spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    scan = Options(classifiers=()).scanner().scan  # compiled here: the recipe finds it in the cache
    table = pa.table({"id": [f"r{i}" for i in range(len(TEXTS))], "text": TEXTS})
    pq.write_table(table, tmp_path / "prompts.parquet", row_group_size=30)
    script = tmp_path / "recipe.py"
    script.write_text(recipes()[name] + ENDING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        env=os.environ | {"PYSPARK_PYTHON": sys.executable, "HF_HOME": str(tmp_path / "hf")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads((tmp_path / "found.json").read_text())
    assert found == sorted(
        [f"r{i}", d.start, d.end, d.sit, d.confidence]
        for i, text in enumerate(TEXTS)
        for d in scan(text or "").detections
    )
    assert len(found) == 50
