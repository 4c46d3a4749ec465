"""Sentence boundaries in visible text, made for writing about films.

One pass over the terminators decides each by what stands on its two sides; whatever the text, a
terminator is looked at once and looks at a bounded neighbourhood, so the time is linear. The
package `sentencex` was tried first: it needs a repair at most of the places that matter here
(titles, initials, parentheses, quotations) and is quadratic on unclosed quotation marks;
`tests/document/test_sentences.py` measures both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

# Closing marks, footnote references and emoji that belong to the sentence before them.
_CLOSERS = r"[\"'”’»›)\]}*_」』）】]{0,12}(?:\[\d{1,3}\]|[¹²³⁴-⁹⁰])*"
_PICTURES = "\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
_STOPS, _WIDE_STOPS = "[.!?…‽؟۔।]", "[。！？｡]"
_RUN = re.compile(  # begins with one set of characters, which is looked for faster than several
    rf"[.!?…‽؟۔।。！？｡\n](?:(?<=\.)(?: \.)+|(?<={_STOPS}){_STOPS}*|(?<={_WIDE_STOPS}){_WIDE_STOPS}*|(?<=\n))"
)
_CLOSING = re.compile(rf"{_CLOSERS}(?: {{0,2}}[{_PICTURES}]{{1,12}})*")
_TIGHT_BEFORE = re.compile(r"[a-z'’][a-z]$")
_TIGHT_AFTER = re.compile(r"[“‘]?(?:[A-Z][a-z]|I['’ ]|A )")
_NEXT = re.compile(r"[\s]*([\"'“”‘’«‹(\[{*_「『（¿¡]*)(\w[\w'’\-]*)?")
_LAST_WORD = re.compile(r"(?:.*[^\w.'’&\-])?+([\w.'’&\-]*)", re.DOTALL)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\.?$")
_NUMERAL = re.compile(r"(?:\d|[IVXLC]+\b|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b)")
_HELD = re.compile(  # short stretches between brackets or quotation marks: one sentence holds them whole
    r"“[^“”\n]{1,400}+”|«[^«»\n]{1,400}+»|\([^()\n]{1,300}+\)|\[[^\[\]\n]{1,300}+\]"
    r"|(?<![\w\"])\"(?=[^\s\"])[^\"\n]{1,400}+(?<!\s)\"(?!\w)"
)
_HOLDS = re.compile(r"[\"“«(\[]")
_ADDRESS = re.compile(r"[./@:\\_#][\w/]")
_TIMES = frozenset(["est", "edt", "pst", "pdt", "gmt", "utc", "bst", "cet", "et", "pt"]) | frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)
_PREPOSITIONS = frozenset(
    re.findall(r"\w+", "in of with from like for to about by on as at after before and or than ")
)
_NEIGHBOURHOOD = 80


def _entries(name: str) -> Iterator[str]:
    text = (files("service.document") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    classes: dict[str, str] = {}
    name = ""
    for entry in _entries("abbreviations.txt"):
        if entry.startswith("["):
            name = entry.strip("[]")
        else:
            classes.setdefault(entry, name)
    return classes


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(_entries("sentence_openers.txt"))


@lru_cache(maxsize=1)
def _speech_verbs() -> frozenset[str]:
    return frozenset(_entries("speech_verbs.txt"))


class Titles:
    """Titles that hold a sentence's terminator, compiled to be found in a text."""

    __slots__ = ("_pattern",)

    def __init__(self, titles: Iterable[str]) -> None:
        told = {" ".join(t.split()) for t in titles}
        kept = sorted((t for t in told if re.search(r"[.!?…。！？]", t)), key=lambda t: (-len(t), t))
        self._pattern = re.compile("|".join(_loose(t) for t in kept), re.IGNORECASE) if kept else None

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Return the ranges of the titles in `text`, in order."""
        return [m.span() for m in self._pattern.finditer(text)] if self._pattern else []


def _loose(title: str) -> str:
    """Return a pattern for `title` as writers spell it: any space, either apostrophe, either dots."""
    pattern = re.escape(title).replace(r"\ ", r"\s+")
    pattern = re.sub(r"['’‘]", "['’‘]", pattern)
    pattern = pattern.replace(r"\.\.\.", r"(?:\.\.\.|…)").replace("…", r"(?:\.\.\.|…)")
    return rf"(?<!\w){pattern}(?!\w)"


_NO_TITLES = Titles(())


def boundaries(text: str, titles: Titles = _NO_TITLES) -> list[tuple[int, int]]:
    """Return the half-open ranges of the sentences of `text`, in order, without outer white space.

    Every character that is no white space lies in exactly one range.

    >>> text = "It ran in the U.S. for weeks. Dr. Strangelove saw it."
    >>> [text[a:b] for a, b in boundaries(text)]
    ['It ran in the U.S. for weeks.', 'Dr. Strangelove saw it.']
    """
    scan = _Scan(text, titles)
    out: list[tuple[int, int]] = []
    for cut in scan.cuts():
        _append(text, scan.start, cut, out)
        scan.start = cut
    _append(text, scan.start, len(text), out)
    return out


def _append(text: str, start: int, end: int, out: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if lead < len(piece):
        out.append((start + lead, start + len(piece.rstrip())))


class _Kind(Enum):
    """What kind of terminator stands between two words."""

    STOP = auto()  # a single full stop
    DOTS = auto()  # an ellipsis
    MARK = auto()  # ! or ?, alone or with others
    WIDE = auto()  # a full-width mark, after which no space stands
    TIGHT = auto()  # a mark whose space is missing
    LINE = auto()  # a line break that is shown


STOP, DOTS, MARK, WIDE, TIGHT, LINE = _Kind  # an enum's own look-up is slow in a loop


class _Terminator(NamedTuple):
    """A terminator at `start`; with its closing marks it ends at `end`."""

    kind: _Kind
    start: int
    end: int
    closed: bool  # whether a quotation closes with it


class _Scan:
    """One text being cut; `start` is where the sentence under way begins."""

    __slots__ = ("held", "held_starts", "lowercase", "start", "text", "titles")

    def __init__(self, text: str, titles: Titles) -> None:
        self.text = text
        self.start = 0
        self.titles = titles.ranges(text)
        self.held = [m.span() for m in _HELD.finditer(text)] if _HOLDS.search(text) else []
        self.held_starts = [a for a, _ in self.held]
        self.lowercase = text.islower()

    def cuts(self) -> Iterator[int]:
        """Yield where each sentence but the last ends, in order."""
        for m in _RUN.finditer(self.text):
            found = self._terminator(m)
            if found is not None and self._ends(found):
                yield found.end

    def _terminator(self, m: re.Match[str]) -> _Terminator | None:
        """Return the terminator that a run of marks is, with what closes after it."""
        text, marks = self.text, m.group()
        start, end = m.span()
        if marks == "\n":
            return _Terminator(LINE, start, end, closed=False)
        closing = _CLOSING.match(text, end)
        end = closing.end() if closing else end
        closed = text[end - 1] in "\"”»’'」"
        if marks[0] in "。！？｡":
            return _Terminator(WIDE, start, end, closed)
        if end < len(text) and not text[end].isspace():
            tight = len(marks) == 1 and end == m.end() and _TIGHT_AFTER.match(text, end)
            return _Terminator(TIGHT, start, end, closed=False) if tight else None
        if marks == ".":
            return _Terminator(STOP, start, end, closed)
        return _Terminator(DOTS if not marks.strip(".… ") else MARK, start, end, closed)

    def _ends(self, t: _Terminator) -> bool:
        after = _NEXT.match(self.text, t.end, min(len(self.text), t.end + _NEIGHBOURHOOD))
        opening, word = (after.group(1) or "", after.group(2) or "") if after else ("", "")
        if t.kind is LINE:
            return not word[:1].islower()
        title = self._title_over(t.start) if self.titles else None
        if (title is not None and title > t.start + 1) or self._is_held(t.end):
            return False
        if t.kind is WIDE:
            return True
        if t.kind is TIGHT:
            return self._tight(t.start)
        if title is not None:
            return self._after_title(title, word)
        return self._opens(t, opening, word, after.end() if after else t.end)

    def _opens(self, t: _Terminator, opening: str, word: str, follows: int) -> bool:
        """Tell whether what follows the terminator begins a sentence."""
        if not word and not opening:
            return self._before_symbol(t.end)
        if word and word[0].islower() and word.islower():
            return self.lowercase and self._in_lowercase(t)
        lowered = word.replace("’", "'").lower()
        if t.kind is DOTS:
            return self._after_dots(t.start, word, lowered)
        if t.closed and self._attributed(word, follows):
            return False
        return t.kind is MARK or self._after_stop(t.start, word, lowered)

    def _in_lowercase(self, t: _Terminator) -> bool:
        """Tell whether a sentence ends in a text that has no capitals to tell it by."""
        if t.kind is not STOP:
            return t.kind is MARK
        last = self._last_word(t.start).strip("'’-&")
        return not (len(last) == 1 or _DOTTED.fullmatch(last) or last in _abbreviations())

    def _before_symbol(self, end: int) -> bool:
        """Tell whether a symbol begins a sentence: a dash or a comma goes on with the one before."""
        rest = self.text[end : end + 4].lstrip()
        return bool(rest) and rest[0] not in "-–—,;:&/+=)…." and not _is_picture(rest[0])

    def _title_over(self, at: int) -> int | None:
        """Return the end of the title that covers offset `at`, if any."""
        i = bisect_right(self.titles, (at, len(self.text) + 1)) - 1
        if i >= 0 and self.titles[i][0] <= at < self.titles[i][1]:
            return self.titles[i][1]
        return None

    def _is_held(self, at: int) -> bool:
        i = bisect_right(self.held_starts, at) - 1
        if i < 0:
            return False
        a, b = self.held[i]
        return self.start <= a < at < b

    def _after_title(self, end: int, word: str) -> bool:
        """Tell whether `word`, after a title that ends in a terminator, begins a sentence."""
        lowered = word.replace("’", "'").lower()
        if not word or word[0].islower():
            return False
        if lowered in _openers():
            return True
        begin = next(a for a, b in self.titles if b == end)
        before = self.text[max(self.start, begin - _NEIGHBOURHOOD) : begin].split()
        return len(before) > 2 and before[-1].strip("\"'“‘*_(").lower() not in _PREPOSITIONS

    def _tight(self, at: int) -> bool:
        """Tell whether a terminator without a space after it ends a sentence: no address, no file."""
        if not _TIGHT_BEFORE.search(self.text[max(0, at - 2) : at]):
            return False
        left = at
        while left > self.start and at - left < _NEIGHBOURHOOD and not self.text[left - 1].isspace():
            left -= 1
        word = self.text[left:at]
        if _ADDRESS.search(word) or _ADDRESS.search(self.text[at + 1 : at + _NEIGHBOURHOOD].split()[0]):
            return False
        return word.lower() not in _abbreviations()

    def _after_dots(self, at: int, word: str, lowered: str) -> bool:
        if len(word) > 1 and word.isupper() and word.isalpha():
            return False  # an outcry goes on with the sentence: "tick, tick... BOOM!"
        if lowered in _openers():
            return True
        return len(self.text[max(self.start, at - _NEIGHBOURHOOD) : at].split()) >= 3

    def _attributed(self, word: str, follows: int) -> bool:
        """Tell whether a closed quotation is followed by its speaker: “Stop!” Neo shouts."""
        if not word:
            return False
        rest = self.text[follows : follows + 40].split()[:2]
        verbs = _speech_verbs()
        return any(r.strip(".,:;").lower() in verbs for r in rest[:1]) or (
            len(rest) > 1 and rest[0][:1].isupper() and rest[1].strip(".,:;").lower() in verbs
        )

    def _after_stop(self, at: int, word: str, lowered: str) -> bool:
        last = self._last_word(at)
        if not last:
            return True
        first = self.text[self.start : at].strip() if at - self.start < 12 else ""
        if first == last and _ENUMERATOR.match(last) and last != "I":
            return False  # "1. Inception": the number of a list
        opener = lowered in _openers()
        if len(last) == 1 and last.isalpha() and last != "I":
            return opener and self._alone(at)
        return self._after_abbreviation(at, last.strip("'’-&").lower(), word, opener=opener)

    def _last_word(self, at: int) -> str:
        """Return the word that ends at `at`, with its dots and marks; of a long one the end."""
        found = _LAST_WORD.fullmatch(self.text, max(self.start, at - 40), at)
        return found.group(1) if found else ""

    def _alone(self, at: int) -> bool:
        """Tell whether a single letter is no initial: "vitamin C. The", not "W. The"."""
        before = self.text[max(self.start, at - 30) : at - 1].split()
        return bool(before)

    def _after_abbreviation(self, at: int, last: str, word: str, *, opener: bool) -> bool:
        kind = _abbreviations().get(last)
        if kind is None:
            return opener or not _DOTTED.fullmatch(last)
        if kind == "never":
            return False
        if kind == "before-name":
            return opener and self._named_before(at)
        if kind == "before-number":
            return not _NUMERAL.match(word)
        if kind == "capital":
            return word.lower() not in _TIMES
        return opener

    def _named_before(self, at: int) -> bool:
        """Tell whether an abbreviation closes a name (`Mulholland Dr.`, `Wall St.`)."""
        words = self.text[max(self.start, at - 40) : at].split()
        return len(words) > 1 and words[-2][:1].isupper() and words[-2].lower() not in _openers()


def _is_picture(c: str) -> bool:
    return c >= "\u2190" and not c.isalnum() and c not in "“”"


__all__: Sequence[str] = ["Titles", "boundaries"]
