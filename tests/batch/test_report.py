"""The page: whole without a network, no value in it, filters that work; and what is said of columns."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from corpus import CARD, MAIL, SSN, rows, write

from sitclassify.batch import Options, run
from sitclassify.batch.folder import read_summary
from sitclassify.batch.report import write_report
from sitclassify.batch.summary import Summary

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def page_of(options: Options, folder: Path, source: Path) -> str:
    summary = run(source, folder / "out", options=options, jobs=1).summary
    write_report(folder / "report.html", summary, options.scanner())
    return (folder / "report.html").read_text("utf-8")


def test_no_value_and_no_script_gets_into_the_page(options: Options, tmp_path: Path) -> None:
    """Values in texts, ids, keys, users, applications and file names; and a name that would end the script."""
    source = tmp_path / f"in-{MAIL}"
    source.mkdir()
    hostile = "</script><script>alert(1)</script>"
    row = {
        "id": MAIL,
        "user": MAIL,
        "app": f"x {MAIL}",
        MAIL: f"ssn {SSN}",
        hostile: f"{CARD} {MAIL}",
    }
    write(source / "a.jsonl", [row])
    (source / "b.json").write_text(json.dumps([{"id": MAIL, "text": f"{MAIL} {hostile}"}]), "utf-8")
    page = page_of(options, tmp_path, source)
    for value in (MAIL, SSN, CARD, CARD.replace(" ", "")):
        assert value not in page
    assert page.count("</script>") == 2, "those of the page itself"
    assert "alert(1)" in page, "the hostile key is told, as data"
    assert not re.search(r"""(src|href)=|url\(|https?://(?!www\.w3\.org/2000/svg)""", page)


def test_names_that_look_alike_masked_stay_two(options: Options, tmp_path: Path) -> None:
    summary = Summary()
    summary.users.update({("ada@kontor.test", "x"): 1, ("bob@kontor.test", "x"): 1})
    write_report(tmp_path / "r.html", summary, options.scanner())
    data = re.search(r'id="data">(.*?)</script>', (tmp_path / "r.html").read_text("utf-8"))
    assert data is not None
    users = [row[0] for row in json.loads(data[1])["users"]]
    assert len(set(users)) == 2 and users[1] == f"{users[0]} (2)"


def test_the_verdict_on_a_column(options: Options, tmp_path: Path) -> None:
    table = [
        {
            "id": i,
            "mail": f"n{i}@kontor.test" if i % 50 else "none",
            "note": f"see {MAIL}" * (i < 9),
        }
        for i in range(200)
    ]
    outcome = run(write(tmp_path / "a.csv", table), tmp_path / "out", options=options, jobs=1)
    told = {v.column: v.told({"email-address": "Mail"}) for v in outcome.summary.verdicts()}
    assert told == {"mail": "98 % are: Mail", "note": "100 % hold: Mail"}
    kept, about = read_summary(tmp_path / "out")
    assert kept.verdicts() == outcome.summary.verdicts()
    assert [v["column"] for v in about["verdicts"]] == ["note", "mail"]


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
def test_filters_in_a_browser(options: Options, tmp_path: Path) -> None:
    table = [*rows(300), {"text": f"ssn {SSN}", "app": "chat", "timestamp": "2026-10-01"}]
    page_of(options, tmp_path, write(tmp_path / "a.jsonl", table))

    def shown(asked: str) -> str:
        command = [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom",
            f"file://{tmp_path / 'report.html'}#{asked}",
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout

    whole = shown("")
    assert ">44 findings<" in whole and whole.count("<svg") == 4
    assert ">1 findings<" in shown("sit=us-social-security-number")
    assert ">21 findings<" in shown("application=copilot"), "odd multiples of 7 below 300"
    assert ">1 findings<" in shown("to=2026-10-31")
