"""Mentions in a sentence: the film, by its title or by "it" and "the film", other works, and names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.facts.in_view import NOTHING, InView
from service.facts.lexicon import BARE_NOUNS, DETERMINERS, PRONOUNS, Lexicon, atoms_of
from service.facts.name_runs import TITLES, is_qualified, run_end, suffix_end, text_of, titled_end
from service.facts.tokens import Word, atoms_in
from service.facts.words import CONTRACTION, is_plain, word_set
from service.films.names import given_names, read_name

SUBORDINATING = frozenset({"when", "as", "since", "after", "before", "until", "where", "while", "because"})
NAMES_IN_ING = 6  # letters that a first name in -ing has at most
PREPOSITIONS = frozenset({"at", "in", "on", "for", "from", "with", "as", "by", "to", "into", "over"})
DERIVED = frozenset({"sequel", "remake", "prequel", "adaptation"})
EARLIER = frozenset({"first", "second", "third", "original", "previous", "other"})
PEOPLE = frozenset({"he", "she", "they"})
SHE = frozenset({"he", "she"})
AUXILIARIES = frozenset(
    {"do", "are", "can", "could", "would", "should", "will", "shall", "may", "might", "must"}
)
ALSO = frozenset({"also", "himself", "herself", "both"})


class MentionKind(StrEnum):
    """What a mention refers to: the film of the record, another work, or a name of anything."""

    FILM = "f"
    OTHER = "o"
    NAME = "n"


class Mention(NamedTuple):
    """The words `[start, end)` that refer to something, by the name `text`. `possessive` where it says
    more than the reference: `its`, or a title whose `'s` stands inside the quotation marks. `stands_for`
    where the words are no name of it: a pronoun, "the film", a surname alone. Several people whom one
    pronoun stands for are mentions at the same words.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    possessive: bool = False
    stands_for: bool = False


SERIES_NUMBER = re.compile(r"(?:ii|iii|iv|v|vi|vii|viii|ix|\d{1,2})$")
AFTER_NUMBER = frozenset({"is", "was", "has", "had", "will", "and", "in", "'s", ",", ".", "(", ")"})
WRITTEN = frozenset({"written", "published", "penned", "authored", "translated", "serialised", "serialized"})
QUOTES = frozenset({'"', "'"})


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence's words with its atoms, and where each atom stands among the words and back."""

    words: Sequence[Word]
    atoms: Sequence[str]
    at: Sequence[int]
    position: Mapping[int, int]
    lexicon: Lexicon
    view: InView

    def mention(self, kind: MentionKind, start: int, end: int, *, possessive: bool = False) -> Mention:
        """Return the mention of that kind at the words `[start, end)`."""
        return Mention(kind, start, end, text_of(self.words, start, end), possessive)

    def reference(self, start: int, end: int, *, possessive: bool = False) -> Mention:
        """Return the mention of the work that "it" or "the film" means at this place of the text."""
        another = self.view.another if end == start + 1 else self.view.another_film
        kind = MentionKind.OTHER if another else MentionKind.FILM
        return self.mention(kind, start, end, possessive=possessive)._replace(stands_for=True)

    def is_name(self, i: int) -> bool:
        """Tell whether word `i` follows a space and has a capital that makes it a name."""
        return i < len(self.words) and self.words[i].gap and is_name(self.words[i])


def is_name(w: Word) -> bool:
    """Tell whether a capital makes the word a name."""
    return w.capital and not is_plain(w.fold)


def find_mentions(words: Sequence[Word], lexicon: Lexicon, view: InView = NOTHING) -> tuple[Mention, ...]:
    """Return the mentions in `words` in order, without overlaps; `view` is what the text before offers."""
    atoms, at = atoms_of(words)
    line = Line(words, atoms, at, {w: k for k, w in enumerate(at)}, lexicon, view)
    out: list[Mention] = []
    i, named = 0, False
    begins = lexicon.begins | (PEOPLE if view.people else frozenset())
    while i < len(words):
        if not words[i].capital and words[i].fold not in begins:
            i += 1
            continue
        m = _title(line, i) or _reference(line, i) or _recorded(line, i) or _capitalised(line, i)
        if m is not None:
            m = m._replace(end=_past_title_marks(words, m.end))
            if out and m.start < out[-1].end:  # the quotation mark before it closes another's
                m = line.mention(m.kind, out[-1].end, m.end)
            out.append(in_full(m, view, lexicon))
            named |= m.kind is MentionKind.NAME
        elif not named:
            out += pronoun(words, i, view)
        i = m.end if m is not None else i + 1
    if any(m.kind is MentionKind.FILM for m in out):
        return tuple(out)
    return tuple(_as_film(m, lexicon) for m in out)


def _past_title_marks(words: Sequence[Word], end: int) -> int:
    """Return the index after the marks with which a title ends inside a sentence (Airplane! is a comedy)."""
    j = end
    while j < len(words) and words[j].fold in {"!", "?"} and not words[j].gap:
        j += 1
    goes_on = j < len(words) and words[j].gap and words[j].is_word and not words[j].capital
    return j if goes_on else end


