"""What the rules offer for a sentence: said together, turned round, and what they leave alone."""

from __future__ import annotations

import asyncio
import re

import pytest

from service.detectors import Finding, Level
from service.document import Operation, Span, parse
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, edit, merging
from service.writing.edit.operations import (
    OPERATIONS,
    clauses,
    frames,
    fronting,
    infinitives,
    members,
    modifiers,
    plain,
    praise,
    relatives,
    sentences,
    tails,
)
from service.writing.edit.place import Place
from service.writing.edit.plan import places
from service.writing.edit.soundness import objection
from tests.fakes.prompts import FakePrompts

Flags = dict[str, str]  # the flagged words, each with the kind of its finding


def sites(text: str, flags: Flags) -> list[Place]:
    """Return the sentences of a text in which these words are flagged."""
    document = parse(text)
    found = []
    for words, kind in flags.items():
        start = document.source.index(words)
        span = Span(start, start + len(words))
        found.append(Finding(kind, "", (span,), Level.MUST, {"film": kind == "repeated_opening"}))
    return places(document, found, frozenset())


def offered(operate: object, text: str, flags: Flags) -> list[str]:
    """Return the texts that an operation offers for the first sentence."""
    assert callable(operate)
    return [c.text for c in operate(sites(text, flags)[0])]


def merged(text: str, flags: Flags) -> list[str]:
    """Return the text with each merge that is offered."""
    contests = merging.contests(sites(text, flags))
    edits = [c.proposals[0].edit for c in contests]
    return [text[: e.span.start] + e.after + text[e.span.end :] for e in edits]


@pytest.mark.parametrize(
    ("text", "flagged", "made"),
    [
        (
            "She repairs clocks. She lives above the shop.",
            "She lives",
            "She repairs clocks and lives above the shop.",
        ),
        (
            "Ilse sold the boat and the nets. Ilse left in May.",
            "Ilse left",
            "Ilse sold the boat and the nets, and left in May.",
        ),
    ],
)
def test_neighbours_of_one_subject_are_said_together(text: str, flagged: str, made: str) -> None:
    assert merged(text, {flagged: "repeated_phrase"}) == [made]


@pytest.mark.parametrize(
    "text",
    [
        "She repairs clocks. He lives above the shop.",  # somebody else
        "Ilse repairs clocks. She lives above the shop.",  # perhaps somebody else
        "She repaired clocks. She lives above the shop.",  # another time
        "She repairs clocks because the shop is hers. She lives above it.",  # two clauses already
        "She repairs clocks; some are old. She lives above the shop.",
        "Does she repair clocks? She lives above the shop.",
    ],
)
def test_sentences_that_are_not_alike_stay_apart(text: str) -> None:
    opening = re.split(r"(?<=[.?]) ", text)[1][:8]
    assert merged(text, {opening: "repeated_phrase"}) == []


def test_a_closing_clause_may_open_a_sentence_that_opens_like_others() -> None:
    text = "The film won no prize, although the harbour scenes are superb."
    assert offered(fronting.offer, text, {"The film": "repeated_opening"}) == [
        "Although the harbour scenes are superb, the film won no prize."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The film won no prize, as did the book.",  # no clause of its own
        "The film won no prize and left no trace, although it is superb.",  # which of the two?
        "The film won no prize.",
    ],
)
def test_what_has_no_clause_to_begin_with_is_not_turned_round(text: str) -> None:
    assert offered(fronting.offer, text, {"The film": "repeated_opening"}) == []


def test_a_member_of_a_list_goes_only_where_it_says_nothing() -> None:
    text = "The film is about debt, grief, and timeless beauty."
    assert "The film is about debt and grief." in offered(members.offer, text, {"timeless beauty": "cliche"})
    assert offered(members.offer, text, {"grief": "overused_word"}) == []


def test_a_member_that_ends_in_the_noun_of_all_stays() -> None:
    text = "It offers guests a fresh, healthy, and innovative dining experience."
    assert offered(members.offer, text, {"innovative dining experience": "cliche"}) == []


def test_an_adjective_that_compares_stays() -> None:
    text = "She emerges as a more layered figure because nobody explains her."
    assert offered(praise.offer, text, {"more layered": "cliche"}) == []


@pytest.mark.parametrize(
    ("operate", "text", "flagged"),
    [
        (clauses.offer, "They learn that courage, patience, and luck are the keys.", "courage, patience"),
        (clauses.offer, "It is a timeless road that winds and climbs.", "timeless road"),
        (clauses.offer, "The boats were beautifully built and filmed in Graz.", "beautifully built"),
        (tails.offer, "It ends well, reminding us that, come what may, we can row.", "reminding us that"),
        (modifiers.offer, "The cast delivers stellar performances, with Ilse as the judge.", "stellar"),
    ],
)
def test_what_hangs_on_the_words_keeps_them(operate: object, text: str, flagged: str) -> None:
    made = offered(operate, text, {flagged: "cliche"})
    assert not [t for t in made if " we can row" in t and "reminding us that" not in t]
    assert not [
        t
        for t in made
        if t.startswith(("Luck are", "It climbs", "The boats filmed", "The cast delivers performances"))
    ]


