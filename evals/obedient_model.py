"""A model that does what a prompt's rules say, and falls back into habits where a rule is missing.

It speaks as OpenAI's chat completions do, on loopback, so that a change of a prompt can be evaluated with no
real model: `with ObedientModel() as model:` and `OPENAI_BASE_URL=model.url`. It is a script, not a critic: it
shows that a prompt's rule reaches the numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from evals.loopback import LoopbackServer, Reply, Request, completion

NOTE = re.compile(r'^\s*(n\d+)(?: \((\w+)\))?: (".*")$', re.MULTILINE)
FILM = re.compile(r'^The film: "(.*?)(?: \(\d{4}\))?"', re.MULTILINE)
SECTIONS = ("plot", "characters", "themes", "legacy")
NAMED_ONCE = "Name the film once at most"
ONCE = "Say each thing once"

Answer = dict[str, Any]


def answer(prompt: str, system: str, user: str) -> Answer:
    """Return the answer to a prompt of `prompts/`, made of the notes that it shows."""
    kind = prompt.partition("+")[0]
    plays: dict[str, Callable[[str, str], Answer]] = {
        "draft_plan": _plan,
        "draft_section": _section,
        "draft_mend": lambda _system, _user: {"sentences": []},
        "edit_paragraph": lambda _system, _user: {"rewrites": []},
    }
    return plays[kind](system, user)


def _notes(user: str) -> list[tuple[str, str, str]]:
    return [(m[1], m[2] or "", json.loads(m[3])) for m in NOTE.finditer(user)]


def _plan(_system: str, user: str) -> Answer:
    placed: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for number, (note, section, _) in enumerate(_notes(user)):
        placed[section if section in placed else SECTIONS[number % 4]].append(note)
    sections = [
        {"name": name, "paragraphs": [{"argues": "", "notes": held, "facts": []}]}
        for name, held in placed.items()
        if held
    ]
    return {"sections": sections, "left_out": []}


def _section(system: str, user: str) -> Answer:
    film = FILM.search(user)
    title = film[1] if film else "This film"
    sentences = []
    for note, _, text in _notes(user):
        bare = text[:1].lower() + text[1:].rstrip(".")
        said = f"{bare[:1].upper()}{bare[1:]}." if NAMED_ONCE in system else f"In {title}, {bare}."
        sentences.append({"text": said, "sources": [note]})
        if ONCE not in system:
            sentences.append({"text": f"In other words, {bare}.", "sources": [note]})
    return {"paragraphs": [{"sentences": sentences}]}


class ObedientModel(LoopbackServer):
    """The server, from `with` to its end."""

    def __init__(self) -> None:
        super().__init__(_reply)

    @property
    def url(self) -> str:
        """Return the base URL for `OPENAI_BASE_URL`."""
        return f"{self.address}/v1"


def _reply(request: Request) -> Reply:
    asked = json.loads(request.body)
    prompt = asked["response_format"]["json_schema"]["name"]
    system, user = asked["messages"][0]["content"], asked["messages"][-1]["content"]
    content = json.dumps(answer(prompt, system, user))
    return Reply(json.dumps(completion(content, model=asked["model"], tokens=(100, 50))).encode())
