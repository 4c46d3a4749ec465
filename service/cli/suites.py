"""The suites of `finecut eval run`: what is measured, and by which work."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path

from service import resources
from service.cli.console import say
from service.cli.texts import Text, named_films, stored_film, texts_of
from service.cli.webpages import Page, fetch, read_addresses
from service.errors import InputError
from service.evaluation.item import Task, Work, unique
from service.evaluation.suites import articles, claims, drafts, edits
from service.films import JSON, Film
from service.llm import ModelConfig


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of a run. `prompts` is None for the prompts that ship."""

    data: Sequence[Path]
    urls: Path | None
    film: str | None
    keyphrase: str
    group_by: str
    model: ModelConfig
    prompts: Path | None


Suite = Callable[[Given], tuple[list[Task], Work]]


def _articles(given: Given) -> tuple[list[Task], Work]:
    return _texts(given), articles.work


def _edits(given: Given) -> tuple[list[Task], Work]:
    return _with_model(_texts(given), given), partial(edits.work, config=given.model, prompts=given.prompts)


def _drafts(given: Given) -> tuple[list[Task], Work]:
    made = drafts.tasks(_folder(given))
    return _with_model(made, given), partial(drafts.work, config=given.model, prompts=given.prompts)


def _claims(given: Given) -> tuple[list[Task], Work]:
    folder = _folder(given)
    if folder is None:
        raise InputError(
            "Say which claims.", field="data", remedy="--data FOLDER of X_claims.jsonl, X_films.jsonl."
        )
    return claims.tasks(folder), claims.work


def _checkout(name: str) -> Suite:
    """Return a suite that is part of the checkout only, with its annotations."""

    def suite(given: Given) -> tuple[list[Task], Work]:
        try:
            module = import_module(f"evals.suites.{name}")
        except ImportError as error:
            raise InputError(
                f"The suite {name!r} does not come with the package ({error}).",
                remedy="Run it from a checkout that is installed in place (make install).",
            ) from error
        return module.tasks(_folder(given)), module.work

    return suite


SUITES: dict[str, Suite] = {
    "articles": _articles,
    "edits": _edits,
    "drafts": _drafts,
    "claims": _claims,
    "detectors": _checkout("detectors"),
    "hostile": _checkout("hostile"),
}
WITH_MODEL = frozenset({"edits", "drafts"})
OF_TEXTS = frozenset({"articles", "edits"})
JUDGED = frozenset({"articles", "edits", "drafts"})


def prompts_version(folder: Path | None) -> str:
    """Return the hash of a folder of prompts; by default of those that ship.

    Raises InputError where it holds none.
    """
    where = folder or resources.folder("prompts")
    files = sorted(where.glob("*.j2"))
    if not files:
        raise InputError(f"{where} holds no prompts.", remedy="Name a folder of NAME.md.j2 files.")
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:16]


def _with_model(tasks: Iterable[Task], given: Given) -> list[Task]:
    """Return the tasks with what makes an item another one: the model and the prompts that answer for it."""
    about: dict[str, JSON] = {
        "model": given.model.resolved,
        "prompts": prompts_version(given.prompts),
    }
    return [Task(t.id, t.group, {**t.given, **about}) for t in tasks]


def _folder(given: Given) -> Path | None:
    if len(given.data) > 1:
        raise InputError("This suite takes one folder.", field="data", remedy="Give --data once.")
    return given.data[0] if given.data else None


def _texts(given: Given) -> list[Task]:
    if not given.data and given.urls is None:
        raise InputError(
            "Say which articles.",
            field="data",
            remedy="--data FILE_OR_FOLDER, as often as needed, or --urls FILE of addresses.",
        )
    texts = list(texts_of(given.data, stored_film(given.film), lines=True, group_by=given.group_by))
    pages = _pages(given.urls) if given.urls else []
    if not texts and not pages:
        raise InputError(
            "There is no text in what was named.", remedy="Name .txt, .md, .html or .jsonl files."
        )
    named = [replace(t, name=_inside(t.name, given.data)) for t in texts]
    named += [Text(p.address.url, p.source, p.format, None, "web", p.address.about) for p in pages]
    known = named_films({t.about for t in named if t.about and t.film is None}, "their facts are not checked")
    made = unique(_task(t, t.film or known.get(t.about), given.keyphrase) for t in named)
    faults = [""] * len(texts) + [p.error for p in pages]
    return list(_with_faults(made, faults))


def _with_faults(tasks: Iterable[Task], faults: Iterable[str]) -> Iterator[Task]:
    for task, fault in zip(tasks, faults, strict=True):
        yield Task(task.id, task.group, {**task.given, articles.FAULT: fault}) if fault else task


def _pages(file: Path) -> list[Page]:
    """Fetch the addresses of a file; say how many cannot be read."""
    from service.jobs.webhooks import PublicResolver  # noqa: PLC0415 - loads the durable runs

    addresses = read_addresses(file)
    pages = asyncio.run(fetch(addresses, PublicResolver(), lambda _: None))
    lost = sum(bool(page.error) for page in pages)
    if lost:
        say(f"{lost} of {len(pages)} addresses cannot be read; the report names them.")
    return pages


def _inside(name: str, folders: Iterable[Path]) -> str:
    """Return a file's name within the folder that was given, so that two folders of the same files pair."""
    for folder in folders:
        if folder.is_dir() and Path(name).is_relative_to(folder):
            return Path(name).relative_to(folder).as_posix()
    return name


def _task(text: Text, film: Film | None, keyphrase: str) -> Task:
    return articles.task(
        text.name,
        text.source,
        group=text.group or "articles",
        format=text.format,
        film=film,
        keyphrase=keyphrase,
    )
