"""The HTTP contract: Schemathesis over the whole OpenAPI document, without a key and with one.

    .venv/bin/python -m benchmarks.contract            # at least 10,000 cases
    .venv/bin/python -m benchmarks.contract --examples 5

A service of its own is started, model `none`, on a new database. Every answer must be declared, of the
declared form, and no 5xx; `POST /v1/films/fetch` is left out, for it asks services of others. Exits 1 where
one is not, and prints the request that shows it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.access import Scope, issue
from service.app import build
from service.settings import Settings

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
HOOKS = Path(__file__).with_name("contract_hooks.py")
NOBODY = "http://127.0.0.1:9"  # where no film service answers: nothing here goes out to the network
FETCHING = "/v1/films/fetch"  # so it answers 503, which is right and would count as a fault
LONGEST = 6000  # characters told of what is wrong
EXAMPLES = 75  # of each operation; with the systematic ones over 10,000 in the three runs
START_SECONDS = 60
ANSWER_SECONDS = 60  # for one answer: a machine that others keep busy is no fault


@contextmanager
def service(home: Path, auth: str) -> Iterator[str]:
    """Serve in a process of its own and give its address."""
    told = home / f"serve-{auth}.log"
    with told.open("w+", encoding="utf-8") as log:
        environment = {**os.environ, "FINECUT_HOME": str(home), "FINECUT_AUTH": auth, "FINECUT_MODEL": "none"}
        environment |= {"FINECUT_WAIT": "2", "FINECUT_DATABASE_URL": "", "FINECUT_RATE_PER_MINUTE": "1000000"}
        environment |= {f"FINECUT_{name}_URL": NOBODY for name in ("TMDB", "OMDB", "WIKIDATA")}
        command = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
        process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
        try:
            yield _address(told)
        finally:
            process.terminate()
            process.wait(30)


def _address(told: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if at := re.search(r"http://[\d.]+:\d+", told.read_text(encoding="utf-8")):
            try:
                urllib.request.urlopen(f"{at[0]}/healthz", timeout=5)
            except OSError:
                pass
            else:
                return at[0]
        time.sleep(0.1)
    raise TimeoutError(f"The service did not start: {told.read_text(encoding='utf-8')[-500:]}")


def new_key(home: Path) -> str:
    """Store an admin key in the database of `home` and return its text."""

    async def store() -> str:
        finecut = build(Settings(_env_file=None, home=home, database_url="", model="none"))
        await finecut.open()
        key, text = issue("contract", Scope.ADMIN)
        await finecut.keys.add(key)
        await finecut.aclose()
        return text

    return asyncio.run(store())


def examine(
    address: str, examples: int, *, key: str = "", phases: str = "coverage,fuzzing"
) -> tuple[int, str]:
    """Return how many cases were sent, and what was wrong with the answers: nothing where all were right."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"]
    command += ["-n", str(examples), "--phases", phases, "--checks", ",".join(CHECKS), "--no-color"]
    command += ["--request-timeout", str(ANSWER_SECONDS)]
    command += [
        "--exclude-path",
        FETCHING,
        "--continue-on-failure",
        "--no-shrink",
        "--seed",
        "1",
        "--generation-database",
        "none",
    ]
    if key:
        command += ["-H", f"Authorization: Bearer {key}"]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    cases = re.search(r"([\d,]+) generated", ran.stdout)
    count = int(cases[1].replace(",", "")) if cases else 0
    if ran.returncode == 0:
        return count, ""
    said = ran.stdout[ran.stdout.find("==== ") :] + ran.stderr
    return count, said if len(said) <= LONGEST else f"{said[: LONGEST // 2]}\n…\n{said[-LONGEST // 2 :]}"


def main() -> int:
    """Examine the service open and guarded; print the count of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="Random cases of each operation.")
    examples = parser.parse_args().examples
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        key = new_key(home)
        for name, auth, sent in (("open", "off", ""), ("key", "keys", key), ("no key", "keys", "")):
            with service(home, auth) as address:
                started = time.monotonic()
                cases, faults = examine(address, examples, key=sent)
            print(f"{name:8} {cases:7,} cases {time.monotonic() - started:6.0f} s  {faults or 'as declared'}")
            wrong += bool(faults) or not cases
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
