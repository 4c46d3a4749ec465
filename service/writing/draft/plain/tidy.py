"""Typographic tidying of a note: bullets, shorthand, marks and case; no word is added or lost."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wordfreq import zipf_frequency

from service.films import Film
from service.writing.draft.plain.lists import column, rows
from service.writing.draft.plain.names import borne, capitals, named
from service.writing.draft.plain.spelling import mended, unaccented

_BULLET = re.compile(r"^\s*(?:(?:[-*•–—+·>◦▪‣●]+|★|\(?\d{1,2}[.)]|\[[ xX]?\])\s+|[-–—•*](?=\w))+")
_LINK = re.compile(r"!?\[([^\]]+)\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|~~|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_SENTENCE = re.compile(
    r"(?<=[a-z]{2}[.!?] )(?<!\bvs\. )(?<!\betc\. )(?<!\bmr\. )(?<!\bdr\. )(?<!\bst\. )[a-z]"
    r"(?=[a-z’'])|(?<=[a-z]{2}[!?]{2} )[a-z]"
)
_SMILEY = re.compile(r"(?<!\S)(?:<3+|</3|[:;=xX8][-^']?[)(DPpO/|*]+|:'\(|\^_+\^|-_+-|xD+)(?!\S)")
_COMPARED = re.compile(r"\b(?:more|less|fewer) \w+(?= (?:more|less|fewer) \w)", re.IGNORECASE)
_RATED = re.compile(r"^((?:a )?\d+(?:[.,]\d)?\s?(?:/|out of)\s?\d+(?: stars)?)\s*[,;:–-]\s+(\w)")
_ASIDE = re.compile(
    r"[,;]?\s+(?:lol|lmao|haha+|omg|imo|imho|tbh|ngl|fight me|sue me|change my mind|don['’]t @ me)(?=[.!]?$)",
    re.IGNORECASE,
)  # a word to the reader of the notes
_REPEATED = re.compile(r"\b(\w{3,})(?:,? \1\b){2,}", re.IGNORECASE)
_ENUMERATED = re.compile(r"(?<=\s)(?P<first>[a1])\)\s+(?P<one>[^()]+?)[,;]?\s+(?P<second>[b2])\)\s+")
MEMBER = 2  # words of what slashes part as a list: `cold / clinical / brilliant`
COMMON = 4.3  # Zipf frequency above which a lower-case name token may be an ordinary word


def tidy(text: str, film: Film) -> str:
    """Return the note's text in one line, without its bullet and markup, its shorthand written out,
    its marks and case made even, its slips mended. Names of the record get their capitals and accents.
    """
    marked = (*film.titles, *film.people, *film.characters, *film.production_companies)
    kept = tuple(n for n in marked if "&" in n)
    return _tidied(text, film.people, named(film), borne(film), kept)


@lru_cache(maxsize=4096)
def _tidied(
    text: str, people: tuple[str, ...], names: tuple[str, ...], singly: tuple[str, ...], kept: tuple[str, ...]
) -> str:
    """Return the text tidied; the `&` of what is `kept` is no shorthand."""
    line = _plain(text)
    line = _shorthand(line, people, kept)
    line = _marks(line)
    line = _SENTENCE.sub(lambda m: m.group().upper(), _cased(line, names, singly))
    return mended(_accented(line, names)).strip()


def _plain(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if _keeps(c))
    bare = _SMILEY.sub(_unless_closing, kept)
    line = " ".join((bare if any(c.isalnum() for c in bare) else kept).split())
    line = _BULLET.sub("", line)
    line = _LINK.sub(r"\1", _TAG.sub("", line))
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    return line.strip()


def _unless_closing(smiley: re.Match[str]) -> str:
    """Return nothing for a smiley, and what looks like one where it closes a bracket: `(20, could be 8)`."""
    before = smiley.string[: smiley.start()]
    closes = smiley.group().endswith(")") and before.count("(") > before.count(")")
    return smiley.group() if closes else ""


def _keeps(char: str) -> bool:
    kind = unicodedata.category(char)
    if kind in {"Cf", "Cc", "Cs", "Co", "Cn"}:
        return char in "\t\n\r"
    return (
        (kind != "So" or char in "★☆")
        and not 0xFE00 <= ord(char) <= 0xFE0F
        and not 0x1F3FB <= ord(char) <= 0x1F3FF
    )


@lru_cache(maxsize=1)
def _short() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {short.lower(): long for short, long in rows("shorthand.tsv")}
    every = "|".join(re.escape(s) for s in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![\w/&.])(?:{every})(?![\w/&])", re.IGNORECASE), table


@lru_cache(maxsize=1)
def _craft() -> re.Pattern[str]:
    parts = "|".join(sorted(column("craft.tsv"), key=len, reverse=True))
    return re.compile(rf" (?:{parts})\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(name)}(?= )", re.IGNORECASE)


def _shorthand(line: str, people: tuple[str, ...], kept: tuple[str, ...]) -> str:
    pattern, table = _short()

    def spelt(match: re.Match[str]) -> str:
        for name in kept:
            around = line[max(0, match.start() - len(name)) : match.end() + len(name)]
            if match.group() in name and name.lower() in around.lower():
                return match.group()
        long = table[match.group().lower()]
        joined = "" if match.end() >= len(line) or not line[match.end()].isalnum() else " "
        return long + joined

    line = re.sub(r"\bw/(?!o\b|o/|out\b)(?=\w)", "w/ ", line)
    line = re.sub(r"(?<=\w) @ ?(?=\d)", " at ", line)
    for name in people:
        opening = _opening(name).match(line)
        if opening and _craft().match(line, opening.end()):
            line = f"{opening.group()}'s{line[opening.end() :]}"
    line = _ENUMERATED.sub(r"\g<one> and ", line)
    line = re.sub(r"\bcd(?= (?:be|have|do|not|lose|go|use|see|watch)\b)", "could", line)
    line = re.sub(r"^re:?\s+(?=[\w ]+:)", "on ", line, flags=re.IGNORECASE)
    line = re.sub(r"(?<=\w)\s+\+\s+(?=[^+]*\s\+\s)", ", ", line)
    line = re.sub(r"(?<=\w)\s+\+\s+(?=\w)", " & ", line)
    line = re.sub(r"(?<=\d)[ -]?(hour|hr|min)(?:ute)?s? (?=[a-z]+(?:-[a-z]+)?(?:[,.;]|$))", _compound, line)
    line = re.sub(r"(?<=\d)(\s?)min\b\.?", r" minutes", line)
    line = re.sub(r"\b(every|each|last|first|a|per) (min|sec)\b\.?", _unit, line)
    line = re.sub(r"^(?:bit|tad|touch)(?= [a-z])", r"a \g<0>", line, flags=re.IGNORECASE)
    line = _COMPARED.sub(r"\g<0> and", line)
    line = _RATED.sub(lambda m: f"{m[1]}. {m[2].upper()}", line)
    line = re.sub(r"(?<=[a-zA-Z])\s+[x×]\s?(?=\d\b)", " times ", line)
    return pattern.sub(spelt, line)


_UNITS = {"hr": "hour", "hour": "hour", "min": "minute", "sec": "second"}
_NO_NOUN = frozenset(
    {"long", "too", "in", "of", "later", "flat", "left", "but", "and", "max", "tops", "straight"}
)


def _compound(match: re.Match[str]) -> str:
    """Return `-hour ` for the ` hr ` of `3 hr build-up`, whatever is no noun left as it is."""
    noun = re.match(r"[\w-]+", match.string[match.end() :])
    plural = match.group().rstrip().endswith("s")
    if plural or noun is None or noun.group() in _NO_NOUN or noun.group().endswith("ly"):
        return match.group()
    return f"-{_UNITS[match[1]]} "


def _unit(match: re.Match[str]) -> str:
    return f"{match[1]} {_UNITS[match[2]]}"


def _marks(line: str) -> str:
    line = re.sub(r"\s*\.{2,}|\s*…", "…", line)
    line = re.sub(r"^…\s*", "", line)
    line = re.sub(r"…\s*$", ".", line)
    line = re.sub(r"…\s*(?=[a-z(\"“'])", ", ", line)
    line = re.sub(r"…\s*(?=\S)", ". ", line)
    line = re.sub(r"\s+--+\s+|\s*—\s*|\s+[-–]\s+|(?<=\w)--+(?=\w)", " – ", line)
    if " / " in line:
        words = max(len(part.split()) for part in line.split(" / "))
        line = re.sub(r"\s+/\s+", ", " if words <= MEMBER else ". ", line)
    line = re.sub(r"\s*(?:-+>|→|⟶|⇒|=>)\s*", " → ", line)
    line = re.sub(r"\s+([<>])\1*\s+", r" \1 ", line)
    line = _REPEATED.sub(lambda m: re.sub(r"[\s,]+", ", ", m.group()), line)
    line = re.sub(r"^\(([^()]+)\)[.!]?$", r"\1", line)
    line = re.sub(r"\s*\([!?]+\)", "", line)
    line = _ASIDE.sub("", line)
    line = re.sub(r"!{2,}", "!", line)
    line = re.sub(r"\?{2,}", "?", line)
    line = re.sub(r"\s+([,;:.!?)])(?=\s|$)", r"\1", line)
    line = re.sub(r"([,;])(?=[A-Za-z])", r"\1 ", line)
    line = re.sub(r",{2,}", ",", line)
    return re.sub(r"\s{2,}", " ", line)


def _cased(line: str, names: tuple[str, ...], singly: tuple[str, ...]) -> str:
    letters = [c for c in line if c.isalpha()]
    words = re.findall(r"[^\W\d_]{2,}", line)
    upper = sum(c.isupper() for c in letters)
    loud = len(words) == 1 and words[0].isupper() and zipf_frequency(words[0], "en") > 3 and len(words[0]) > 4
    if (len(words) >= 2 or loud) and upper >= 0.8 * len(letters):
        line = line.lower()
    else:
        shouted = [w for w in words if w.isupper()]
        known = {t for n in names for t in re.findall(r"\w+", n)}
        for word in shouted:
            common = zipf_frequency(word, "en") > (3 if len(word) > 3 else 5.5)
            if word not in known and len(shouted) < len(words) and common and word not in {"US", "TV", "UK"}:
                line = re.sub(rf"\b{word}\b", word.lower(), line)
    lowered = not any(c.isupper() for c in line[1:]) or line == line.lower()
    line = re.sub(r"\bi\b(?=['’ ]|$)", "I", line)
    line = _with_names(line, names, singly if lowered else None)
    return _with_capitals(line) if lowered else line


def _with_names(line: str, names: tuple[str, ...], singly: tuple[str, ...] | None) -> str:
    for name, pattern in _recasable(names, singly):
        for match in pattern.finditer(unaccented(line)):
            if not match.group()[0].isupper():
                line = line[: match.start()] + name + line[match.end() :]
    return line


@lru_cache(maxsize=256)
def _recasable(
    names: tuple[str, ...], singly: tuple[str, ...] | None
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the names that get their capitals, the longest first, and what finds each; the words of the
    names `singly` get theirs alone, where a line has no capitals.
    """
    found: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        if " " in name or (singly is not None and zipf_frequency(name, "en") < COMMON):
            found.append(name)
        if name in (singly or ()):
            parts = (p for p in re.split(r"[\s]+", name) if len(p) > 2 and p[0].isupper())
            found += [p for p in parts if zipf_frequency(p.strip(".,'’"), "en") < COMMON]
    return tuple((n, _unaccented_word(n, re.IGNORECASE)) for n in found)


def _accented(line: str, names: tuple[str, ...]) -> str:
    """Return the line with the record's accents on the names that the writer typed without them."""
    for part, pattern in _accents(names):
        line = pattern.sub(part, line)
    return line


@lru_cache(maxsize=256)
def _accents(names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    parts = (part for name in names for part in (name, *(p for p in name.split() if len(p) > 3)))
    return tuple((p, _unaccented_word(p)) for p in dict.fromkeys(parts) if unaccented(p) != p)


def _unaccented_word(name: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(unaccented(name))}(?![\w-])", flags)


def _with_capitals(line: str) -> str:
    table = capitals()
    return re.sub(r"\b[a-z]{2,}\b", lambda m: table.get(m.group(), m.group()), line)
