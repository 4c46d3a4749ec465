"""Part-of-speech tags for the words of a note, from HanTa's English model (the BNC's C5 tags).

The tagger reads running prose well and notes fairly; what is known beforehand corrects it: names
of the film's record are names, and a note in capitals is read in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from wordfreq import zipf_frequency

from service.writing.draft.plain.lists import column, ideas, rows
from service.writing.draft.plain.tokens import tokens


class Word(NamedTuple):
    """A word or mark of a note: `text` as it stands, its C5 `tag`, its `lemma` in lower case and
    the offset `start` at which it stands.
    """

    text: str
    tag: str
    lemma: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset after the word."""
        return self.start + len(self.text)

    @property
    def low(self) -> str:
        """Return the word in lower case with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Tell whether this is a word or number and no mark."""
        return self.text[0].isalnum() or (self.text[0] in "'’" and len(self.text) > 1)

    def among(self, *tags: str) -> bool:
        """Tell whether the tag begins with one of `tags`."""
        return self.tag.startswith(tags)


class _Tagger(Protocol):
    """What is used of HanTa's tagger."""

    def tag_sent(self, sent: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return (word, lemma, tag) for each word."""
        ...

    def tag_word(self, word: str) -> list[tuple[str, float]]:
        """Return the tags that a word may have with their log-probabilities."""
        ...


@lru_cache(maxsize=1)
def _tagger() -> _Tagger:
    """Return HanTa's tagger, loaded once (about 0.1 s)."""
    from HanTa import HanoverTagger  # noqa: PLC0415 - the model is read only where notes are

    loaded: _Tagger = HanoverTagger.HanoverTagger("morphmodel_en.pgz")
    return loaded


@lru_cache(maxsize=4096)
def could_be(word: str, tag: str, margin: float = 2.5) -> bool:
    """Tell whether the word taken alone may have `tag`, not much less likely than its best."""
    found = dict(_tagger().tag_word(word.lower()))
    return tag in found and found[tag] >= max(found.values()) - margin


@lru_cache(maxsize=1024)
def tag(text: str, names: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """Return the tagged words of `text`; words among `names` (as written) are proper nouns.

    >>> [w.tag for w in tag("The score is sentimental")]
    ['AT0', 'NN1', 'VBZ', 'AJ0']
    """
    found = tokens(text)
    if not found:
        return ()
    plain = [_straight(t) for t, _ in found]
    tagged = _tagger().tag_sent(plain)
    words = [
        Word(t, _tag_of(t, kind, names), lemma.lower(), at)
        for (t, at), (_, lemma, kind) in zip(found, tagged, strict=True)
    ]
    if words[0].tag == "NP0" and words[0].text not in names and _IDEA.fullmatch(words[0].low):
        words[0] = words[0]._replace(tag="NN1")
    coloured = len(words) > 1 and words[0].tag == "NP0" and words[0].text not in names
    if coloured and could_be(words[0].low, "AJ0", 3) and zipf_frequency(words[0].low, "en") > COMMON:
        words[0] = words[0]._replace(tag="NN1" if words[1].among("AV0") else "AJ0")  # `red everywhere`
    for i in range(len(words)):
        words[i] = _mended(words, i)
    _verb_after_name(words)
    for i, word in enumerate(words[:-2]):
        last = words[i + 2]
        if word.low == "a" and words[i + 1].low in _SOMEWHAT and last.low.endswith("y") and last.tag == "NN1":
            words[i + 2] = last._replace(tag="AJ0")  # `a bit cheesy`
        if word.low == "a" and words[i + 1].low in _SOMEWHAT and words[i + 2].among("AJ", "AV", "VVN", "VVD"):
            words[i : i + 2] = [word._replace(tag="AV0"), words[i + 1]._replace(tag="AV0")]
            if words[i + 2].tag == "VVD":
                words[i + 2] = words[i + 2]._replace(tag="VVN")  # `a bit pleased`
    return tuple(words)


COMMON = 4.0  # Zipf frequency of a word that is no name nobody knows
COLLECTIVE = frozenset(
    {"crew", "team", "police", "couple", "family", "gang", "cast", "audience", "rich", "poor", "pair"}
)


def outside_brackets(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words that stand in no brackets: the grammar of a sentence is theirs."""
    out: list[Word] = []
    depth = 0
    for word in words:
        if word.text == "(":
            depth += 1
        elif word.text == ")":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(word)
    return tuple(out)


_IDEA = re.compile(r"[a-z]{3,}(?:ness|ity|ism|hood|dom|ship)")  # no name, whatever its capital
_OPENS = ("AT0", "DPS", "PNP", "NP0", "DT0", "CRD", "UNC")


def _verb_after_name(words: list[Word]) -> None:
    """Make a verb of the word behind a name that opens a text which has no verb of its own, where it
    ends as one (`Hannah somersaults towards …`) or has an object (`Scott recut it`).
    """
    at = next((i for i, w in enumerate(words) if w.tag != "NP0"), 0)
    if not at or at + 1 >= len(words) or any(w.among("VVZ", "VVD", "VB", "VH", "VD", "VM") for w in words):
        return
    word, after = words[at], words[at + 1]
    if word.tag == "NN2" and after.among("PRP", "AV", "AT0", "DPS", "PNP"):
        words[at] = word._replace(tag="VVZ", lemma=word.low.removesuffix("s"))
    elif (
        word.among("NN1", "AJ0", "UNC", "VVN", "VVB", "VVI")
        and not word.low.endswith("ing")
        and after.among("PNP", "AT0", "DPS")
    ):
        words[at] = word._replace(tag="VVD")


_SOMEWHAT = frozenset({"bit", "tad", "little", "touch", "lot", "shade", "trifle"})
_DEGREES = frozenset({"too", "so", "very", "more", "less", "quite", "rather", "pretty", "really"})


def _mended(words: Sequence[Word], at: int) -> Word:  # noqa: C901, PLR0911, PLR0912 - one line a construction of English
    """Return the word with its tag corrected where its neighbours rule the guess out.

    `cellmates smuggle her` and `drags in the middle` have verbs, `too smooth to` an adjective, and
    what follows an auxiliary is an infinitive.
    """
    word = words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    opening = _mended_opening(word, after) if before is None and after is not None else ""
    if opening:
        return word._replace(tag=opening)
    if word.low == "way" and after is not None and _graded(before, after):
        return word._replace(tag="AV0")
    if word.low == "all" and after is not None and after.among("PRP"):
        return word._replace(tag="AV0")  # `all over the place`
    if word.tag == "VVD" and before is not None and before.lemma in {"be", "feel", "look", "seem", "get"}:
        return word._replace(tag="VVN")
    derived = _derived(word, after, at_first=before is None)
    if derived:
        return word._replace(tag=derived)
    quality = word.tag == "NN1" or (word.tag == "AV0" and word.low.endswith("y"))
    if quality and before is not None and before.tag == "NP0" and could_be(word.low, "AJ0", 6):  # noqa: SIM102 - who stands before, then what follows
        if after is None or after.among("PRP", "PUN", "CJ"):
            return word._replace(tag="AJ0")
    if word.tag == "NN1" and before is not None and before.tag == "NP0" and could_be(word.low, "AJC", 6):
        return word._replace(tag="AJC")
    if word.tag == "VVB" and before is not None and _needs_infinitive(words, at):
        return word._replace(tag="VVI")
    if before is not None and before.low in _DEGREES and word.among("VV") and could_be(word.low, "AJ0", 6):
        return word._replace(tag="AJ0")
    if (
        (
            word.among("NN1", "NN0", "VV")
            and word.low.endswith("y")
            and before is not None
            and before.low in _craft()
        )
        and (after is None or after.among("PUN", "CJ", "PRP"))
        and could_be(word.low, "AJ0", 8)
    ):
        return word._replace(tag="AJ0")
    if word.tag == "VVN" and before is not None and before.among("NN", "NP") and _intransitive(word.lemma):  # noqa: SIM102 - who stands before, then what follows
        if after is None or after.among("PUN", "AV"):
            return word._replace(tag="VVD")
    led = before is None or before.text == ","
    taken = after is not None and (after.among("PNP") or (led and after.low == "my"))
    if word.tag == "VVN" and taken and not _auxiliary(words, at):  # `held my breath`
        return word._replace(tag="VVD")
    if word.low == "that" and word.tag == "CJT" and before is not None and before.among("VV"):  # noqa: SIM102 - who stands before, then what follows
        if after is None or after.among("PUN"):
            return word._replace(tag="DT0")
    if word.low == "saw" and (before is None or before.low == "i") and after is not None:  # noqa: SIM102 - who stands before, then what follows
        if after.among("PNP", "AT0", "DPS", "DT0", "NP0"):
            return word._replace(tag="VVD", lemma="see")
    if word.tag == "VVI" and _plural_before(words, at) and not _needs_infinitive(words, at):
        return word._replace(tag="VVB")
    alone = before is None or (at == 1 and (before.among("AV0", "PNI") or before.low == "neither"))
    if word.tag == "NN2" and alone and after is None and could_be(word.low, "VVZ"):
        return word._replace(tag="VVZ")
    if word.tag == "NN2" and after is not None and could_be(word.low, "VVZ"):
        starts = (
            before is None
            and (word.low not in _craft() or word.low in _COMPOUNDS)
            and (after.among("PRP", "AV", "AJC", "CJS", "AT0", "DPS") or after.low == "like")
        )
        inside = before is not None and before.among("NN1", "NP0") and after.among(*_OPENS)
        if starts or inside:
            return word._replace(tag="VVZ")
    if word.tag == "NN2" and before is not None and _ends_as_verb(words, at):
        return word._replace(tag="VVZ", lemma=word.low.removesuffix("s"))
    if word.tag == "NN2" and before is not None and before.tag == "NN1" and _tells(before, word, after):
        return word._replace(tag="VVZ", lemma=word.low.removesuffix("s"))
    if word.tag == "NN2" and before is not None and before.among("NN1", "NP0") and after is not None:  # noqa: SIM102 - who stands before, then what follows
        if after.among("AT0", "DPS", "PNP"):
            return word._replace(tag="VVZ")
    if (
        (
            word.tag == "VVZ"
            and before is not None
            and before.among("PUN")
            and after is not None
            and after.among("AJ", "AV")
        )
        and at + 2 == len(words)
        and could_be(word.low, "NN2", 6)
    ):
        return word._replace(tag="NN2")
    if before is not None and before.low in COLLECTIVE and word.tag == "NN1" and could_be(word.low, "VVI"):
        return word._replace(tag="VVB")
    if word.among("NN1", "AJ0") and before is not None and after is not None and before.tag == "NN2":  # noqa: SIM102 - who stands before, then what follows
        if after.among(*_OPENS) and could_be(word.low, "VVB", 6):
            return word._replace(tag="VVB")
    return word


def _graded(before: Word | None, after: Word) -> bool:
    """Tell whether `way` is the degree of what follows: `way too loud`, `way overlong`."""
    return after.low in _DEGREES or after.among("AJ") or (before is None and after.low.startswith("over"))


def _mended_opening(word: Word, after: Word) -> str:
    """Return the tag of a text's first word where the second rules the guess out: `love story`, `cried at
    the end`; empty where it doesn't.
    """
    noun = word.tag in {"VVB", "VVI"} and after.tag == "NN1" and could_be(word.low, "NN1", 6)
    if noun and not could_be(after.low, "VVB", 1):
        return "NN1"
    if word.tag in {"VVB", "VVI"} and word.low in _craft() and (after.low == "a" or after.among("AV", "AJ")):
        return "NN1"  # `score a bit loud`
    if word.tag == "VVG" and word.low in _craft() and not after.among("AT0", "DPS", "PNP"):
        return "NN1"  # `pacing slow`
    if word.tag == "VVN" and word.lemma in column("experiencers.tsv", "own") and after.among("PRP", "AV"):
        return "VVD"
    return ""


def _derived(word: Word, after: Word | None, *, at_first: bool) -> str:
    """Return the tag of a word that the tagger doesn't know but whose parts tell: `overlong`,
    `underwritten`, `nerve-racking`, `floored me`; empty where they don't.
    """
    again = re.fullmatch(r"re-?([a-z]{4,})", word.low)
    if again is not None and at_first and word.among("VV", "NN") and could_be(again[1], "VVN", 1):
        return "VVN" if after is not None and not after.among("PNP", "DPS") and after.low != "the" else "VVD"
    prefixed = re.fullmatch(r"(?:over|under)([a-z]{4,})", word.low)
    if prefixed is not None and word.among("VV", "NN"):
        return next((t for t in ("AJ0", "VVN") if could_be(prefixed[1], t)), "")
    if word.among("NN1", "VVG", "UNC") and re.fullmatch(r"[a-z]+-[a-z]+(?:ing|ed)", word.low):
        return "AJ0"
    alone = after is None or after.among("PUN", "CJ")
    if word.among("NN1", "VVG") and word.low.endswith("ing") and alone and _judges(word.low):
        return "AJ0"  # `haunting`
    if word.tag == "VVB" and at_first and (after is None or after.among("PUN")) and word.low in ideas():
        return "NN1"
    regular = word.tag == "NN1" and len(word.low) > 5 and word.low.endswith("ed")
    return "VVD" if regular and after is not None and after.among("PNP", "AT0", "DPS") else ""


def _judges(word: str) -> bool:
    judged = word in column("judgements.tsv") or word in column("polarity.tsv")
    return judged and word not in _craft()


_COMPOUNDS = frozenset({"beats", "cuts", "looks", "moves", "plays", "turns", "cues"})  # `story beats`


def _tells(before: Word, word: Word, after: Word | None) -> bool:
    """Tell whether a form in -s behind a part of the film is its verb: `the middle section sags`."""
    ends = after is None or after.among("PUN", "AV0", "PRP")
    if not ends or word.low in _COMPOUNDS or not could_be(word.low, "VVZ", 1.3):
        return False
    return before.low in {"film", "movie", "section", "half", "act", "part"} or before.low in _craft()


def _ends_as_verb(words: Sequence[Word], at: int) -> bool:
    """Tell whether a form in -s that ends a text behind a determined noun is its verb, `the trick works`, or
    goes on behind `but`: `two hours but flies by`.
    """
    word, before = words[at], words[at - 1]
    after = words[at + 1] if at + 1 < len(words) else None
    if word.low in _COMPOUNDS or not could_be(word.low, "VVZ", 1):
        return False
    if before.low in {"but", "yet"}:
        return after is not None and after.among("PRP", "AV")
    led = words[at - 2] if at > 1 else None
    if led is None or not (led.among("AT0", "DPS", "POS") or led.low in {"this", "that"}):
        return False
    return before.among("NN1", "VVI", "VVB") and (after is None or after.text in {".", "(", ";"})


def _plural_before(words: Sequence[Word], at: int) -> bool:
    """Tell whether a plural noun stands before a word, adverbs between them or none."""
    left = at - 1
    while left > 0 and words[left].among("AV0"):
        left -= 1
    return left >= 0 and words[left].among("NN2", "NN0")


@lru_cache(maxsize=1)
def _uses() -> dict[str, tuple[int, int]]:
    return {r[0]: (int(r[5]), int(r[6])) for r in rows("subjects.tsv")}


def needs_object(lemma: str) -> bool:
    """Tell whether a verb without an object is mostly a passive: `wasted` is `was wasted`."""
    alone, passive = _uses().get(lemma, (1, 0))
    return passive > 2 * alone


def _intransitive(lemma: str) -> bool:
    """Tell whether a verb stands without object much more often than in the passive."""
    alone, passive = _uses().get(lemma, (0, 1))
    return alone > 3 * passive or lemma in {"scream", "bomb", "flop", "cheer", "gasp"}


def _craft() -> frozenset[str]:
    return column("craft.tsv")


def _auxiliary(words: Sequence[Word], at: int) -> bool:
    return any(w.among("VB", "VH") for w in words[max(0, at - 4) : at])


def _needs_infinitive(words: Sequence[Word], at: int) -> bool:
    left = at - 1
    while left >= 0 and words[left].among("XX0", "AV0", "PNP"):
        left -= 1
    if left >= 0 and words[left].among("VM0", "VD", "TO0"):
        return True
    return any(w.lemma in {"make", "let", "help", "see", "watch", "have"} for w in words[max(0, at - 4) : at])


def _straight(token: str) -> str:
    return {"’s": "'s", "n’t": "n't"}.get(token, token.replace("’", "'"))


_FIXED = {
    "i": "PNP", "it": "PNP", "is": "VBZ", "was": "VBD", "are": "VBB", "were": "VBD", "n't": "XX0",
    "not": "XX0", "can": "VM0", "ca": "VM0", "wo": "VM0", "too": "AV0", "also": "AV0", "very": "AV0",
}  # fmt: skip


def _tag_of(text: str, guess: str, names: frozenset[str]) -> str:
    if text in names:
        return "NP0"
    low = text.lower()
    if low in _FIXED:
        return _FIXED[low]
    if not text[0].isalnum() and (len(text) == 1 or text in {"…", "..."}):
        return "PUN"
    if text[0].isdigit() and text[-1].isdigit():
        return "CRD"
    return guess
