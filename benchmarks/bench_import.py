"""Import of an IMDb-like file set, against the packages imdb-sqlite and pimdb on the same files.

    python -m benchmarks.bench_import [--titles 50000[,…]] [--folder FOLDER] [--peers imdb-sqlite,pimdb]

The claim is about `--titles 1000000`. Finecut runs as a user runs it
(`finecut films import`), builds its index of titles besides, and tells the most private memory that its
processes had together. The packages come with `make peers`; one that is not there is skipped aloud.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.imdb_files import generate

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "var" / "peers" / "bin"
SAMPLED_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, processor seconds, and the most private memory, in MB."""

    seconds: float
    busy: float
    private: float


def zipped(source: Path, folder: Path) -> Path:
    """Return `folder` with the file set gzipped, as both packages want it."""
    folder.mkdir(exist_ok=True)
    for path in source.glob("*.tsv"):
        with path.open("rb") as plain, gzip.open(folder / f"{path.name}.gz", "wb", compresslevel=1) as out:
            shutil.copyfileobj(plain, out)
    return folder


def ours(files: Path, home: Path) -> Run | None:
    """Return what `finecut films import` takes into a new database in `home`."""
    finecut = Path(sys.executable).parent / "finecut"
    environment = {**os.environ, "FINECUT_HOME": str(home), "FINECUT_MODEL": "none"}
    environment.pop("FINECUT_DATABASE_URL", None)
    return measured([str(finecut), "films", "import", str(files)], environment)


def measured(command: list[str], environment: Mapping[str, str] | None = None) -> Run | None:
    """Return what a command takes, None where it fails."""
    start, before = time.perf_counter(), os.times()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = [0.0]
        watcher = threading.Thread(target=watch, args=(process, peak))
        watcher.start()
        _, errors = process.communicate()
        watcher.join()
    after = os.times()
    if process.returncode:
        print(f"failed: {command[:3]}: {errors[-300:]}")
        return None
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - start, busy, peak[0])


def watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    """Keep the most private memory that a process and its children have together."""
    while process.poll() is None:
        peak[0] = max(peak[0], private(process.pid))
        time.sleep(SAMPLED_EVERY)


def private(pid: int) -> float:
    """Return the private memory, in MB, of a process and its children: what no file backs."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [c for t in tasks for c in (t / "children").read_text(encoding="utf-8").split()]
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if "RssAnon" in line), 0.0)
    return own + sum(private(int(child)) for child in children)


def peers(files: Path, folder: Path, asked: list[str]) -> dict[str, list[str]]:
    """Return the commands of the packages asked for that are installed."""
    commands = {
        "imdb-sqlite": ["--db", str(folder / "imdb.db"), "--cache-dir", str(files)],
        "pimdb": [
            "transfer",
            "--dataset-folder",
            str(files),
            "--database",
            f"sqlite:///{folder}/pimdb.db",
            "all",
        ],
    }
    found = {}
    for name in asked:
        if (PEERS / name).exists():
            found[name] = [str(PEERS / name), *commands[name]]
        else:
            print(f"{name}: SKIPPED, `make peers` installs it")
    return found


def compare(titles: int, folder: Path, asked: list[str]) -> None:
    """Measure one size and print."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"making {titles} titles in {folder} …", flush=True)
    rows = generate(folder / "plain", titles)
    print(f"{titles} titles, {sum(rows.values())} rows")
    files = zipped(folder / "plain", folder / "zipped")
    shutil.rmtree(folder / "plain")
    base = ours(files, folder / "home")
    if base is None:
        return
    size = (folder / "home" / "finecut.db").stat().st_size / 1e6
    print(
        f"{'finecut':12} {base.seconds:8.1f} s  ({base.busy:.1f} s of processors, at most"
        f" {base.private:.0f} MB private memory, {size:.0f} MB on disk)",
        flush=True,
    )
    for name, command in peers(files, folder, asked).items():
        other = measured(command)
        if other is not None:
            print(
                f"{name:12} {other.seconds:8.1f} s  ({other.busy:.1f} s of processors)"
                f"  finecut takes {base.seconds / other.seconds:.2f} of it"
            )


def sizes(written: str) -> list[int]:
    """Return the sizes of `50000,1000000`."""
    found = [int(size) for size in written.split(",")]
    if not all(100 <= size <= 20_000_000 for size in found):
        raise argparse.ArgumentTypeError("sizes go from 100 to 20,000,000 titles")
    return found


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.bench_import",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--titles", type=sizes, default=[50_000], help="titles of each file set made")
    parser.add_argument("--folder", type=Path, help="where files and databases are left")
    parser.add_argument("--peers", default="imdb-sqlite,pimdb", help="packages to measure as well")
    return parser.parse_args()


def main() -> None:
    """Measure each size and print."""
    given = arguments()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="finecut-bench-"))
    for titles in given.titles:
        compare(titles, folder / str(titles), [name for name in given.peers.split(",") if name])
    print(f"The databases are in {folder}; bench_search takes one.")


if __name__ == "__main__":
    main()