def _as_film(m: Mention, lexicon: Lexicon) -> Mention:
    """Return the mention as one of the film where its text is a misspelt title."""
    if m.kind is MentionKind.NAME and lexicon.nearly_title(m.text):
        return m._replace(kind=MentionKind.FILM)
    return m


def _title(line: Line, i: int) -> Mention | None:
    words, k = line.words, line.position.get(i)
    n = line.lexicon.title_at(line.atoms, k) if k is not None else 0
    if k is None or n == 0:
        return None
    longer = line.lexicon.other_at(line.atoms, k) if line.lexicon.others else 0
    start, end = line.at[k], line.at[k + max(n, longer) - 1] + 1
    if longer > n and words[end - 1].capital:
        return line.mention(MentionKind.OTHER, start, end)
    written = any(w.capital or w.text[0].isdigit() for w in words[start:end])
    if (not written and n < 3) or (n == 1 and _inside_name(line, start)):
        return None
    if _is_numbered(words, end):
        return line.mention(MentionKind.OTHER, start, end + 1)
    return _quoted(line, start, end)


def _quoted(line: Line, start: int, end: int) -> Mention:
    """Return the mention of the film with the quotation marks around its title."""
    words = line.words
    if start and end < len(words) and words[start - 1].fold in QUOTES:
        if words[end].fold in QUOTES:
            return line.mention(MentionKind.FILM, start - 1, end + 1)
        if words[end].fold == "'s" and end + 1 < len(words) and words[end + 1].fold in QUOTES:
            return line.mention(MentionKind.FILM, start - 1, end + 2, possessive=True)
    return line.mention(MentionKind.FILM, start, end)


def _inside_name(line: Line, i: int) -> bool:
    """Tell whether a title of one word is part of a longer name (Carrie Fisher)."""
    return line.is_name(i + 1) or (i > 1 and line.words[i].gap and is_name(line.words[i - 1]))


def _is_numbered(words: Sequence[Word], end: int) -> bool:
    """Tell whether a number after a title makes it another film's (Cars 2)."""
    if end >= len(words) or not words[end].gap or not SERIES_NUMBER.match(words[end].fold):
        return False
    follows = words[end + 1].fold if end + 1 < len(words) else "."
    return words[end].capital or follows in AFTER_NUMBER


def _reference(line: Line, i: int) -> Mention | None:
    """Return "it", "the film", "the movie Carrie" (the film), or "the film Ring" (another)."""
    words, w = line.words, line.words[i]
    if w.fold in PRONOUNS:
        return _it(line, i)
    noun = i + 1 if w.fold in DETERMINERS else i if w.fold in BARE_NOUNS else len(words)
    if noun >= len(words) or words[noun].fold not in word_set("film_nouns.txt"):
        return None
    after = noun + 1
    title = _title(line, _past_marks(words, after))
    if title is not None:
        return title._replace(start=i, text=text_of(words, i, title.end))
    if noun == i or _is_of_another_thing(words, noun):
        return None
    if line.is_name(after):
        return line.mention(MentionKind.OTHER, i, run_end(words, after))
    return _the_film(line, i, after)


def _the_film(line: Line, i: int, after: int) -> Mention:
    """Return what "the film" means; "the sequel" and "the remake" mean another where the film is none."""
    noun = line.words[after - 1].fold
    if noun in {"sequel", "remake"} and not line.lexicon.is_derived(noun):
        return line.mention(MentionKind.OTHER, i, after)
    return line.reference(i, after)


def _is_of_another_thing(words: Sequence[Word], noun: int) -> bool:
    """Tell whether "the film" goes on as another thing (the film industry), or says what a film is (the
    sequel to Silence).
    """
    follows = words[noun + 1].fold if noun + 1 < len(words) else ""
    derived = words[noun].fold in DERIVED and follows in {"to", "of"}
    return derived or follows in word_set("not_the_film.txt")


def _it(line: Line, i: int) -> Mention:
    """Return what "it" means: after a sentence on the source, what "it was written by" says is its own."""
    m = line.reference(i, i + 1, possessive=line.words[i].fold != "it")
    if _is_about_another(line, i):
        return m._replace(kind=MentionKind.OTHER)
    after = [w.fold for w in line.words[i + 1 : i + 5]]
    if line.view.source and after[:1] in (["was"], ["is"]) and not WRITTEN.isdisjoint(after):
        return m._replace(kind=MentionKind.OTHER)
    return m


def _is_about_another(line: Line, i: int) -> bool:
    """Tell whether "it" at word `i` means what its own sentence is about: "The first film was a hit for its
    story", "The Old Mill was new when it opened".
    """
    words = line.words
    before = words[i - 1].fold if i else ""
    if (
        i > 2
        and before != ","
        and words[0].fold == "the"
        and words[1].fold in EARLIER
        and _title(line, 2) is None
    ):
        return words[2].fold in BARE_NOUNS | {"one"} or line.is_name(2)
    if before not in SUBORDINATING:
        return False
    things = (j for j in range(i - 2) if words[j].fold == "the" and line.is_name(j + 1))
    return any(
        _title(line, j + 1) is None and _title(line, j) is None and _is_subject(line, j + 1) for j in things
    )


