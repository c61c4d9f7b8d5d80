"""`check`, `list`, `explain`, `compile`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from ended import CATALOGUE, SSN, Run

HERE = ("--catalogue", CATALOGUE)


def test_check(run: Run, tmp_path: Path) -> None:
    assert run("check", CATALOGUE).out.startswith("ok: 3 SITs")
    path = tmp_path / "email-address.yaml"
    shutil.copy(CATALOGUE / path.name, path)
    assert run("check", path).status == 0
    text = path.read_text(encoding="utf-8").replace("span: ada@kontor.test", "span: ada", 1)
    path.write_text(text.replace('span: "ada@kontor.test"', 'span: "ada"', 1), encoding="utf-8")
    done = run("check", path)
    assert (done.status, done.out) == (2, "")
    assert f"{path}:" in done.err.replace("\n", "")
    assert run("check", tmp_path / "gone.yaml").status == 2
    (tmp_path / "empty").mkdir()
    assert run("check", tmp_path / "empty").status == 2


def test_list(run: Run) -> None:
    rows = run("list", *HERE).rows
    assert [(r["id"], r["checksum"], r["country"]) for r in rows] == [
        ("credit-card-number", True, None),
        ("email-address", False, None),
        ("us-social-security-number", False, "US"),
    ]
    assert [r["id"] for r in run("list", *HERE, "--country", "us").rows] == [
        "us-social-security-number"
    ]
    assert [r["id"] for r in run("list", *HERE, "--category", "contact").rows] == ["email-address"]
    assert [r["presidio"] for r in run("list", *HERE, "--alias", "presidio").rows] == [
        "CREDIT_CARD",
        "US_SSN",
    ]
    assert [r["id"] for r in run("list", *HERE, "--sits", "presidio:US_SSN").rows] == [
        "us-social-security-number"
    ]
    table = run("list", *HERE, "--format", "table").out
    assert "credit-card-number" in table
    assert "yes" in table
    assert table.endswith("3 SITs\n")


@pytest.mark.parametrize(
    "wrong", [("--category", "money"), ("--country", "XX"), ("--alias", "zz"), ("--format", "x")]
)
def test_list_refuses_what_is_not_there(run: Run, wrong: tuple[str, str]) -> None:
    assert run("list", *HERE, *wrong).status == 2


def test_explain(run: Run) -> None:
    done = run("explain", *HERE, f"SSN 123-45-6789, 078-05-1120 and SSN {SSN} or 936-90-4399")
    assert done.status == 0
    assert "4-15 ***-**-**89\n└── us-social-security-number number: dismissed: example" in done.out
    assert 'us-social-security-number number: confidence 75 (medium); keyword "SSN" at' in done.out
    assert SSN not in done.out
    assert SSN in run("explain", *HERE, "--show-values", f"SSN {SSN}").out
    assert SSN in run("explain", *HERE, "--show-values", "-", input=f"SSN {SSN}").out
    assert "no candidate" in run("explain", *HERE, "hello").out


def test_explain_says_what_failed(run: Run) -> None:
    one = run(
        "explain", *HERE, "--sit", "credit-card-number", "4012888888881881 or 4012888888881882"
    ).out
    assert (
        "confidence 65 (low); needs no evidence; below the recommended 75: left out by default"
        in one
    )
    assert "refused by its filters or its validator" in one
    context = run("explain", *HERE, "--context", "what is your SSN?", SSN).out
    assert "confidence 75" in context


def test_compile_and_use_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    done = run("compile", "-o", folder, *HERE)
    (path,) = folder.glob("*.sits")
    assert done.out.startswith(f"{path}: ")
    before = path.stat().st_mtime_ns
    scanned = run("scan", "-", *HERE, "--no-classifiers", "--cache", folder, input=f"SSN {SSN}")
    assert len(scanned.found) == 1
    assert [p.stat().st_mtime_ns for p in folder.glob("*")] == [before], (
        "nothing was compiled again"
    )
    path.write_text("x", encoding="utf-8")
    assert run("compile", "-o", path, *HERE).status == 2


def test_the_sample_is_json_in_utf8() -> None:
    from sitclassify import resources

    rows = [
        json.loads(line) for line in resources.sample().read_text(encoding="utf-8").splitlines()
    ]
    assert [row["id"] for row in rows] == [str(i) for i in range(1, len(rows) + 1)]
