"""Where a sentence speaks of another work: "in the sequel …", "Silence, which …", "he remade it with …".

What stands there contradicts nothing in the film's record. It is for every kind of claim but those on
related works themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.facts.reading import FILM, NAME, OTHER, Reading
from service.facts.referent import FILM_NOUN

DERIVED = r"(?P<derived>sequel|prequel|remake)"
WORK = rf"(?:{NAME}|{OTHER})"
DATED = r"(?: \(\d{4}\))?"
OTHERS = (  # a work that is none of this film, whatever its record says
    r"(?:follow-up|reboot|spin-off|dub(?:bed version)?|english(?:-language)? (?:dub|version)"
    r"|(?:second|third|fourth|next|later|other|stage|television|tv|book|radio) (?:film|movie|one|part|version"
    r"|instal?lment|adaptation|series|show|play))"
)
MODIFIED = r"(?:(?:\d{4}|[a-z-]+) ){0,2}?"
ANOTHER = rf"(?:{DERIVED}|{OTHERS})\b"
PLACED = re.compile(  # "in the sequel", "for the English dub": of the whole clause
    rf"\b(?:in|for) (?:the|its|an?|his|her|their|this) {MODIFIED}{ANOTHER}|\bin (?:the )?{OTHER}"
)
SUBJECT = re.compile(  # "her sequel, Harbour Nights, is a war film": from there on
    rf"(?:^|[.;] |, (?:and|but|while|whereas) )(?:the|its|an?|his|her|their|{NAME}'s?) {MODIFIED}{ANOTHER}"
    r"(?! (?:to|of)\b)"
)
REMADE = re.compile(rf"\bremade {FILM}|{FILM} (?:is|was|has been|would be) remade\b")
MADE_AFTER = r"(?:remake|reworking|reimagining|version|sequel|prequel|follow-up|successor|homage|answer)"
APPOSED = re.compile(  # "a remake of Silence (1985), directed by …": who directed which?
    rf"\b{MADE_AFTER} (?:of|to) (?:(?!⟦f|, )[^⟦]){{0,40}}(?:{NAME}'s? )?{WORK}{DATED}"
    r"(?:,? (?=directed|written|made|shot)|, (?=starring|with|by))"
)
WHICH = re.compile(rf"(?<! by )(?<! and ){WORK}{DATED}, (?:which|whose)\b")
RESUMED = re.compile(rf", (?:(?:and|but) )?(?=(?:it|{FILM}|the film|this one)\b)")
THING = re.compile(
    rf"\b(?!{FILM_NOUN}\b)(?P<thing>[a-z]+),? (?:which|that) (?={NAME})"
)  # "the song, which X wrote"
TRIED = frozenset(  # one of them is in every match
    {
        "in",
        "for",
        "sequel",
        "prequel",
        "remake",
        "follow-up",
        "follow",
        "reboot",
        "dub",
        "remade",
        "reworking",
    }
    | {"reimagining", "version", "successor", "homage", "answer", "which", "whose", "that", "spin", "second"}
    | {"third", "fourth", "next", "later", "other", "stage", "television", "tv", "book", "radio"}
)


def told_of_others(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the skeleton ranges of `reading` that speak of another work than its film."""
    return reading.once(_ranges)


def _ranges(reading: Reading, /) -> tuple[tuple[int, int], ...]:
    return tuple(_found(reading)) if reading.has_any(TRIED) else ()


def _found(reading: Reading) -> Iterator[tuple[int, int]]:
    s = reading.skeleton
    for m in PLACED.finditer(s):
        if _is_another(reading, m):
            yield reading.clause(m.start())
    for m in SUBJECT.finditer(s):
        if _is_another(reading, m):
            yield m.start(), _resumed(s, m.end())
    for pattern in (REMADE, APPOSED, WHICH):
        for m in pattern.finditer(s):
            yield m.end(), _resumed(s, m.end())
    for m in THING.finditer(s):
        yield m.end(), reading.clause(m.end())[1]


def _is_another(reading: Reading, m: re.Match[str]) -> bool:
    """Tell whether the sequel or remake that is named is not the film itself."""
    derived = m.group("derived")
    return derived is None or not reading.lexicon.is_derived(derived)


def _resumed(skeleton: str, at: int) -> int:
    """Return where the sentence comes back to the film, or its end."""
    m = RESUMED.search(skeleton, at)
    return m.end() if m is not None else len(skeleton)
