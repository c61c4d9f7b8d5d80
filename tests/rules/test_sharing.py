"""One scanner in many threads, in a forked process, in another interpreter, and through pickle."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from toys import TOY, a_sit, write

import sitclassify
from sitclassify.scanner import Scanner

TEXTS = [
    "account 4000001234567899",
    "the vault has aB3dEf9hIj1k and api_secret A1b2C3d4E5f6",
    "apple 12345 pear plum; Q12 99887",
    "a blue marble in the shop \u2019 caf\u00e9 noir",
    "account,note\n" + "4000001234567899,x\n" * 50,
    "citizen \uff11\uff11\uff11 222 338 and batch 123456 654321",
    "",
] * 8


def test_eight_threads_find_the_same(cache_folder: Path) -> None:
    """A scanner nobody has used yet: what is built at first use is built under threads."""
    scanner = sitclassify.load(
        catalogue=TOY, classifiers=(), min_confidence=1, cache=cache_folder / "toy"
    )
    gate = threading.Barrier(8)

    def scan_all(_: int) -> list[str]:
        gate.wait()
        return [scanner.scan(text).to_json() for text in TEXTS]

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(scan_all, range(8)))
    assert all(result == results[0] for result in results)
    assert results[0] == [scanner.scan(text).to_json() for text in TEXTS]


def test_a_scanner_through_pickle(toy: Scanner) -> None:
    again = pickle.loads(pickle.dumps(toy))
    assert [again.scan(t) for t in TEXTS] == [toy.scan(t) for t in TEXTS]
    assert set(again.sits) == set(toy.sits)


def test_a_pickled_scanner_keeps_its_arguments(cache_folder: Path) -> None:
    scanner = sitclassify.load(
        catalogue=TOY, classifiers=(), sits=(n for n in ["toy-account"]), digest_key=b"k",
        allow=iter(["4111 1111 1111 1111"]), cache=cache_folder / "toy",
    )  # fmt: skip
    text = "account 4000001234567899 4111111111111111"
    assert pickle.loads(pickle.dumps(scanner)).scan(text) == scanner.scan(text)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_finds_the_same(toy: Scanner) -> None:
    toy.scan(TEXTS[0])
    fork = multiprocessing.get_context("fork")
    reader, writer = fork.Pipe(duplex=False)
    expected = [toy.scan(t).to_json() for t in TEXTS]
    process = fork.Process(target=_scan_into, args=(writer, toy))
    process.start()
    writer.close()
    assert reader.recv() == expected
    process.join()
    assert process.exitcode == 0


def _scan_into(writer: object, scanner: Scanner) -> None:
    writer.send([scanner.scan(t).to_json() for t in TEXTS])  # type: ignore[attr-defined]


def test_results_do_not_depend_on_the_hash_seed(cache_folder: Path) -> None:
    """Sets are iterated here and there: their order must not show."""
    code = (
        "import sitclassify, sys; s = sitclassify.load(catalogue=sys.argv[1], classifiers=(),"
        " min_confidence=1, cache=sys.argv[2]); print(s.scan(sys.argv[3]).to_json())"
    )
    text = "account konto 4000001234567899 apple pear plum 12345 engine chassis AB123456 batch Z999"
    told = set()
    for seed in ("0", "1", "7"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(TOY), str(cache_folder / "toy"), text],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        told.add(done.stdout)
    assert len(told) == 1


def test_threads_that_load_the_databases_at_once(tmp_path: Path) -> None:
    """Databases of a cache are loaded at their first scan: whoever comes second must not find half of one."""
    folder = write(tmp_path / "mine", a_sit())
    arguments: dict[str, Any] = {"catalogue": folder, "cache": tmp_path, "classifiers": ()}
    sitclassify.load(**arguments)
    for _ in range(20):
        scanner = sitclassify.load(**arguments)
        start = threading.Barrier(8)

        def scan(scanner: Scanner = scanner, start: threading.Barrier = start) -> list[int]:
            start.wait()
            return [d.confidence for d in scanner.scan("keyword 536904399").detections]

        with ThreadPoolExecutor(8) as pool:
            assert [f.result() for f in [pool.submit(scan) for _ in range(8)]] == [[85]] * 8
