"""A writer's slips of the keyboard: apostrophes left out, letters swapped or doubled, `then` for `than`.

Only what cannot be meant is mended: a word in small letters far rarer than the one that it is a slip of, so
that names, foreign words and coinages stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from wordfreq import zipf_frequency

SHORTEST = 6  # letters of a word that may be taken for a slip
RARE = 3.1  # Zipf frequency from which a word is taken as meant
USUAL = 4.0  # Zipf frequency that the word meant must have
APART = {"swapped": 2.5, "doubled": 1.7, "ending": 1.7}  # by so much the word meant must be the commoner
_ENDING = re.compile(r"(?<=[a-z]{3})[aei](?=(?:nces?|nt|ntly|ble|bly|tely|te)$)")
_VOWELS = "aeiou"  # doubled, they make other words: `escape`, `escapee`
_NEGATED = re.compile(
    r"\b(could|would|should|did|does|do|is|are|was|were|has|have|had|must|need|ca|ai)nt\b", re.IGNORECASE
)
_SHORTENED = re.compile(
    r"\b(?:(i)(m|ve)|(that|there|what|here|who|it|he|she)(s)(?= (?:a|an|the|not|no|just|so|too|in|all|fine|"
    r"good|great|bad|okay|ok|hard|easy|clear|worth)\b)"
    r"|(you|they)(re|ve)|(we)(ve))\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b((?:more|less|better|worse|rather|[a-z]{2,}[^e\W]er)\b(?: [\w'’-]+){0,2}?) then"
    r"(?= (?:it|i|he|she|they|we|you|the|any|most|ever|its|his|her|my|anything|anyone)\b)",
    re.IGNORECASE,
)
_HAVE = re.compile(r"\b((?:could|would|should|must|might)(?:n['’]t)?) of\b(?! course)", re.IGNORECASE)


def mended(line: str) -> str:
    """Return the line with its slips mended.

    >>> mended("shouldnt work, becuase its a mess, better then the book")
    "shouldn't work, because it's a mess, better than the book"
    """
    line = _NEGATED.sub(r"\1n't", line)
    line = _SHORTENED.sub(_with_apostrophe, line)
    line = _THAN.sub(r"\1 than", line)
    line = _HAVE.sub(r"\1 have", line)
    return re.sub(rf"(?<![\w'’.@/-])[a-z]{{{SHORTEST},}}(?![\w'’@/-])", lambda m: meant(m.group()), line)


def _with_apostrophe(match: re.Match[str]) -> str:
    stem, ending = (part for part in match.groups() if part)
    return f"{'I' if stem == 'i' else stem}'{ending}"


@lru_cache(maxsize=4096)
def meant(word: str) -> str:
    """Return the common word that a rare one is a slip of, or the word itself.

    >>> meant("definately"), meant("giallo")
    ('definitely', 'giallo')
    """
    known = zipf_frequency(word, "en")
    if known >= RARE:
        return word
    best, most = word, 0.0
    for slip, kind in _slips(word):
        likely = zipf_frequency(slip, "en")
        if likely >= max(USUAL, known + APART[kind]) and likely > most:
            best, most = slip, likely
    return best


def _slips(word: str) -> Iterator[tuple[str, str]]:
    """Yield the words of which `word` is a slip, with its kind: letters swapped, one too many or too few of a
    letter, the wrong vowel in an ending.
    """
    for i, letter in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        if i and after and letter != after[0]:
            yield before + after[0] + letter + after[1:], "swapped"
        if letter in _VOWELS:
            continue
        if i and before[-1] == letter:
            yield before + after, "doubled"
        elif i:
            yield before + letter + letter + after, "doubled"
    for match in _ENDING.finditer(word):
        yield from (
            (word[: match.start()] + vowel + word[match.end() :], "ending")
            for vowel in "aei"
            if vowel != match.group()
        )


def unaccented(text: str) -> str:
    """Return the text with each letter's accent off, as many characters as before.

    >>> unaccented("Verdú")
    'Verdu'
    """
    return text if text.isascii() else "".join(unicodedata.normalize("NFD", c)[0] for c in text)
