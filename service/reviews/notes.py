"""Notes from a file: one a line or bullet; a heading or a prefix such as `plot:` names the section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.reviews.review import Note, SectionName

BULLET = re.compile(r"^\s*(?:[-*+•·–—]|\d{1,3}[.)])\s+")
HEADING = re.compile(r"^\s*#{1,6}\s*(.+?)\s*#*\s*$")
PREFIX = re.compile(r"^\s*([A-Za-z]+)\s*:\s*(?=\S)")
INDENTED = re.compile(r"^(?:\s{2,}|\t)\S")
SECTIONS = {
    "plot": SectionName.PLOT,
    "story": SectionName.PLOT,
    "character": SectionName.CHARACTERS,
    "characters": SectionName.CHARACTERS,
    "cast": SectionName.CHARACTERS,
    "theme": SectionName.THEMES,
    "themes": SectionName.THEMES,
    "legacy": SectionName.LEGACY,
    "impact": SectionName.LEGACY,
}


@dataclass(slots=True)
class _Draft:
    text: str
    section: SectionName | None


def parse_notes(text: str) -> tuple[Note, ...]:
    r"""Return the notes of `text`, with ids n1, n2, … in order.

    A line that is indented below a bullet continues it. A heading that names no section ends the
    section before it; a section's name alone on a line is a heading without its marks. Blank lines and
    comments (`<!-- … -->`) are passed over.

    >>> [(n.id, n.text, n.section) for n in parse_notes("# Plot\n- A man is jailed\n- themes: love")]
    [('n1', 'A man is jailed', <SectionName.PLOT: 'plot'>), ('n2', 'love', <SectionName.THEMES: 'themes'>)]
    """
    section: SectionName | None = None
    drafts: list[_Draft] = []
    bulleted = False
    for line in re.sub(r"<!--.*?-->", "", text.lstrip("\ufeff"), flags=re.DOTALL).splitlines():
        if not line.strip():
            bulleted = False
        elif heading := HEADING.match(line):
            section = _named(heading.group(1))
        elif named := _named(line):
            section = named
        elif bulleted and INDENTED.match(line) and not BULLET.match(line):
            drafts[-1].text += f" {line.strip()}"
        else:
            bulleted = bool(BULLET.match(line))
            drafts.append(_note(BULLET.sub("", line, count=1), section))
    kept = [d for d in drafts if d.text]
    return tuple(Note(f"n{number}", draft.text, draft.section) for number, draft in enumerate(kept, 1))


def _named(heading: str) -> SectionName | None:
    return SECTIONS.get(heading.strip().rstrip(":").casefold())


def _note(line: str, section: SectionName | None) -> _Draft:
    prefix = PREFIX.match(line)
    if prefix and (named := SECTIONS.get(prefix.group(1).casefold())):
        return _Draft(line[prefix.end() :].strip(), named)
    return _Draft(line.strip(), section)
