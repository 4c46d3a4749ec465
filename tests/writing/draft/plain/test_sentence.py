"""One note becomes plain sentences: completed, tidied, and faithful to its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.films import CastMember, Film
from service.reviews import Note, SectionName
from service.writing.draft.plain import sentence_of
from service.writing.draft.plain.content import content, faithful
from service.writing.draft.plain.sentence import drafts
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.tidy import tidy
from tests.writing.draft.plain.samples import HARBOUR, all_notes, catalogue

FILMS = catalogue()
NOTES = all_notes()
CASES = [
    # a noun phrase gets the frame that its noun asks for
    ("great chemistry between the brothers", "The film has great chemistry between the brothers."),
    ("a fire in the boathouse", "There is a fire in the boathouse."),
    ("one long argument", "The film is one long argument."),
    ("best courtroom drama of the year", "The film is the best courtroom drama of the year."),
    ("no music at all", "There is no music at all."),
    # a verb gets its subject: the film, or the writer
    ("drags in the middle", "The film drags in the middle."),
    ("feels like a play", "The film feels like a play."),
    ("loved the storm", "I loved the storm."),
    ("couldn't look away", "I couldn't look away."),
    ("see it in winter", "See it in winter."),
    # an adjective or a participle gets subject and verb
    ("too long by half an hour", "The film is too long by half an hour."),
    ("slow, grey, worth it", "The film is slow, grey and worth it."),
    ("shot on a real trawler", "The film is shot on a real trawler."),
    (
        "remade in four countries, and it's easy to see why",
        "The film was remade in four countries, and it's easy to see why.",
    ),
    # a noun with its predicate gets the verb, and an article where one belongs
    ("cinematography cold at sea, warm indoors", "The cinematography is cold at sea and warm indoors."),
    ("visuals stunning, script thin", "The visuals are stunning and the script is thin."),
    ("Tom Weller at his best", "Tom Weller is at his best."),
    ("score is sentimental", "The score is sentimental."),
    ("last shot = perfect", "The last shot is perfect."),
    # headers
    (
        "Joseph Kane: stubborn fisherman, wrongly suspected",
        "Joseph Kane is a stubborn fisherman, wrongly suspected.",
    ),
    ("Mara Lind: steals every scene", "Mara Lind steals every scene."),
    ("tight: not a scene too many", "The film is tight: not a scene too many."),
    # several verbs, several clauses
    ("starts as farce, turns into tragedy", "The film starts as farce and turns into tragedy."),
    ("the uncle lies, the brothers don't", "The uncle lies; the brothers don't."),
    (
        "a man locked in a net loft for a week, no idea why",
        "A man is locked in a net loft for a week, with no idea why.",
    ),
    # marks, shorthand, case
    ("- score w/ too many strings & no tune", "The film has a score with too many strings and no tune."),
    ("LOUD AND STUPID", "The film is loud and stupid."),
    ("tom weller carries the film", "Tom Weller carries the film."),
    ("starts well... then collapses", "The film starts well and then collapses."),
    ("why does he go back?", "Why does he go back?"),
    ("8/10", "The film gets 8/10."),
    ("Rating: 4/5", "The film gets 4/5."),
    ("★★★½", "The film gets ★★★½."),
    ("★ drags", "The film drags."),
    ("**Stunning** ending!!!", "The stunning ending!"),
    # a note-taker's own shorthand
    ("never been to Orkney so can't judge", "I have never been to Orkney, so I can't judge."),
    (
        "Orkney, 1911: two brothers quarrel over a boat",
        "In Orkney in 1911, two brothers quarrel over a boat.",
    ),
    ("Mara Lind as the aunt, best thing in it", "Mara Lind as the aunt is the best thing in it."),
    ("the storm scene - couldn't look", "The storm scene: I couldn't look."),
    ("Weller's silence, never lets you rest", "Weller's silence never lets you rest."),
    ("be warned, not for children", "Be warned: the film is not for children."),
    ("two plays in one and they rhyme", "There are two plays in one, and they rhyme."),
    ("quiet film, huge ending", "It is a quiet film with a huge ending."),
    ("fog, nets, tarred wood", "There is fog, nets and tarred wood."),
    ("Lind: not one false note", "Lind: not one false note."),
    ("Weller mugging through the first reel", "Weller is mugging through the first reel."),
    ("won two prizes, deserved more", "The film won two prizes and deserved more."),
    ("pace glacial, wouldn't cut a second", "The pace is glacial, and I wouldn't cut a second."),
    ("saw it twice, cried twice", "I saw it twice and cried twice."),
    ("Lind wasted, the ending made no sense", "Lind is wasted; the ending makes no sense."),
    ("gulls still circle the pier", "Gulls still circle the pier."),
    ("what does it mean to go back", "What does it mean to go back?"),
    ("4 stars out of 5 (3 for the end)", "The film gets 4 stars out of 5 (3 for the end)."),
    # what a tagger of running prose reads otherwise
    ("fight choreography sharp, never silly", "The fight choreography is sharp and never silly."),
    ("ghost story about two brothers", "The film is a ghost story about two brothers."),
    ("sobbed at the funeral", "I sobbed at the funeral."),
    ("pacing slow in second half", "The pacing is slow in the second half."),
    ("score way too loud", "The score is way too loud."),
    ("Lind colder, harder to like", "Lind is colder and harder to like."),
    ("score: haunting", "The score is haunting."),
    ("Lind: all over the place", "Lind is all over the place."),
    (
        "wouldn't call it a classic, but it stayed with me",
        "I wouldn't call it a classic, but it stayed with me.",
    ),
    ("had trouble telling the brothers apart", "I had trouble telling the brothers apart."),
    ("burying the nets = saddest moment", "Burying the nets is the saddest moment."),
    ("Lind wiping the glass = best moment", "Lind wiping the glass is the best moment."),
    ("more sermon than drama", "The film is more sermon than drama."),
    ("slower than I expected", "The film is slower than I expected."),
    (
        "good lead performance, esp. last scene",
        "The film has a good lead performance, especially the last scene.",
    ),
    ("two smugglers, neither talks", "There are two smugglers, and neither talks."),
    ("a boat going down at night, terrifying", "A boat going down at night is terrifying."),
    ("Lind, in two parts, barely speaks", "Lind, in two parts, barely speaks."),
    (
        "Lind all in grey, barely moves, fills the frame",
        "Lind, all in grey, barely moves and fills the frame.",
    ),
    ("subplot: sudden, handled honestly", "The subplot is sudden and handled honestly."),
    ("wanted more sea less talk", "I wanted more sea and less talk."),
    ("fun for 90 min <3", "The film is fun for 90 minutes."),
    ("better than the book, fight me", "The film is better than the book."),
    ("2/5, dull on a train", "The film gets 2/5. Dull on a train."),
    ("night scenes strongest part", "The night scenes are the strongest part."),
    ("not thriller really, more of a lament", "The film is not thriller really, more of a lament."),
    ("clever but it drags", "The film is clever, but it drags."),
    ("geography of the harbour always clear", "Geography of the harbour is always clear."),
    ("manipulative score, strings all day", "The film has a manipulative score, strings all day."),
    ("great, incl. the gulls", "The film is great, including the gulls."),
    ("adorable w/out being sweet", "The film is adorable without being sweet."),
    ("score a bit cheesy at sea", "The score is a bit cheesy at sea."),
    # what leans on the sentence before it
    ("Weller hams it up. Way too much", "Weller hams it up. Way too much."),
    ("the plot is thin. didn't matter", "The plot is thin. It doesn't matter."),
    ("villain is stiff. can't act", "The villain is stiff. Can't act."),
    ("the end is wild. can't stop thinking about it", "The end is wild. I can't stop thinking about it."),
    ("justice? no. being believed", "Justice? No. Being believed."),
    # tense: the film in the present, what happened to it and to the writer in the past
    ("Lind was superb and carried every scene", "Lind is superb and carries every scene."),
    ("the ending felt rushed", "The ending feels rushed."),
    ("I was moved when it ended", "I was moved when it ended."),
    ("Lind was cast a week before the shoot", "Lind was cast a week before the shoot."),
    # ratings, ideas, persons
    ("pure fun 8 out of 10", "The film is pure fun. The film gets 8 out of 10."),
    ("9/10. no wait, 8", "The film gets 9/10. No wait, 8."),
    ("luck, and who has it", "The film is about luck, and who has it."),
    ("Mara Lind, bored and dangerous", "Mara Lind is bored and dangerous."),
    ("took my nephew, he hid", "I took my nephew; he hid."),
    ("the storm scene: hid behind my hands", "The storm scene: I hid behind my hands."),
    ("not sure it works", "I am not sure it works."),
    ("a bit pleased with itself", "The film is a bit pleased with itself."),
    (
        "Some of it lost for ever, title cards fill the gaps",
        "Some of it is lost for ever; title cards fill the gaps.",
    ),
    ("I came, I saw, I slept", "I came, I saw, I slept."),
    (
        "Lind finally given everything to do and does it",
        "Lind is finally given everything to do and does it.",
    ),
    # slips
    ("definately better then the book", "The film is definitely better than the book."),
    ("didnt need the gulls", "The film doesn't need the gulls."),
    ("I cried", "I cried."),
    (
        "worst - the android reveal, looks rubbery now",
        "The worst is the android reveal, which looks rubbery now.",
    ),
    ("wasted: Ida Holm, barely there", "Ida Holm is wasted, barely there."),
    ("not a word wasted on backstory", "Not a word is wasted on backstory."),
    ("not much plot. Don't care.", "There is not much plot. I don't care."),
    ("women rescuing themselves", "There are women rescuing themselves."),
    ("Catholic ritual at its best", "The Catholic ritual is at its best."),
    ("The diver grunts. Fine.", "The diver grunts. Fine."),
    ("storm!!! still works", "The storm! It still works."),
    ("Ida Holm: rowing scene, mending her own net", "Ida Holm: rowing scene, mending her own net."),
    ("The sea is the villain.", "The sea is the villain."),
]


@pytest.mark.parametrize(("note", "sentence"), CASES, ids=[c[0][:30] for c in CASES])
def test_a_note_becomes_the_sentence_its_grammar_asks_for(note: str, sentence: str) -> None:
    assert sentence_of(Note("n1", note), HARBOUR).text == sentence


def test_a_sentence_names_its_note() -> None:
    assert sentence_of(Note("n7", "drags"), HARBOUR).sources == ("n7",)


def test_the_title_of_the_film_is_not_split_at_its_full_stop() -> None:
    film = Film(id="x", title="Dr. Storm: No. 9")
    assert sentence_of(Note("n1", "Dr. Storm: No. 9 is a mess"), film).text.count("mess.") == 1


def test_a_subjectless_verb_of_a_person_is_not_said_of_the_film() -> None:
    text = "goes to prison for a theft he did not commit"
    (alone,) = drafts(text, HARBOUR, SectionName.PLOT)
    (after,) = drafts(text, HARBOUR, SectionName.PLOT, "Joseph")
    assert "film" not in alone.sentence
    assert after.sentence.startswith("Joseph goes to prison")


def _check(text: str, film: Film, section: SectionName | None) -> None:
    made = drafts(text, film, section)
    sources = parts(tidy(text, film), film)
    spoken = " ".join(d.sentence for d in made)
    assert faithful(" ".join(sources), spoken), (text, spoken)
    for draft in made:
        assert draft.sentence[-1] in '.!?…”"’)', draft
        assert not re.search(r"\s{2}|\s[,.;!?](?:\s|$)", draft.sentence), draft.sentence


@pytest.mark.parametrize("section", [None, *SectionName])
def test_every_note_keeps_its_content_words_and_gains_none(section: SectionName | None) -> None:
    for film, note in NOTES:
        _check(note.text, FILMS[film], section)


_MANGLES = st.sampled_from(["lower", "upper", "nostop", "commas", "halves", "swap", "dash", "drop"])


def _mangled(text: str, how: str, at: int) -> str:  # noqa: PLR0911 - one line a construction of English
    words = text.split()
    at %= len(words)
    match how:
        case "lower":
            return text.lower()
        case "upper":
            return text.upper()
        case "nostop":
            return text.rstrip(".!?")
        case "commas":
            return text.replace(" and ", ", ")
        case "halves":
            return " ".join(words[at:])
        case "swap":
            return " ".join(words[at:] + words[:at])
        case "dash":
            return " ".join(words[:at]) + " - " + " ".join(words[at:])
        case _:
            return " ".join(w for i, w in enumerate(words) if i != at)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NOTES), _MANGLES, st.integers(0, 30), st.sampled_from(list(SectionName)))
def test_a_mangled_note_keeps_its_content_words_too(
    note: tuple[str, Note], how: str, at: int, section: SectionName
) -> None:
    text = _mangled(note[1].text, how, at)
    if any(c.isalnum() for c in text):
        _check(text, FILMS[note[0]], section)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    for draft in drafts(text, HARBOUR):
        assert draft.sentence


def test_content_leaves_function_words_out_and_counts_the_rest() -> None:
    assert content("The score is too loud, and the score is on") == {"score": 2, "loud": 1}


def test_an_added_word_is_not_faithful() -> None:
    assert not faithful("score loud", "The score is wonderfully loud.")


def test_a_dropped_word_is_not_faithful() -> None:
    assert not faithful("score far too loud", "The score is too.")


def test_a_name_in_lower_case_gets_its_capitals_back() -> None:
    film = Film(id="x", title="X", cast=(CastMember("Aamir Dray", ("Rohan",)),))
    assert sentence_of(Note("n1", "aamir dray is fine, the rest is silence"), film).text.startswith(
        "Aamir Dray"
    )