def test_nothing_shows_a_word_or_two_or_what_is_a_reminder_too() -> None:
    for text in (
        "The pier stands as a testament to its past.",
        "The pier is a testament to hope.",
        "The pier is a testament to building a boat by hand.",
        "The pier is a testament to the work of her hands and a stark reminder of the flood.",
    ):
        made = offered(frames.offer, text, {text[:-1]: "cliche"}) + offered(
            plain.offer, text, {text[:-1]: "cliche"}
        )
        assert all("shows" not in t for t in made)
    text = "The pier stands as a testament to the work of her hands."
    assert "The pier shows the work of her hands." in offered(frames.offer, text, {"a testament": "cliche"})


def test_to_be_takes_the_form_that_its_auxiliary_asks_for() -> None:
    text = "The pier will serve as a harbour for ferries."
    assert offered(frames.offer, text, {"serve as": "cliche"}) == ["The pier will be a harbour for ferries."]


@pytest.mark.parametrize(
    ("operate", "text", "flagged"),
    [
        (modifiers.offer, "It shows the almost timeless nature of verse.", "timeless nature"),
        (members.offer, "It has steady camera moves and timeless uses of light.", "timeless uses"),
        (
            tails.offer,
            "The score is an epic, sweeping orchestral piece that lasts.",
            "sweeping orchestral piece",
        ),
    ],
)
def test_half_a_phrase_is_never_cut(operate: object, text: str, flagged: str) -> None:
    assert offered(operate, text, {flagged: "cliche"}) == []


def test_the_comma_goes_with_the_second_of_two_adjectives() -> None:
    text = "It creates a rich, immersive world of brass."
    assert all("rich, world" not in t for t in offered(modifiers.offer, text, {"immersive world": "cliche"}))
    text = "Its story, memorable characters, and debt are told."
    assert all("story characters" not in t for t in offered(modifiers.offer, text, {"memorable": "cliche"}))


def test_half_a_subject_is_never_cut() -> None:
    text = "Breathtaking magic and a strike are its themes."
    assert all("are" not in t or " and " in t for t in offered(members.offer, text, {"magic": "cliche"}))


def test_an_adjective_that_tells_two_things_apart_stays() -> None:
    text = "It shows new love, lost love, and enduring love."
    assert offered(praise.offer, text, {"enduring love": "cliche"}) == []
    assert offered(modifiers.offer, text, {"enduring": "cliche"}) == []


def test_a_tail_ends_where_its_list_ends() -> None:
    text = "The score is quiet, adding a sense of love, grief, and guilt to it."
    made = offered(tails.offer, text, {"adding a sense of love, grief": "cliche"})
    assert set(made) == {"The score is quiet."}


def test_a_sentence_that_the_next_leans_on_stays() -> None:
    text = "Timeless magic fills a campaign in Leith. The campaign doubled its sales."
    assert offered(sentences.offer, text, {"Timeless magic fills a campaign in Leith": "cliche"}) == []


def test_a_question_is_not_cut_from_its_answer() -> None:
    text = "The timeless emotional magic? Predictable but effective."
    assert offered(sentences.offer, text, {"The timeless emotional magic": "cliche"}) == []


@pytest.mark.parametrize(
    ("operate", "text", "flagged"),
    [
        (relatives.offer, "It shows the quiet love that fills the timeless harbour.", "timeless harbour"),
        (relatives.offer, "You can sail to islands that hold a timeless magic.", "timeless magic"),
        (infinitives.offer, "Ilse uses the lamp to create timeless magic.", "create timeless magic"),
        (infinitives.offer, "The strike is a lesson in timeless magic.", "timeless magic"),
        (praise.offer, "It shows small boats and stunning scenery.", "stunning scenery"),
        (praise.offer, "She films it with stunning precision.", "stunning precision"),
        (praise.offer, "The subplot adds an emotional tale to the film.", "emotional tale"),
        (praise.offer, "It is the work of the visionary painter, Ilse Hald, of Graz.", "visionary painter"),
        (praise.offer, "The novel is full of magical realism and salt.", "magical realism"),
        (praise.offer, "The pier offers breathtaking vistas.", "breathtaking vistas"),
        (praise.offer, "The reward is a breathtaking vista.", "breathtaking vista"),
        (modifiers.offer, "The plot is masterfully woven.", "masterfully woven"),
        (clauses.offer, "It tells of magic, love, and hope that she says is hers.", "magic, love"),
        (
            tails.offer,
            "It is a tale of debt, showing the magic, grief, and guilt that fill it.",
            "showing the magic",
        ),
    ],
)
def test_what_the_sentence_needs_is_never_cut(operate: object, text: str, flagged: str) -> None:
    assert offered(operate, text, {flagged: "cliche"}) == []


