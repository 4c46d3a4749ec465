"""How sentences and paragraphs open: the words, and whether they name the film."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from service.detectors.analysis import Analysis, SentenceWords
from service.detectors.lexicon import markers
from service.films.vocabulary import TITLE_KINDS

FILM_WORDS = frozenset({"film", "movie", "picture", "feature", "motion", "documentary", "flick"})
LABEL = 5  # words at most in the label of a list item
POINTERS = frozenset({"the", "this"})
# "It is this scene that …", "It is hard to …": there the word points at nothing.
EMPTY_AFTER_BE = frozenset(
    {"this", "these", "that", "the", "not", "no", "as", "only", "also", "here", "there"}
    | {"hard", "easy", "difficult", "impossible", "clear", "worth", "true"}
)


class Opening(NamedTuple):
    """The first words of a sentence: word indices `[start, end)` of what names the film (empty where
    nothing does), whether that is a pronoun, and whether the sentence opens a paragraph. `start` lies
    after a discourse marker: "In the end, the film …" opens with the film all the same.
    """

    sentence: SentenceWords
    start: int
    end: int
    pronoun: bool
    paragraph: bool

    def after_marker(self) -> Opening:
        """Return the opening with the discourse marker left out of its sentence."""
        if self.start == self.sentence.start:
            return self
        return self._replace(sentence=self.sentence._replace(start=self.start))

    @property
    def film(self) -> bool:
        """Tell whether the sentence opens by naming the film."""
        return self.end > self.start


def openings(analysis: Analysis) -> Iterator[Opening]:
    """Yield the openings of all sentences but headings and single words, in order."""
    block = -1
    for number, sentence in enumerate(analysis.sentences):
        if sentence.heading or sentence.end - sentence.start < 2 or (not number and _titles(analysis)):
            continue
        sentence = _unlabelled(analysis, sentence)  # noqa: PLW2901 - what stands before a colon is a label
        start = _after_marker(analysis, sentence)
        length = _title(analysis, start) or _film_word(analysis, start)
        pronoun = not length and _it(analysis, start, sentence.end)
        end = start + (1 if pronoun else length)
        yield Opening(sentence, start, end, pronoun, sentence.block != block)
        block = sentence.block


def _titles(analysis: Analysis) -> bool:
    """Tell whether the text begins with a line of its own that ends as a title does: without a stop."""
    first, *rest = analysis.sentences[:2]
    alone = bool(rest) and rest[0].block != first.block
    return alone and first.sentence.text.rstrip()[-1:].isalnum()


def _unlabelled(analysis: Analysis, sentence: SentenceWords) -> SentenceWords:
    """Return the sentence without the label of a list item ("Lighting: The film often …")."""
    words = analysis.words
    for k in range(sentence.start + 1, min(sentence.start + LABEL + 1, sentence.end - 1)):
        if words[k].clause != words[k - 1].clause:
            between = analysis.document.source[words[k - 1].span.end : words[k].span.start]
            return sentence._replace(start=k) if ":" in between else sentence
    return sentence


def _after_marker(analysis: Analysis, sentence: SentenceWords) -> int:
    """Return where the sentence begins after a discourse marker and its comma."""
    words = analysis.words
    for k in range(sentence.start + 1, min(sentence.start + LABEL + 1, sentence.end - 1)):
        if words[k].comma:
            said = " ".join(w.fold for w in words[sentence.start : k])
            return k if said in markers() else sentence.start
    return sentence.start


def _title(analysis: Analysis, start: int) -> int:
    """Return how many words from `start` on are a title of the film."""
    mask = analysis.words[start].mask
    if not analysis.words[start].masked or analysis.matches[mask].term.kind not in TITLE_KINDS:
        return 0
    end = start
    while end < len(analysis.words) and analysis.words[end].mask == mask:
        end += 1
    return end - start


def _film_word(analysis: Analysis, start: int) -> int:
    """Return 2 for "The film", "This movie"; their possessives open with the film, too."""
    first, second = analysis.words[start : start + 2]
    return 2 if first.fold in POINTERS and second.fold in FILM_WORDS else 0


def _it(analysis: Analysis, start: int, end: int) -> bool:
    words = analysis.words[start : min(start + 3, end)]
    if words[0].fold == "it" and len(words) == 3:
        return not (words[1].stem in {"be", "not"} and words[2].fold in EMPTY_AFTER_BE)
    return words[0].fold == "it's" and words[1].fold not in EMPTY_AFTER_BE
