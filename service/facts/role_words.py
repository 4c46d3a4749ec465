"""The roles of people behind and before the camera, and the words that name them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What a person did for the film; the value is the noun a reader is told."""

    DIRECTOR = "director"
    WRITER = "writer"
    SCREENWRITER = "screenwriter"
    STORY = "author of the story"
    PRODUCER = "producer"
    EXECUTIVE_PRODUCER = "executive producer"
    COMPOSER = "composer"
    CINEMATOGRAPHER = "cinematographer"
    EDITOR = "editor"
    NARRATOR = "narrator"
    CREATOR = "creator"
    ACTOR = "actor"
    AUTHOR = "author of the source"


FIELDS: dict[Role, tuple[str, ...]] = {
    Role.DIRECTOR: ("directors",),
    Role.WRITER: ("writers", "screenplay", "story", "creators"),
    Role.SCREENWRITER: ("screenplay", "writers"),
    Role.STORY: ("story", "writers"),
    Role.PRODUCER: ("producers", "executive_producers"),
    Role.EXECUTIVE_PRODUCER: ("executive_producers", "producers"),
    Role.COMPOSER: ("music",),
    Role.CINEMATOGRAPHER: ("cinematography",),
    Role.EDITOR: ("editors",),
    Role.NARRATOR: ("narrators", "cast"),
    Role.CREATOR: ("creators", "writers"),
    Role.ACTOR: ("cast", "narrators"),
    Role.AUTHOR: ("based_on",),
}

VERBS = {
    Role.DIRECTOR: r"(?:co-|also |jointly )?(?:directed|helmed)|directs|directing|direct",
    Role.WRITER: (
        r"(?:co-|also |jointly )?(?:written|wrote|penned|scripted|authored|screenwritten)"
        r"|writes?|writing|co-write"
    ),
    Role.EXECUTIVE_PRODUCER: r"executive[ -]produced",
    Role.PRODUCER: (
        r"(?:co-|also |jointly )?(?:produced|producted|bankrolled)|produces?|producing"
        r"|involved in (?:its|the|⟦f\d+⟧'s?) production"
    ),
    Role.COMPOSER: r"(?:co-|also )?(?:scored|composed)|composes?",
    Role.CINEMATOGRAPHER: r"(?:photographed|lensed|shot|filmed)",
    Role.EDITOR: r"(?:co-|also )?edited|edits?|editing",
    Role.NARRATOR: r"narrated|narrates?|narrating",
    Role.CREATOR: r"(?:co-)?created",
    Role.ACTOR: (
        r"(?:co-|also )?(?:starring|staring|starred|headlined|featuring"
        r"|acted(?! as (?:an? |the |⟦f\d+⟧(?:'s)? )?(?:[a-z]+ )?"
        r"(?:advis|consult|produc|direct|writ|edit|supervis|coordinat))"
        r"|acting)|(?:co-"
        r"|also )?(?:stars|star|features|acts|act)"
    ),
}
NOUNS = {
    Role.DIRECTOR: (
        r"(?:film |movie |co-|feature )?(?:directors?|filmmakers?|film-makers?"
        r"|writer[-/]directors?|director[-/](?:writer|producer|editor|star)s?"
        r"|actor[-/]directors?|producer[-/]directors?|helmers?)"
    ),
    Role.SCREENWRITER: r"(?:co-)?(?:screenwriters?|scriptwriters?|screenplay writers?)",
    Role.WRITER: r"(?:co-)?writers?",
    Role.EXECUTIVE_PRODUCER: r"executive producers?",
    Role.PRODUCER: r"(?:co-)?(?:producers?|producters?)",
    Role.COMPOSER: r"composers?",
    Role.CINEMATOGRAPHER: r"cinematographers?|directors? of photography",
    Role.EDITOR: r"(?:film |co-)?editors?",
    Role.NARRATOR: r"narrators?",
    Role.CREATOR: r"(?:co-)?creators?",
    Role.ACTOR: (
        r"(?:(?:lead|leading|main|voice|film|supporting) )?(?:cast members?|actors?"
        r"|actress(?:es)?|stars?|leads?(?= (?:of|in|for|is|was|are|were)\b|[.,;]|$| and\b)"
        r"|(?<=the )leads?(?= ⟦)|(?<=male )leads?(?= ⟦)|(?<=ts )leads?(?= ⟦)|(?<='s )leads?(?= ⟦)"
        r"|headliners?|co-stars?|leading (?:man|men|lady|ladies|role))"
    ),
}
THINGS = {
    Role.SCREENWRITER: r"(?:screenplays?|scripts?|teleplay)",
    Role.STORY: (
        r"(?<!short )(?<!based on the )(?<!based on a )(?<!based on an )(?<!on )(?:original )?(?:stories"
        r"|story)"
    ),
    Role.COMPOSER: r"(?:(?:musical |original |film )?(?:score|music|soundtrack))",
    Role.CINEMATOGRAPHER: r"(?:cinematography|photography|camerawork)",
    Role.EDITOR: r"(?:film )?editing",
    Role.NARRATOR: r"narration",
    Role.DIRECTOR: r"direction",
    Role.PRODUCER: r"production",
    Role.WRITER: r"writing",
}


def alternatives(table: dict[Role, str], prefix: str) -> str:
    """Return the patterns of `table` as one, each a group named `PREFIX_ROLE`."""
    return "|".join(f"(?P<{prefix}_{role.name}>{p})" for role, p in table.items())


def plain(table: dict[Role, str]) -> str:
    """Return the patterns of `table` as one, without groups."""
    return "|".join(f"(?:{p})" for p in table.values())


@lru_cache(maxsize=4096)
def roles_of(verbs: str) -> tuple[Role, ...]:
    """Return the roles that a chain of verbs (`written, produced and directed`) gives."""
    return tuple(role for role, p in VERBS.items() if re.search(rf"\b(?:{p})\b", verbs))


def role_in(m: re.Match[str], prefix: str) -> Role | None:
    """Return the role whose named group with `prefix` took part in the match."""
    for name, value in m.groupdict().items():
        if value is not None and name.startswith(prefix + "_"):
            return Role[name[len(prefix) + 1 :]]
    return None
