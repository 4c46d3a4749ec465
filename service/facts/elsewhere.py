"""Where a sentence speaks of another work: "in the sequel …", "Silence, which …", "he remade it with …".

What stands there contradicts nothing in the film's record. It is for every kind of claim but those on
related works themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.facts.named_works import ranges_of_named_works
from service.facts.reading import FILM, NAME, OTHER, Reading
from service.facts.referent import FILM_NOUN

DERIVED = r"(?P<derived>sequel|prequel|remake)"
WORK = rf"(?:{NAME}|{OTHER})"
DATED = r"(?: \(\d{4}\))?"
OTHERS = (  # a work that is none of this film, whatever its record says
    r"(?:(?:first|last|previous|earlier|other) (?:two |three |four )?(?:films|movies)"
    r"|(?:first|previous|earlier|last) (?:film|movie|one)(?! (?:role|part|appearance|credit|score)s?\b)"
    r"|(?P<original>original)(?= (?:film|movie|version|is|was|has|had|does|did|stars?|[a-z]+ed)\b|[.,;]|$)"
    r"|follow-up|reboot|spin-off|dub(?:bed version)?|english(?:-language)? (?:dub|version)"
    r"|(?:second|third|fourth|next|later|other|stage|television|tv|book|radio) (?:film|movie|one|part|version"
    r"|instal?lment|adaptation|series|show|play))"
)
MODIFIED = r"(?:(?:\d{4}|[a-z-]+) ){0,2}?"
ANOTHER = rf"(?:{DERIVED}|{OTHERS})\b"
PLACED = re.compile(  # "in the sequel", "for the English dub": of the whole clause
    rf"\b(?:in|for) (?:the|its|an?|his|her|their|this) {MODIFIED}{ANOTHER}|\bin (?:the )?{OTHER}"
)
DATED_PLACE = re.compile(rf"\bin {NAME} \(\d{{4}}\)")
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
OPENING = re.compile(rf"^{WORK}{DATED}, (?:directed|written|made|shot|starring|with|by)\b")  # and it goes on
WHICH = re.compile(rf"(?<! by )(?<! and ){WORK}{DATED}, (?:which|whose)\b")
RESUMED = re.compile(rf", (?:(?:and|but) )?(?=(?:it|{FILM}|the film|this one)\b)")
THING = re.compile(
    rf"\b(?!{FILM_NOUN}\b)(?P<thing>[a-z]+),? (?:which|that) (?={NAME})"
)  # "the song, which X wrote"


# Words of which one is in every match of the patterns: cheap to look for.
NAMED = frozenset(
    {"sequel", "prequel", "remake", "films", "movies", "film", "movie", "one", "original", "follow", "reboot"}
    | {
        "spin",
        "dub",
        "dubbed",
        "version",
        "part",
        "instalment",
        "installment",
        "adaptation",
        "series",
        "show",
    }
    | {"play"}
)
AFTER = frozenset(
    {"remake", "reworking", "reimagining", "version", "sequel", "prequel", "follow", "successor", "homage"}
    | {"answer"}
)
RELATIVE = frozenset({"which", "whose", "that"})


def told_of_others(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return the skeleton ranges of `reading` that speak of another work than its film."""
    return reading.once(_ranges)


def _ranges(reading: Reading, /) -> tuple[tuple[int, int], ...]:
    named = ranges_of_named_works(reading) if "⟦n" in reading.skeleton or "⟦o" in reading.skeleton else ()
    return (*_in_others(reading), *_of_others(reading), *named)


def _in_others(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where another work is the place or the subject of what is said."""
    s = reading.skeleton
    if "⟦o" in s or reading.has_any(NAMED):
        for m in PLACED.finditer(s):
            if _is_another(reading, m):
                yield reading.clause(m.start())
        for m in SUBJECT.finditer(s):
            if _is_another(reading, m):
                yield m.start(), _resumed(s, m.end())
    for m in DATED_PLACE.finditer(s) if "(" in s else ():
        yield max(reading.clause(m.start())[0], s.rfind(", ", 0, m.start()) + 1), m.end()


def _of_others(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield what describes a work that was named before it."""
    s, relative = reading.skeleton, reading.has_any(RELATIVE)
    tried = (
        (REMADE, "remade" in s),
        (APPOSED, reading.has_any(AFTER)),
        (OPENING, s.startswith(("⟦n", "⟦o"))),
        (WHICH, relative),
    )
    for pattern, may in tried:
        for m in pattern.finditer(s) if may else ():
            yield m.end(), _resumed(s, m.end())
    for m in THING.finditer(s) if relative and "⟦n" in s else ():
        yield m.end(), reading.clause(m.end())[1]


def _is_another(reading: Reading, m: re.Match[str]) -> bool:
    """Tell whether the sequel or remake that is named is not the film itself."""
    derived, lexicon = m.group("derived"), reading.lexicon
    if m.group("original"):
        return not lexicon.is_remade
    return derived is None or not lexicon.is_derived(derived)


def _resumed(skeleton: str, at: int) -> int:
    """Return where the sentence comes back to the film, or its end."""
    m = RESUMED.search(skeleton, at)
    return m.end() if m is not None else len(skeleton)
