"""The constructions of issue 4 over films of the starter catalogue: what each sentence is, by the record.

`S` supported, `C` contradicted, `N` a claim or none that the record leaves open, `-` no claim at all.
"""

from __future__ import annotations

import pytest

from service.document import parse
from service.facts import Verdict, check
from service.store.catalogue import catalogue

DEPARTED, CASABLANCA = "the-departed-2006", "casablanca-1942"
MATRIX, TITANIC = "the-matrix-1999", "titanic-1997"

SENTENCES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "co-directors and incomplete cast lists": (
        ("S", MATRIX, "The Matrix was directed by Lana and Lilly Wachowski."),
        ("S", MATRIX, "The Matrix was co-directed by Lilly Wachowski."),
        ("C", MATRIX, "The Matrix was directed by Lana Wachowski alone."),
        ("C", MATRIX, "The Matrix was directed by Ridley Scott and Lana Wachowski."),
        ("N", DEPARTED, "The Departed also features Kristen Dalton and Kevin Corrigan."),
        ("C", DEPARTED, "Anna Kendrick plays Colin Sullivan in The Departed."),
    ),
    "profit, loss and ratios": (
        ("S", DEPARTED, "The Departed earned more than three times its budget."),
        ("S", DEPARTED, "The film made back its budget three times over."),
        ("C", DEPARTED, "The Departed lost money at the box office."),
        ("C", DEPARTED, "The film barely broke even."),
        ("N", TITANIC, "Titanic grossed over ten times what it cost."),
        ("N", CASABLANCA, "Casablanca turned a tidy profit."),
    ),
    "counts": (
        ("S", CASABLANCA, "Casablanca was written by three people."),
        ("C", CASABLANCA, "Casablanca was written by two people."),
        ("S", DEPARTED, "The film was written by a single writer."),
        ("S", MATRIX, "The Matrix had two directors."),
        ("C", MATRIX, "The Matrix had only one director."),
        ("N", DEPARTED, "The film won four Academy Awards."),
        ("N", DEPARTED, "The film won five Academy Awards."),
    ),
    "same-person relations": (
        ("S", TITANIC, "The director of Titanic also wrote it."),
        ("S", TITANIC, "James Cameron wrote and directed Titanic."),
        ("C", DEPARTED, "The Departed was written and directed by the same person."),
        ("S", DEPARTED, "Its director did not write the screenplay."),
        ("S", MATRIX, "The people who directed The Matrix also wrote it."),
        ("C", CASABLANCA, "Casablanca's director also composed its music."),
    ),
    "genre lattice": (
        ("S", DEPARTED, "The Departed is a gangster film."),
        ("S", DEPARTED, "The Departed is a crime thriller."),
        ("C", DEPARTED, "The Departed is a romantic comedy."),
        ("S", MATRIX, "The Matrix is a sci-fi film."),
        ("S", CASABLANCA, "Casablanca is a wartime romance."),
        ("C", CASABLANCA, "Casablanca is a horror film."),
    ),
    "remakes, sequels and series": (
        ("S", DEPARTED, "The Departed is a remake of the Hong Kong film Infernal Affairs."),
        ("C", DEPARTED, "The Departed is a remake of Oldboy."),
        ("S", DEPARTED, "The Departed remakes Infernal Affairs."),
        ("C", DEPARTED, "It is a remake of the 1998 film Infernal Affairs."),
        ("S", MATRIX, "The Matrix was followed by The Matrix Reloaded."),
        ("C", DEPARTED, "The Departed is not a remake."),
    ),
    "rating and certification": (
        ("S", DEPARTED, "The Departed is rated R."),
        ("C", DEPARTED, "The Departed was rated PG-13."),
        ("S", DEPARTED, "The MPA gave the film an R rating."),
        ("S", CASABLANCA, "Casablanca carries a PG rating."),
        ("C", CASABLANCA, "Casablanca is rated R in the United States."),
        ("S", DEPARTED, "The R-rated film runs long."),
    ),
    "negation": (
        ("S", DEPARTED, "The Departed was not directed by Michael Mann."),
        ("C", DEPARTED, "The Departed wasn't directed by Martin Scorsese."),
        ("N", DEPARTED, "Brad Pitt does not appear in The Departed."),
        ("C", DEPARTED, "The film never won an Oscar."),
        ("N", CASABLANCA, "Casablanca is not in colour."),
        ("S", DEPARTED, "It isn't a musical."),
        ("C", DEPARTED, "Matt Damon isn't in the film."),
    ),
    "hedges": (
        ("N", DEPARTED, "The Departed was reportedly offered to Michael Mann."),
        ("N", DEPARTED, "The film was supposedly directed by Michael Mann."),
        ("N", DEPARTED, "Some say the film was directed by Michael Mann."),
        ("N", DEPARTED, "The Departed may have been directed by Michael Mann."),
        ("N", DEPARTED, "According to legend, Al Pacino stars in The Departed."),
    ),
    "quantifiers": (
        ("S", DEPARTED, "Only Martin Scorsese directed The Departed."),
        ("C", MATRIX, "Only Lana Wachowski directed The Matrix."),
        ("S", CASABLANCA, "All three writers of Casablanca won an Academy Award."),
        ("S", DEPARTED, "None of the producers directed the film."),
        ("S", DEPARTED, "The film is mostly in English."),
        ("S", CASABLANCA, "Both Epstein brothers wrote Casablanca."),
    ),
    "comparatives": (
        ("S", DEPARTED, "The Departed has more producers than directors."),
        ("N", MATRIX, "The Matrix has fewer directors than producers."),
        ("C", CASABLANCA, "Casablanca had more directors than writers."),
        ("S", DEPARTED, "The film earned more than it cost."),
        ("S", DEPARTED, "The film runs longer than two hours."),
        ("C", CASABLANCA, "Casablanca is longer than two hours."),
        ("S", CASABLANCA, "Casablanca is shorter than two hours."),
    ),
    "questions": (
        ("-", DEPARTED, "Did Michael Mann direct The Departed?"),
        ("-", DEPARTED, "Who would guess that it was made by Michael Mann?"),
        ("-", DEPARTED, "Was it rated PG?"),
    ),
    "pronouns": (
        ("S", DEPARTED, "Martin Scorsese directed The Departed. He won an Academy Award for it."),
        ("C", DEPARTED, "Martin Scorsese directed The Departed. He also wrote the screenplay."),
        ("S", DEPARTED, "The Departed won Best Picture. It was released in 2006."),
        ("C", DEPARTED, "The Departed is long. The film was released in 2009."),
        ("S", TITANIC, "James Cameron made Titanic. He wrote it, too."),
    ),
    "year, season, decade": (
        ("S", DEPARTED, "The Departed came out in the autumn of 2006."),
        ("S", DEPARTED, "The Departed opened in October 2006."),
        ("C", DEPARTED, "The Departed opened in March 2006."),
        ("S", CASABLANCA, "Casablanca is a film of the early 1940s."),
        ("C", CASABLANCA, "Casablanca is a film of the fifties."),
        ("S", CASABLANCA, "Casablanca premiered in New York before it opened across the United States."),
    ),
    "runtime": (
        ("S", DEPARTED, "At 151 minutes, The Departed is long."),
        ("S", DEPARTED, "The Departed runs just over two and a half hours."),
        ("C", DEPARTED, "The Departed clocks in at under two hours."),
        ("S", CASABLANCA, "Casablanca lasts an hour and 42 minutes."),
        ("C", CASABLANCA, "Casablanca is a three-hour film."),
    ),
    "source and author": (
        ("S", CASABLANCA, "Casablanca is based on an unproduced stage play."),
        ("C", CASABLANCA, "Casablanca is based on a novel."),
        (
            "S",
            CASABLANCA,
            "Casablanca is based on the play Everybody Comes to Rick's by Murray Burnett and Joan Alison.",
        ),
        ("C", CASABLANCA, "Casablanca is based on a play by Tennessee Williams."),
        ("C", CASABLANCA, "Casablanca was not based on a play."),
    ),
    "awards": (
        ("S", DEPARTED, "The Departed won the Academy Award for Best Picture."),
        ("S", DEPARTED, "Martin Scorsese won the Oscar for Best Director."),
        ("C", DEPARTED, "Mark Wahlberg won the Oscar for Best Supporting Actor."),
        ("S", DEPARTED, "Mark Wahlberg was nominated for an Academy Award."),
        ("C", CASABLANCA, "Casablanca lost the Academy Award for Best Picture."),
    ),
}
CASES = [
    pytest.param(said, film, text, id=f"{topic}: {text}")
    for topic, sentences in SENTENCES.items()
    for said, film, text in sentences
]


FILMS = {film.id: film for film in catalogue()}


@pytest.mark.parametrize(("said", "film_id", "text"), CASES)
def test_sentences_over_the_starter_catalogue_are_read_as_a_reader_would(
    said: str, film_id: str, text: str
) -> None:
    film = FILMS[film_id]
    verdicts = {c.verdict for c in check(parse(text, titles=film.titles), film).claims}
    if said == "-":
        assert not verdicts
    elif said == "C":
        assert Verdict.CONTRADICTED in verdicts
    elif said == "S":
        assert Verdict.SUPPORTED in verdicts
        assert Verdict.CONTRADICTED not in verdicts
    else:
        assert verdicts <= {Verdict.NOT_IN_METADATA}