@pytest.mark.parametrize(
    "said", ["Sure, I can write that.", "Let me know if you need more.", "As an AI, I have no eyes."]
)
def test_what_an_assistant_says_to_who_asked_goes(said: str) -> None:
    place = sites(f"{said} The pier burns.", {said[:8]: "leaked_instruction"})[0]
    assert [c.text for c in sentences.offer(place)] == [""]


def test_a_label_goes_from_its_sentence() -> None:
    assert "The pier burns." in offered(frames.offer, "Conclusion: The pier burns.", {"Conclusion": "cliche"})


def test_an_answer_stays_with_its_question() -> None:
    place = sites("The result? A stunning, timeless film.", {"A stunning, timeless film": "cliche"})[1]
    assert list(sentences.offer(place)) == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ilse has resonated with audiences.", ["Ilse has spoken to audiences."]),
        ("She delves deeper into the archive.", ["She goes deeper into the archive."]),
        ("We are embarking on a voyage.", ["We are beginning a voyage."]),
        ("The law was transcended by grace.", []),
        ("Delve into the harbour.", []),
        ("It stands against the backdrop of 1920s Graz.", []),
        ("It is set against the backdrop of 1920s Graz.", ["It is set in 1920s Graz."]),
    ],
)
def test_plain_words_take_the_form_and_the_place_of_what_they_stand_for(text: str, made: list[str]) -> None:
    assert offered(plain.offer, text, {text[:-1]: "cliche"}) == made


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The pier doesn't just serve as a stage; it becomes a friend.", True),
        ("The pier doesn't just hold boats. It becomes a friend.", True),
        ("The pier doesn't just hold boats. It also holds a school.", False),
    ],
)
def test_not_only_is_left_where_it_sets_one_thing_against_another(text: str, kept: bool) -> None:
    offers = offered(frames.offer, text, {text[:8]: "cliche"})
    assert all("doesn't just" in t for t in offers) is kept


def test_a_sentence_is_not_turned_round_to_begin_with_a_pronoun() -> None:
    text = "The film won no prize, although it is superb."
    assert offered(fronting.offer, text, {"The film": "repeated_opening"}) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Boats came, shops grew, and the pier was timeless.", "Boats came, shops grew.", "the list ends"),
        ("A tale of hope, loss, and friendship.", "A tale of hope, loss.", "the list ends"),
        ("It was made by the **great Ilse**.", "It was made by Ilse**.", "half of a pair"),
        ("From cliffs by the sea to villages, it shows Crete.", "From cliffs, it shows Crete.", "other half"),
        ("Light is a key element in telling of grief.", "Light is a key element.", "says nothing"),
    ],
)
def test_what_is_left_must_be_a_sentence(old: str, new: str, why: str) -> None:
    assert why in objection(old, new)


def edited(content: str, max_cut: float) -> EditResult:
    request = EditRequest(content=content, max_cut=max_cut)
    return asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))


COPY = """In the realm of cinema, few lamps touch the hearts of audiences worldwide. It was shot in Leith.

Few Lamps is a timeless masterpiece that has left an indelible mark on viewers. It cost 40,000 pounds.

Few Lamps is a testament to the power of love. It takes viewers on an emotional rollercoaster. Dora sells oil.
"""


@pytest.mark.parametrize("most", [0.05, 0.2, 0.5])
def test_no_more_words_go_than_may(most: float) -> None:
    before, after = parse(COPY).words, edited(COPY, most).document.words
    assert before * (1 - most) <= after


def film_merges(text: str, *openings: str) -> list[str]:
    """Return the text with each merge that is offered where these openings are the film."""
    document = parse(text)
    starts = [document.source.index(o) for o in openings]
    spans = tuple(Span(s, s + len(o)) for s, o in zip(starts, openings, strict=True))
    found = [Finding("repeated_opening", "", spans, Level.MUST, {"film": True})]
    edits = [c.proposals[0].edit for c in merging.contests(places(document, found, frozenset()))]
    return [text[: e.span.start] + e.after + text[e.span.end :] for e in edits]


def test_it_is_the_film_only_where_it_can_be_nothing_else() -> None:
    assert film_merges("The film won a prize. It was lost in the post.", "The film", "It") == []
    assert film_merges("The film is a drama. It has no score.", "The film", "It") == [
        "The film is a drama and has no score."
    ]


def test_the_fewer_words_may_go_the_more_stay() -> None:
    kept = [edited(COPY, most).document.words for most in (0.05, 0.2, 0.5)]
    assert kept == sorted(kept, reverse=True)


def test_every_operation_leaves_a_sentence_that_nothing_flags() -> None:
    place = sites("The strike lasts nine weeks, and the pier burns.", {})[0]
    assert [c for operate in OPERATIONS for c in operate(place) if c.operation is not Operation.REWRITE] == []
