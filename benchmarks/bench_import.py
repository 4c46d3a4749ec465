"""Import of an IMDb-like file set, against the packages imdb-sqlite and pimdb on the same files.

    python -m benchmarks.bench_import [TITLES] [FOLDER]

TITLES is 100,000 where it is not given; the claim is about 1,000,000. The packages are installed
into an environment of their own; one that does not install is skipped aloud.
"""

from __future__ import annotations

import gzip
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from benchmarks.imdb_files import generate
from service.films import Film
from service.sources import fingerprint, read_films
from service.store import import_all, open_database


def zipped(source: Path, folder: Path) -> Path:
    """Return `folder` with the file set gzipped, as both packages want it."""
    folder.mkdir(exist_ok=True)
    for path in source.glob("*.tsv"):
        with path.open("rb") as plain, gzip.open(folder / f"{path.name}.gz", "wb", compresslevel=1) as out:
            shutil.copyfileobj(plain, out)
    return folder


def ours(files: Path, database: Path) -> float:
    """Return the seconds that Finecut takes; it stores films and builds the search index."""
    start = time.perf_counter()
    opened = open_database(f"sqlite:///{database}")
    films = (record for record in read_films(files) if isinstance(record, Film))
    done = import_all(opened, films, key=fingerprint(files))
    opened.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = database.stat().st_size / 1e6
    print(f"finecut: {done.films} films, peak {peak:.0f} MB (mapped files included), {size:.0f} MB on disk")
    return time.perf_counter() - start


def installed(folder: Path, package: str) -> Path | None:
    """Return the environment with `package`, or None where it does not install."""
    venv.create(folder, with_pip=True)
    done = subprocess.run(
        [folder / "bin" / "pip", "install", "-q", package], capture_output=True, check=False
    )
    return folder / "bin" if done.returncode == 0 else None


def timed(command: list[str]) -> float | None:
    """Return the seconds a command takes, None where it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"failed: {command[:3]}: {done.stderr[-300:]}")
        return None
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    titles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="finecut-bench-"))
    rows = generate(folder / "plain", titles)
    print(f"{titles} titles, {sum(rows.values())} rows: {rows}")
    files = zipped(folder / "plain", folder / "zipped")
    base = ours(files, folder / "finecut.db")
    print(f"finecut      {base:8.1f} s")
    for package, arguments in (
        ("imdb-sqlite", ["imdb-sqlite", "--db", str(folder / "imdb.db"), "--cache-dir", str(files)]),
        (
            "pimdb",
            [
                "pimdb",
                "transfer",
                "--dataset-folder",
                str(files),
                "--database",
                f"sqlite:///{folder}/pimdb.db",
                "all",
            ],
        ),
    ):
        programs = installed(folder / f"env-{package}", package)
        if programs is None:
            print(f"{package}: SKIPPED, it does not install here")
            continue
        seconds = timed([str(programs / arguments[0]), *arguments[1:]])
        if seconds is not None:
            print(f"{package:12} {seconds:8.1f} s  finecut takes {base / seconds:.2f} of it")


if __name__ == "__main__":
    main()
