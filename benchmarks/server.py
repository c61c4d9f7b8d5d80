"""How much the server answers and how late, by `wrk`, beside the same server that answers a constant.

`python -m benchmarks server` needs `wrk` and the extra `server`. At saturation every connection asks again at once;
then each waits so long between requests that half of that rate is asked. Both servers are asked in turn.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import record

GOAL = 1.5  # p99 at half of saturation, in times that of the constant
_TEXTS = Path(__file__).parent / "texts"
TEXTS = {  # 0.7 KB each
    "clean prompt": (_TEXTS / "clean.txt").read_text(encoding="utf-8")[:700],
    "prompt with one value": (_TEXTS / "one_value.txt").read_text(encoding="utf-8")[:700],
}
_CONSTANT = """
import sys
from sitclassify.server import app, serving
from sitclassify.server.calls import Reply
from sitclassify.server.dialects import Dialect, Operation, native
from sitclassify.server.settings import Settings

async def answer(core, call):
    call.read(native.Evaluate)
    return Reply(b'{"action": "allow", "checked": true, "results": []}')

operation = Operation("evaluate", "POST", ("/v1/evaluate",), answer, "")
app.DIALECTS = (Dialect("native", (operation,), native.refused, native.unchecked),)
serving.serve(Settings(port=0, load={"sits": ["email-address"], "classifiers": ()}))
"""
_LUA = """
wrk.method = "POST"
wrk.body = [==[%s]==]
wrk.headers["content-type"] = "application/json"
%s
done = function(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.timeout + summary.errors.read
  io.write(string.format("told %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), failed))
end
"""
_DELAY = "function delay() return math.random(0, %d) end"
CONNECTIONS = 16


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write the record; 1 where the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks server", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of every measurement")
    parser.add_argument("--rounds", type=int, default=3, help="in which the servers take turns")
    parser.add_argument("--output", type=Path, default=record.FOLDER / "server.json")
    asked = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: it is a package of most distributions")
    command = [sys.executable, "-m", "sitclassify", "serve", "--port", "0"]
    with (
        _server([*command, "--classifiers", "none"]) as real,
        _server([sys.executable, "-c", _CONSTANT]) as constant,
    ):
        rows = [
            _row(name, text, real, constant, asked.rounds, asked.seconds)
            for name, text in TEXTS.items()
        ]
    for row in rows:
        print(
            f"{row['text']}: {row['per_second']:.0f} requests/s (constant {row['constant_per_second']:.0f}); at half "
            f"of it p99 {row['p99_us']:.0f} us, {row['times_constant']:.2f} times the constant's: {row['verdict']}"
        )
    told = {"machine": record.machine(), "load_average": record.load_average(), "rows": rows}
    record.write(asked.output, told)
    return int(any(row["verdict"] == record.MISSED for row in rows))


def _row(
    name: str, text: str, real: str, constant: str, rounds: int, seconds: int
) -> dict[str, Any]:
    """One text: medians over the rounds."""
    full = {url: [_wrk(url, text, seconds).rate for _ in range(rounds)] for url in (real, constant)}
    rate = statistics.median(full[real])
    pause = _pause(real, text, seconds, rate / 2)
    turns = [
        (_wrk(real, text, seconds, pause), _wrk(constant, text, seconds, pause))
        for _ in range(rounds)
    ]
    ratio = statistics.median(ours.p99 / theirs.p99 for ours, theirs in turns)
    return {
        "text": name,
        "per_second": round(rate),
        "constant_per_second": round(statistics.median(full[constant])),
        "half_per_second": round(statistics.median(ours.rate for ours, _ in turns)),
        "p50_us": statistics.median(ours.p50 for ours, _ in turns),
        "p99_us": statistics.median(ours.p99 for ours, _ in turns),
        "constant_p50_us": statistics.median(theirs.p50 for _, theirs in turns),
        "constant_p99_us": statistics.median(theirs.p99 for _, theirs in turns),
        "times_constant": round(ratio, 2),
        "verdict": record.MET if ratio <= GOAL else record.MISSED,
    }


def _pause(url: str, text: str, seconds: int, wanted: float) -> int:
    """Most milliseconds between two requests of one connection at which `wanted` are asked a second.

    An answer takes its time too: what the first guess yields says how much.
    """
    period = 1000 * CONNECTIONS / wanted  # milliseconds
    guess = round(2 * period)
    measured = 1000 * CONNECTIONS / _wrk(url, text, seconds, guess).rate
    return max(0, round(guess - 2 * (measured - period)))


class _Told:
    """What one run of wrk tells; times in microseconds."""

    def __init__(self, output: str) -> None:
        match = re.search(r"told (\d+) (\d+) (\d+) (\d+) (\d+)", output)
        assert match is not None, output
        requests, duration, self.p50, self.p99, failed = map(int, match.groups())
        assert failed == 0, f"{failed} requests failed"
        self.rate = requests / duration * 1e6


def _wrk(url: str, text: str, seconds: int, pause: int | None = None) -> _Told:
    body = json.dumps({"text": text})
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % (body, "" if pause is None else _DELAY % pause))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "-s",
            script.name,
            f"{url}/v1/evaluate",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return _Told(done.stdout)


@contextmanager
def _server(command: list[str]) -> Iterator[str]:
    """The address of a server that answers until the block ends."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        url = ""
        for line in process.stderr:
            told = json.loads(line) if line.startswith("{") else {"event": line}
            if told["event"] == "listen":
                url = f"http://127.0.0.1:{told['port']}"
            if told["event"] == "start":
                break
        else:
            raise RuntimeError(f"{command[:4]} ended before it served")
        yield url
    finally:
        process.terminate()
        process.stderr.close()
        process.wait()
