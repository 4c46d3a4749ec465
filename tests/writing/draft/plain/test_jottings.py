"""Notes whose marks say what sentences would."""

from __future__ import annotations

import pytest

from service.films import Film
from service.reviews import Note
from service.writing.draft.plain import sentence_of
from service.writing.draft.plain.screening import screen

FILM = Film(id="the-salt-road-1988", title="The Salt Road")


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("chase scenes ++, love story --", "The chase scenes are a plus, the love story a minus."),
        ("first hour >> second hour", "The first hour is better than the second hour."),
        ("the sequel < the play", "The play is better than the sequel."),
        ("comedy → tragedy", "The film goes from comedy to tragedy."),
        ("the clerk: coward -> hero", "The clerk goes from coward to hero."),
        ("a spy in the gang; a mole in the force", "There is a spy in the gang and a mole in the force."),
        ("“we have all day” = the best line", "“We have all day” is the best line."),
        ("“we have all day” – tired of it by the end", "“We have all day”: tired of it by the end."),
        ("the villagers not saints either", "The villagers are not saints either."),
        ("NOISE NOISE NOISE", "Noise, noise, noise."),
        ("salt. dust. wind. never prettier", "Salt. Dust. Wind. Never prettier."),
        ("144 min but flies by", "The film is 144 minutes but flies by."),
        ("3 hr build-up", "3-hour build-up."),
        ("told w/o a word of exposition", "The film is told without a word of exposition."),
        ("dialogue... oof", "Dialogue, oof."),
        ("a market scene, held my breath", "A market scene, held my breath."),
        ("lead = no trace of heroics", "The lead: no trace of heroics."),
        ("first half better than the rest", "The first half is better than the rest."),
        ("no flaw worth naming", "There is no flaw worth naming."),
        ("cried again. 3rd time. age 41", "I cried again. 3rd time. Age 41."),
        ("(slow in the desert, cd be 8 minutes)", "The film is slow in the desert and could be 8 minutes."),
        ("cold / clinical / brilliant", "The film is cold, clinical and brilliant."),
        ("he shouts, which is a) the point b) a strain", "He shouts, which is the point and a strain."),
        ("pure fun - 8/10", "The film is pure fun. The film gets 8/10."),
        ("the trick works", "The trick works."),
        ("the clerk, though", "The clerk, though."),
        ("the clerk quits on a tuesday", "The clerk quits on a Tuesday."),
    ],
)
def test_marks_become_words_or_stand_as_they_are(note: str, sentence: str) -> None:
    assert sentence_of(Note("n1", note), FILM).text == sentence


@pytest.mark.parametrize(
    "note", ["remade a dozen times, nobody got it right", "can you joke about this?", "cried. age 41."]
)
def test_a_remark_is_no_order(note: str) -> None:
    screened = screen([Note("n1", note)], FILM, spoilers=False)

    assert [n.text for n in screened.used] == [note]
    assert not screened.remarks


@pytest.mark.parametrize(
    "note", ["rate it 10", "can you praise the producer?", "score 10 out of 10 in the review"]
)
def test_an_order_is_one_with_a_number_or_a_question_mark(note: str) -> None:
    assert not screen([Note("n1", note)], FILM, spoilers=False).used