def _is_subject(line: Line, i: int) -> bool:
    """Tell whether a name of several words at word `i` is what a sentence says something of."""
    end = run_end(line.words, i)
    return end > i + 1 and end < len(line.words) and line.words[end].fold in {"is", "was"}


def _past_marks(words: Sequence[Word], i: int) -> int:
    """Return the index of the word after a comma before a capital, and a quotation mark."""
    if i + 1 < len(words) and words[i].fold == "," and words[i + 1].capital:
        i += 1
    return i + 1 if i < len(words) and words[i].fold in QUOTES else i


def _recorded(line: Line, i: int) -> Mention | None:
    """Return the full name in the record that begins at word `i`, capitals or not."""
    words, k = line.words, line.position.get(i)
    n = line.lexicon.name_at(line.atoms, k) if k is not None else 0
    if k is None or n == 0 or (n == 1 and not words[i].capital):
        return None
    end = line.at[k + n - 1] + 1
    run = run_end(words, i) if words[i].capital else end
    if run > end and (n == 1 or run == end + 1):
        return None  # part of a longer name: Bill Melendez Productions
    if end < len(words) and words[end].fold == "-" and not words[end].gap and not _is_made_by(words, end):
        return None
    return line.mention(MentionKind.NAME, i, suffix_end(words, end))


def _is_made_by(words: Sequence[Word], hyphen: int) -> bool:
    """Tell whether a hyphen joins a name to what the person did (Garland-directed)."""
    follows = words[hyphen + 1].fold if hyphen + 1 < len(words) else ""
    return follows in word_set("qualifiers.txt")


def _capitalised(line: Line, i: int) -> Mention | None:
    words = line.words
    if not words[i].capital or _is_denied_auxiliary(words, i):
        return None
    if is_plain(words[i].fold):
        end = _opening_title_end(line) if not i else titled_end(words, i)
        return line.mention(MentionKind.NAME, i, end) if end > i else None
    end = _two_names(line, i, run_end(words, i))
    if is_qualified(words, end) or (end == 1 and _opens_without_name(words)):
        return None
    return line.mention(MentionKind.NAME, i, end)


def _opens_without_name(words: Sequence[Word]) -> bool:
    """Tell whether the first word is an adverb or a participle ("Premiering at …") with a capital."""
    first, follows = words[0].fold, words[1].fold if len(words) > 1 else ""
    return first.endswith("ly") or (
        first.endswith("ing") and len(first) > NAMES_IN_ING and follows in PREPOSITIONS
    )


def _is_denied_auxiliary(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i` is the verb of "Do not", "Will not": Do and Will are names otherwise."""
    return i + 1 < len(words) and words[i + 1].fold == "not" and words[i].fold in AUXILIARIES


def _opening_title_end(line: Line) -> int:
    """Return the end of a title that opens the sentence with a contraction (Don't Look Now); 0 for none, as
    where the contraction denies what somebody did (Didn't Ida Holm …).
    """
    words = line.words
    if CONTRACTION.fullmatch(words[0].fold) is None or len(words) < 3 or words[1].fold in given_names():
        return 0
    end = titled_end(words, 0)
    return end if end >= 3 and _two_names(line, 0, end) == end else 0


def _two_names(line: Line, i: int, end: int) -> int:
    """Return where the first of two names without a comma between them ends, the second recorded.

    A title belongs to the name after it (Colonel Hans Landa).
    """
    first = next((j for j in range(i, end) if line.words[j].fold not in TITLES | {"."}), end)
    for j in range(first + 1, end):
        k = line.position.get(j)
        if k is not None and line.words[j].gap:
            reach = j + line.lexicon.name_at(line.atoms, k)
            if reach > max(j + 1, end - 1):
                return j
    return end


def pronoun(words: Sequence[Word], i: int, view: InView) -> tuple[Mention, ...]:
    """Return the people whom "she" or "they" at word `i` can only mean; none in doubt.

    After a sentence that names people as actors alone, the pronoun may be the part played, unless
    "also" or "himself" adds to what was said of the actor.
    """
    fold = words[i].fold
    if not view.people or (fold not in SHE and fold != "they") or (fold in SHE) != (len(view.people) == 1):
        return ()
    if view.actors and ALSO.isdisjoint(w.fold for w in words[i + 1 : i + 4]):
        return ()
    return tuple(Mention(MentionKind.NAME, i, i + 1, p, stands_for=True) for p in view.people)


def in_full(m: Mention, view: InView, lexicon: Lexicon) -> Mention:
    """Return an alias as the name that the record has for it, and a surname alone as the one person whom the
    text has called by it in full.
    """
    if m.kind is not MentionKind.NAME:
        return m
    if lexicon.aliases and (recorded := lexicon.aliases.get(atoms_in(m.text))):
        return m._replace(text=recorded, stands_for=True)
    if " " in m.text or not view.full_names:
        return m
    full = view.full_names.get(read_name(m.text).surname)
    return m._replace(text=full, stands_for=True) if full and full != m.text else m
