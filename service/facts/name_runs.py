"""How far a name reaches: runs of capitalised words with their initials, particles, hyphens, suffixes."""

from __future__ import annotations

from collections.abc import Sequence

from service.facts.tokens import Word
from service.facts.words import CONTRACTION, is_plain, place_words, word_set
from service.films.names import PARTICLES, SUFFIXES

SHORT_TITLES = frozenset(
    {"dr", "mr", "mrs", "ms", "lt", "col", "sgt", "capt", "gen", "prof", "rev", "gov", "sen", "maj", "cpl"}
    | {"pvt", "adm", "cmdr", "det", "insp", "fr", "supt"}
)
TITLES = (  # what stands before a name and is none
    SHORT_TITLES
    | {"miss", "doctor", "captain", "colonel", "sergeant", "lieutenant", "general", "major", "corporal"}
    | {"private", "admiral", "commander", "detective", "inspector", "agent", "officer", "professor", "father"}
    | {
        "king",
        "queen",
        "prince",
        "princess",
        "lord",
        "lady",
        "sir",
        "dame",
        "senator",
        "governor",
        "reverend",
    }
)
ABBREVIATIONS = SHORT_TITLES | {"jr", "sr", "st", "bros"}


def text_of(words: Sequence[Word], start: int, end: int) -> str:
    """Return the words `[start, end)` as written, single-spaced."""
    return words[start].text + "".join((" " if w.gap else "") + w.text for w in words[start + 1 : end])


def run_end(words: Sequence[Word], i: int) -> int:
    """Return the end of the run of capitalised words from `i` on."""
    j = i + 1
    while j < len(words) and (step := _step(words, j)):
        j += step
    return suffix_end(words, j)


def _step(words: Sequence[Word], j: int) -> int:
    """Return how many words the run goes on by at `j`; 0 where it ends."""
    w, before = words[j], words[j - 1]
    if not w.gap:
        return _joined(words, j)
    if w.capital:
        return 0 if before.fold in {",", ":"} or (is_plain(w.fold) and not _continues(words, j)) else 1
    if w.fold in PARTICLES:
        return 2 if j + 1 < len(words) and words[j + 1].capital and words[j + 1].gap else 0
    return _nickname(words, j) if w.fold in {'"', "'"} else 0


def _joined(words: Sequence[Word], j: int) -> int:
    """Return the step over what stands without a space: `J.J.`, `Joon-ho`, but not `Oscar-winning`."""
    w, before = words[j], words[j - 1]
    follows = words[j + 1] if j + 1 < len(words) else None
    if w.fold == "." and (len(before.text) == 1 or before.fold in ABBREVIATIONS):
        return 1 if follows is not None and follows.capital else 0
    if w.capital and before.fold == ".":
        return 1
    if w.fold == "-" and follows is not None and not follows.gap and follows.text[0].isalpha():
        return 0 if follows.fold in word_set("qualifiers.txt") else 2
    return 0


def _continues(words: Sequence[Word], j: int) -> bool:
    """Tell whether a word that is usually no name is part of one here (Jack London, August Diehl)."""
    if CONTRACTION.fullmatch(words[j].fold) is not None:
        return False
    if j + 1 >= len(words):
        return True
    return not words[j + 1].capital and words[j].fold not in {"the", "is", "was", "movie", "film"}


def _nickname(words: Sequence[Word], j: int) -> int:
    """Return the step over a nickname in quotation marks inside a name, 0 where there is none."""
    for k in range(j + 1, min(j + 5, len(words))):
        if words[k].fold == words[j].fold:
            follows = k + 1 < len(words) and words[k + 1].capital
            return k + 1 - j if follows and all(w.capital for w in words[j + 1 : k]) else 0
    return 0


def suffix_end(words: Sequence[Word], end: int) -> int:
    """Return the end with a suffix (`, Jr.`) taken in; the full stop that ends a sentence stays out."""
    if words[end - 1].fold in SUFFIXES:
        last = end - 1  # taken in by its capital
    else:
        last = end + 1 if end < len(words) and words[end].fold == "," else end
        if last >= len(words) or words[last].fold not in SUFFIXES or not words[last].capital:
            return end
    stopped = last + 2 < len(words) and words[last + 1].fold == "." and not words[last + 1].gap
    return last + 2 if stopped else last + 1


def titled_end(words: Sequence[Word], i: int) -> int:
    """Return the end of a title that begins with an ordinary word (And Then There Were None, Star Wars);
    `i` for none.
    """
    if words[i].fold in place_words() or (
        words[i].fold in word_set("labels.txt") and not _is_agent(words, i)
    ):
        return i
    j = i
    while j < len(words) and words[j].capital and (j == i or words[j].gap):
        j += 1
    if j - i == 2 and not is_plain(words[i + 1].fold):
        return run_end(words, i + 1)
    return j if j - i >= 3 else i


def _is_agent(words: Sequence[Word], i: int) -> bool:
    """Tell whether a word stands where only somebody's name can: by August Wilson."""
    return words[i - 1].fold == "by" and i + 1 < len(words) and words[i + 1].capital


def is_qualified(words: Sequence[Word], end: int) -> bool:
    """Tell whether a run that ends at `end` only qualifies what follows: Oscar-winning, Texas-born."""
    if end + 1 >= len(words) or words[end].fold != "-" or words[end].gap:
        return False
    return words[end + 1].fold in word_set("qualifiers.txt") - PEOPLE_DO


PEOPLE_DO = frozenset(
    {
        "directed",
        "helmed",
        "starring",
        "written",
        "produced",
        "starrer",
        "led",
        "scripted",
        "penned",
        "scored",
    }
)
