"""Mentions in a sentence: the film, by its title or by "it" and "the film", other works, and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from service.facts.lexicon import Lexicon
from service.facts.tokens import Word
from service.facts.words import place_words, plain_words, word_set
from service.films.names import PARTICLES, SUFFIXES


class MentionKind(StrEnum):
    """What a mention refers to: the film of the record, another work, or a name of anything."""

    FILM = "f"
    OTHER = "o"
    NAME = "n"


class Mention(NamedTuple):
    """The words `[start, end)` that refer to something; `text` as written. `possessive` where a
    pronoun (`its`) says more than the reference.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    possessive: bool = False


ROMAN = re.compile(r"^(?:ii|iii|iv|v|vi|vii|viii|ix|\d{1,2})$")
PRONOUNS = frozenset({"it", "its", "it's"})
LABELS = frozenset(
    {
        "actor",
        "actors",
        "actress",
        "director",
        "directors",
        "producer",
        "producers",
        "writer",
        "writers",
        "screenwriter",
        "editor",
        "composer",
        "cinematographer",
        "starring",
        "stars",
        "directed",
        "written",
        "produced",
        "edited",
        "by",
        "with",
        "and",
        "featuring",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
QUALIFIERS = frozenset(
    {
        "winning",
        "nominated",
        "born",
        "based",
        "winner",
        "nominee",
        "language",
        "style",
        "era",
        "like",
        "inspired",
        "themed",
    }
)
DETERMINERS = frozenset({"the", "this", "that"})
NOT_THE_FILM = frozenset(
    {
        "industry",
        "industries",
        "festival",
        "festivals",
        "critic",
        "critics",
        "rights",
        "school",
        "company",
        "companies",
        "studio",
        "studios",
        "world",
        "version",
        "versions",
        "series",
        "franchise",
        "maker",
        "makers",
        "making",
        "adaptation",
        "adaptations",
        "genre",
        "fans",
        "buff",
        "institute",
        "career",
        "debut",
        "history",
        "rental",
        "noir",
    }
)


def find_mentions(
    words: Sequence[Word], atoms: Sequence[str], at: Sequence[int], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return the mentions in `words` in order, without overlaps; `atoms` and `at` as `atoms_of` gives them."""
    position = {w: k for k, w in enumerate(at)}
    out: list[Mention] = []
    i = 0
    while i < len(words):
        m = (
            _title(words, atoms, at, position.get(i), lexicon)
            or _reference(words, i, atoms, at, position, lexicon)
            or _recorded(words, atoms, at, position.get(i), lexicon)
            or _capitalised(words, i, atoms, at, position, lexicon)
        )
        if m is None:
            i += 1
            continue
        out.append(m)
        i = m.end
    if not any(m.kind is MentionKind.FILM for m in out):
        out = [_as_film(m, lexicon) for m in out]
    return tuple(out)


def _as_film(m: Mention, lexicon: Lexicon) -> Mention:
    if m.kind is MentionKind.NAME and lexicon.nearly_title(m.text):
        return m._replace(kind=MentionKind.FILM)
    return m


def _text(words: Sequence[Word], start: int, end: int) -> str:
    out = words[start].text
    for w in words[start + 1 : end]:
        out += (" " if w.gap else "") + w.text
    return out


def _title(
    words: Sequence[Word], atoms: Sequence[str], at: Sequence[int], k: int | None, lexicon: Lexicon
) -> Mention | None:
    if k is None:
        return None
    n = lexicon.title_at(atoms, k)
    if n == 0:
        return None
    start, end = at[k], at[k + n - 1] + 1
    chosen = words[start:end]
    if not any(w.capital or w.text[0].isdigit() for w in chosen) and n < 3:
        return None
    if n == 1 and _inside_name(words, start):
        return None
    if end < len(words) and words[end].gap and ROMAN.match(words[end].fold) and _is_series_number(words, end):
        return Mention(MentionKind.OTHER, start, end + 1, _text(words, start, end + 1))
    start, end, possessive = _quoted(words, start, end)
    return Mention(MentionKind.FILM, start, end, _text(words, start, end), possessive)


def _quoted(words: Sequence[Word], start: int, end: int) -> tuple[int, int, bool]:
    """Return the range with the quotation marks around it, and whether `'s` stands inside them."""
    if not start or words[start - 1].fold not in QUOTES or end >= len(words):
        return start, end, False
    if words[end].fold in QUOTES:
        return start - 1, end + 1, False
    if words[end].fold == "'s" and end + 1 < len(words) and words[end + 1].fold in QUOTES:
        return start - 1, end + 2, True
    return start, end, False


QUOTES = frozenset({'"', "'"})


def _inside_name(words: Sequence[Word], i: int) -> bool:
    after = i + 1 < len(words) and words[i + 1].gap and words[i + 1].capital
    if after and words[i + 1].fold not in plain_words():
        return True
    before = i > 0 and words[i].gap and words[i - 1].capital and words[i - 1].fold not in plain_words()
    return before and i > 1


def _is_series_number(words: Sequence[Word], i: int) -> bool:
    follows = words[i + 1].fold if i + 1 < len(words) else "."
    return words[i].capital or follows in {
        "is",
        "was",
        "has",
        ",",
        ".",
        ")",
        "(",
        "and",
        "in",
        "'s",
        "had",
        "will",
    }


def _reference(
    words: Sequence[Word],
    i: int,
    atoms: Sequence[str],
    at: Sequence[int],
    position: dict[int, int],
    lexicon: Lexicon,
) -> Mention | None:
    w = words[i]
    if w.fold in PRONOUNS:
        return Mention(MentionKind.FILM, i, i + 1, w.text, possessive=w.fold != "it")
    is_noun = w.fold in {"film", "movie", "documentary", "flick"}
    noun = i + 1 if w.fold in DETERMINERS else i if is_noun else -1
    if noun < 0 or noun >= len(words) or words[noun].fold not in word_set("film_nouns.txt"):
        return None
    after = noun + 1
    if (
        after < len(words)
        and words[after].fold == ","
        and after + 1 < len(words)
        and words[after + 1].capital
    ):
        named = after + 1
    else:
        named = after
    if named < len(words) and words[named].fold in {'"', "'"}:
        named += 1
    k = position.get(named)
    if k is not None:
        title = _title(words, atoms, at, k, lexicon)
        if title is not None:
            return title._replace(start=i, text=_text(words, i, title.end))
    if noun == i:
        return None
    if after < len(words):
        if words[after].fold in NOT_THE_FILM:
            return None
        if words[after].capital and words[after].gap and words[after].fold not in plain_words():
            run = _run_end(words, after)
            return Mention(MentionKind.OTHER, i, run, _text(words, i, run))
    return Mention(MentionKind.FILM, i, after, _text(words, i, after))


def _recorded(
    words: Sequence[Word], atoms: Sequence[str], at: Sequence[int], k: int | None, lexicon: Lexicon
) -> Mention | None:
    """Return the full name in the record that begins at atom `k`, capitals or not."""
    if k is None:
        return None
    n = lexicon.name_at(atoms, k)
    if n == 0 or (n == 1 and not words[at[k]].capital):
        return None
    start, end = at[k], at[k + n - 1] + 1
    run = _run_end(words, start) if words[start].capital else end
    if run > end and (n == 1 or run == end + 1):
        return None  # part of a longer name: Bill Melendez Productions
    if end < len(words) and words[end].fold in {"-"} and not words[end].gap:
        return None
    end = _suffix_end(words, end)
    return Mention(MentionKind.NAME, start, end, _text(words, start, end))


def _capitalised(
    words: Sequence[Word],
    i: int,
    atoms: Sequence[str],
    at: Sequence[int],
    position: dict[int, int],
    lexicon: Lexicon,
) -> Mention | None:
    if not words[i].capital:
        return None
    if words[i].fold in plain_words():
        end = _titled_end(words, i) if i else i
        return Mention(MentionKind.NAME, i, end, _text(words, i, end)) if end > i else None
    end = _run_end(words, i)
    for j in range(i + 1, end):  # two names side by side without a comma
        k = position.get(j)
        if k is not None and words[j].gap and j + lexicon.name_at(atoms, k) > max(j + 1, end - 1):
            end = j
            break
    if (
        end + 1 < len(words)
        and words[end].fold == "-"
        and not words[end].gap
        and words[end + 1].fold in QUALIFIERS
    ):
        return None  # Oscar-winning, Texas-born
    if end == i + 1 and i == 0 and words[i].fold.endswith("ly"):
        return None
    return Mention(MentionKind.NAME, i, end, _text(words, i, end))


def _titled_end(words: Sequence[Word], i: int) -> int:
    """Return the end of a title that begins with an ordinary word (And Then There Were None): three
    capitals on end, of which the first is no country or the like; `i` for none.
    """
    j = i
    while j < len(words) and words[j].capital and (j == i or words[j].gap):
        j += 1
    if words[i].fold in place_words() or words[i].fold in LABELS:
        return i
    if j - i == 2 and words[i + 1].fold not in plain_words():
        return _run_end(words, i + 1)  # Star Wars, The Matrix
    return j if j - i >= 3 else i


def _run_end(words: Sequence[Word], i: int) -> int:
    """Return the end of the run of capitalised words from `i` on: initials, particles, hyphens, suffixes."""
    j = i + 1
    while j < len(words):
        w, before = words[j], words[j - 1]
        if w.gap and w.capital and before.fold not in {",", ":"}:
            if w.fold in plain_words() and not _continues(words, j):
                break
            j += 1
        elif (
            w.fold == "."
            and not w.gap
            and (len(before.text) == 1 or before.fold in {"jr", "sr", "dr", "mr", "st", "mrs", "ms"})
        ):
            if j + 1 >= len(words):
                break
            j += 1
            if not (words[j].capital):
                break
        elif not w.gap and before.fold == "." and w.capital:
            j += 1
        elif (
            w.fold == "-"
            and not w.gap
            and j + 1 < len(words)
            and not words[j + 1].gap
            and words[j + 1].text[0].isalpha()
            and not _is_verbal(words[j + 1])
        ):
            j += 2
        elif (
            w.gap and w.fold in PARTICLES and j + 1 < len(words) and words[j + 1].capital and words[j + 1].gap
        ):
            j += 2
        elif w.fold == '"' and w.gap and (close := _closing(words, j)):
            j = close
        else:
            break
    return _suffix_end(words, j)


def _continues(words: Sequence[Word], j: int) -> bool:
    """Tell whether a word that is usually no name is part of one here (Jack London, August Diehl)."""
    return (
        j + 1 >= len(words)
        or not words[j + 1].capital
        and words[j].fold not in {"the", "is", "was", "movie", "film"}
    )


def _is_verbal(w: Word) -> bool:
    return w.fold in QUALIFIERS or w.fold in {
        "directed",
        "helmed",
        "starring",
        "written",
        "produced",
        "starrer",
        "led",
        "scripted",
        "penned",
        "based",
        "created",
        "scored",
    }


def _closing(words: Sequence[Word], j: int) -> int:
    """Return the index after a nickname in quotation marks inside a name, 0 where there is none."""
    for k in range(j + 1, min(j + 5, len(words))):
        if words[k].fold == '"':
            follows = k + 1 < len(words) and words[k + 1].capital
            return k + 1 if follows and all(w.capital for w in words[j + 1 : k]) else 0
    return 0


def _suffix_end(words: Sequence[Word], end: int) -> int:
    j = end + 1 if end < len(words) and words[end].fold == "," else end
    if j < len(words) and words[j].fold in SUFFIXES and words[j].capital:
        j += 1
        return (
            j + 1
            if j < len(words) and words[j].fold == "." and not words[j].gap and j + 1 < len(words)
            else j
        )
    return end
