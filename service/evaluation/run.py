"""Running a suite over all cores, keeping what is done, so that a run that was killed goes on."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from service.errors import FinecutError, InputError, ModelUnavailable
from service.evaluation.item import Task, Work, done, failed
from service.evaluation.outages import NOT_ASKED, gone

ITEMS = "items.jsonl"
FEW = 24  # tasks under which starting processes costs more than it saves
Item = dict[str, Any]


def evaluate(
    tasks: Sequence[Task],
    work: Work,
    folder: Path,
    *,
    jobs: int = 0,
    few: int = FEW,
    told: Callable[[int, int], None],
) -> list[Item]:
    """Return the item of each task, in order; `told` hears how many of how many are done.

    The work is done in `jobs` processes (0: one a core), or here where there are fewer than `few` tasks.

    Every item is appended to `items.jsonl` in `folder` as soon as it is there; a later call takes from that
    file what has the same id and content. A task that raises becomes an item that failed; once the provider
    of a model is gone, what is left is not tried. Raises InputError where the folder cannot be written.
    """
    _made(folder)
    path = folder / ITEMS
    kept = {item["key"]: item for item in stored(path)}
    items: dict[str, Item] = {t.key: kept[t.key] for t in tasks if t.key in kept}
    left = [t for t in tasks if t.key not in items]
    told(len(items), len(tasks))
    with path.open("a", encoding="utf-8") as sink:
        came: list[Item] = []
        for item in _measured(left, work, jobs, few):
            sink.write(json.dumps(item, ensure_ascii=True) + "\n")
            sink.flush()
            items[item["key"]] = item
            came.append(item)
            told(len(items), len(tasks))
            if gone(came):
                break
    return [items.get(t.key) or failed(t, ModelUnavailable(NOT_ASKED)) for t in tasks]


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made: {error.strerror}.", remedy="Name another --out folder."
        ) from error


def stored(path: Path) -> list[Item]:
    """Return the measured items of the file. Raises InputError where a line is no item."""
    return [item for item in whole_lines(path, "id", "measures") if item["state"] == "measured"]


def whole_lines(path: Path, *fields: str) -> list[Item]:
    """Return the JSON objects of a file's lines; a last line that a kill cut off is taken out of it.

    Raises InputError where another line is no object with `key` and the fields. No file has no lines.
    """
    if not path.is_file():
        return []
    raw = path.read_bytes()
    whole = raw[: raw.rfind(b"\n") + 1]
    if len(whole) < len(raw):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    return [_line(path, number, line, fields) for number, line in enumerate(whole.splitlines(), 1)]


def _line(path: Path, number: int, line: bytes, fields: Sequence[str]) -> Item:
    try:
        value: Item = json.loads(line)
        for field in ("key", *fields):
            value[field]
    except (ValueError, KeyError, TypeError):
        raise InputError(
            f"{path}, line {number}, is no item of an evaluation.", remedy="Name another --out folder."
        ) from None
    return value


def _measured(tasks: Sequence[Task], work: Work, jobs: int, few: int) -> Iterator[Item]:
    cores = jobs or os.cpu_count() or 1
    one = partial(_one, work)
    if len(tasks) < few or cores == 1:
        yield from map(one, tasks)
        return
    # A process that serves has threads, and a fork of it would have their locks without them.
    context = get_context("forkserver")
    context.set_forkserver_preload(["service.evaluation.suites.drafts"])
    try:
        with ProcessPoolExecutor(cores, context, initializer=_end_with_parent) as pool:
            yield from pool.map(one, tasks)
    except BrokenProcessPool:
        raise FinecutError(
            "A process of the run was ended from outside, perhaps for want of memory.",
            remedy="The same command goes on where it was; with --jobs 1 it needs least.",
        ) from None


def _one(work: Work, task: Task) -> Item:
    try:
        return done(task, work(task))
    except Exception as error:  # noqa: BLE001 - whatever one text does, the others are measured
        return failed(task, error)


def _end_with_parent() -> None:
    """End this process when its parent is gone: a killed run must leave none behind."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
