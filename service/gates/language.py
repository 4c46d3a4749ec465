"""`language`: the same language and script; no broken characters, no words of the machine's own."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wordfreq import zipf_frequency

from service.document import TokenKind
from service.gates.gate import Change, Rule
from service.gates.ledger.words import is_function

SURROGATE = re.compile("[\ud800-\udfff]")
BROKEN = re.compile(
    "[\ufffd\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|â€|Ã[\x80-\xbf©¨¼¶¤±]|Â[\xa0-\xbf]"
)
OTHERS = ("de", "es", "fr", "it", "pt", "nl")


def refuses(change: Change) -> str:
    """Return what is broken or foreign in the text that the edits put in."""
    for edit in change.edits:
        for pattern, name in ((SURROGATE, "half a surrogate pair"), (BROKEN, "a broken character")):
            if len(pattern.findall(edit.after)) > len(pattern.findall(edit.before)):
                return f"the new text holds {name}"
    text = "".join(e.before for e in change.edits)
    known = _scripts(text) | _scripts(change.before.source)
    for edit in change.edits:
        for char in edit.after:
            if char.isalpha() and _script(char) not in known and char not in text:
                return f"{char!r} is of another script ({_script(char).title()})"
    return next((f"it reads as another language ({lang})" for lang in _foreign(change) if lang), "")


def _scripts(text: str) -> frozenset[str]:
    return frozenset(_script(c) for c in set(text) if c.isalpha())


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split()[0]


def _foreign(change: Change) -> list[str]:
    """Return, for each region whose new words belong to another language, that language."""
    found = []
    for region in change.regions:
        old = {t.fold for s in region.before for t in s.words}
        fresh = [
            t.fold for s in region.after for t in s.words
            if t.fold not in old and t.kind is TokenKind.WORD and t.text[0].islower()
        ]  # fmt: skip
        if len(fresh) < 3 or sum(map(is_function, fresh)) >= len(fresh) / 2:
            continue
        english = sum(zipf_frequency(w, "en") for w in fresh)
        other, lang = max((sum(zipf_frequency(w, x) for w in fresh), x) for x in OTHERS)
        if other > 1.25 * english:
            found.append(lang)
    return found


GATE = Rule("language", refuses)
