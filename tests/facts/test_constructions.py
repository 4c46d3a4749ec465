"""Every construction that the checker must read, by topic: sentences that are true and others that are not.

`docs/kinds.md` has the same topics with the kinds that read them; the first test holds the two together.
"""

from __future__ import annotations

import pytest

from service.facts import Verdict, decide
from service.films import (
    AudienceRating,
    Award,
    CastMember,
    Certificate,
    Film,
    Money,
    RelatedFilm,
    Release,
    SourceWork,
)
from tests.conftest import ROOT

FILM = Film(
    id="k1",
    title="The Long Harbour",
    year=1999,
    original_title="Den långa hamnen",
    releases=(
        Release("1999-05-03", "Sweden"),
        Release("1999-06-11", "United States"),
        Release("1999-09-02", "Japan"),
    ),
    runtime_minutes=127,
    directors=("Ana Lindqvist", "Tomás Reyes"),
    writers=("Ana Lindqvist", "Ed Ames Jr."),
    screenplay=("Ana Lindqvist",),
    story=("Ed Ames Jr.",),
    producers=("Priya Nair",),
    music=("Hugo Brandt",),
    cinematography=("Piet Vos",),
    editors=("Ana Lindqvist",),
    cast=(
        CastMember("Ida Holm", ("Vera Stone",)),
        CastMember("Bong Joon-ho", ("Tom Reed",)),
        CastMember("Ana Lindqvist", ("The Nurse",)),
    ),
    production_companies=("Northlight Pictures", "Blue Door"),
    distributors=("Northlight Pictures",),
    countries=("Sweden", "France"),
    languages=("Swedish", "French"),
    genres=("Crime", "Thriller"),
    budget=Money(4_000_000),
    box_office=Money(13_000_000),
    based_on=(SourceWork("Harbour", ("Ed Ames Jr.",), "novel"),),
    awards=(
        Award("Academy Awards", "Best Picture", 2000),
        Award("Academy Awards", "Best Director", 2000, recipients=("Ana Lindqvist",)),
        Award("Academy Awards", "Best Actress", 2000, won=False, recipients=("Ida Holm",)),
    ),
    related=(
        RelatedFilm("remake_of", "Silence", 1985),
        RelatedFilm("sequel", "Harbour Nights", 2003),
        RelatedFilm("sequel_of", "The Short Harbour", 1996),
        RelatedFilm("remake", "Uzun Liman", 2019, "Turkey"),
    ),
    certificates=(Certificate("MPA", "PG-13"),),
    ratings=(AudienceRating("IMDb", 7.1),),
    complete=frozenset(
        {
            "directors",
            "writers",
            "screenplay",
            "producers",
            "music",
            "cinematography",
            "editors",
            "awards",
            "production_companies",
            "distributors",
            "countries",
            "languages",
        }
    ),
    aliases={"Ida Holm": ("Ida Berg",)},
)

Topic = tuple[tuple[str, ...], tuple[str, ...]]

TOPICS: dict[str, Topic] = {
    "active voice": (
        (
            "Ana Lindqvist and Tomás Reyes directed the film.",
            "Hugo Brandt composed the score for the film.",
            "Piet Vos shot the film.",
        ),
        (
            "Jane Doe directed the film.",
            "Jane Doe composed the score for the film.",
            "Jane Doe edited the film.",
        ),
    ),
    "passive voice": (
        (
            "The film was directed by Ana Lindqvist and Tomás Reyes.",
            "The screenplay was written by Ana Lindqvist.",
            "It was produced by Priya Nair.",
        ),
        (
            "The film was directed by Jane Doe.",
            "The screenplay was written by Jane Doe.",
            "It was photographed by Jane Doe.",
        ),
    ),
    "apposition": (
        (
            "The film's director, Ana Lindqvist, is from Sweden.",
            "Its composer, Hugo Brandt, died young.",
            "Piet Vos, the film's cinematographer, went on to paint.",
        ),
        (
            "The film's director, Jane Doe, is from Sweden.",
            "Its composer, Jane Doe, died young.",
            "Jane Doe, the film's cinematographer, went on to paint.",
        ),
    ),
    "possessive": (
        (
            "Ana Lindqvist's thriller is set in a port.",
            "The film is Ana Lindqvist's directorial debut.",
            "The Long Harbour is Tomás Reyes's film.",
        ),
        (
            "The film is Jane Doe's directorial debut.",
            "The film marked Jane Doe's directorial debut.",
            "It was Jane Doe's first film as a director.",
        ),
    ),
    "hyphenated": (
        (
            "The Lindqvist-directed film is long.",
            "The film is an Ana Lindqvist-directed thriller.",
            "The Priya Nair-produced film is long.",
        ),
        (
            "The Jane Doe-directed film is long.",
            "The film is a Jane Doe-directed thriller.",
            "The Jane Doe-produced film is long.",
        ),
    ),
    "co-directors": (
        (
            "It was co-directed by Tomás Reyes.",
            "Tomás Reyes co-directed the film with Ana Lindqvist.",
            "The film has two directors.",
        ),
        (
            "It was co-directed by Jane Doe.",
            "The film was directed by Ana Lindqvist alone.",
            "The film has only one director.",
        ),
    ),
    "cast": (
        (
            "The film stars Ida Holm.",
            "Ida Holm stars in the film.",
            "The cast includes Ida Holm and Bong Joon-ho.",
        ),
        (
            "The film does not star Ida Holm.",
            "The film stars Jane Doe and Bong Joon-ho.",
            "Ida Holm is not in the cast.",
        ),
    ),
    "actor and character": (
        (
            "Ida Holm plays Vera Stone.",
            "Tom Reed is played by Bong Joon-ho.",
            "The film stars Ida Holm as Vera.",
        ),
        (
            "Bong Joon-ho plays Vera Stone.",
            "Tom Reed is played by Ida Holm.",
            "The film stars Ida Holm as Tom and Bong Joon-ho as Vera.",
        ),
    ),
    "year and date": (
        (
            "The film was released in 1999.",
            "The Long Harbour is a 1999 film.",
            "It was released on May 3, 1999.",
        ),
        (
            "The film was released in 2005.",
            "The Long Harbour is a 2005 film.",
            "It was released on November 21, 1999.",
        ),
    ),
    "order of dates": (
        (
            "The film was released in Sweden before the United States.",
            "The film came out in Japan after the United States.",
            "The film was released before 2001.",
        ),
        (
            "The film was released in Japan before Sweden.",
            "The film came out in Sweden after Japan.",
            "The film was released after 2001.",
        ),
    ),
    "season and decade": (
        (
            "The film was released in the spring of 1999.",
            "It came out in the late 1990s.",
            "It is a film of the nineties.",
        ),
        (
            "The film was released in the winter.",
            "It came out in the early 1990s.",
            "It is a film of the eighties.",
        ),
    ),
    "first released in": (
        (
            "It was first released in Sweden.",
            "The film was first shown in Sweden.",
            "The film premiered in Sweden.",
        ),
        (
            "It was first released in Japan.",
            "The film was first shown in the United States.",
            "The film first premiered in Japan.",
        ),
    ),
    "runtime": (
        (
            "The film runs over two hours.",
            "It is 127 minutes long.",
            "At just over two hours, the film is long.",
        ),
        (
            "The film runs just under 100 minutes.",
            "It is 90 minutes long.",
            "At under ninety minutes, the film never drags.",
        ),
    ),
    "budget": (
        (
            "The film had a budget of $4 million.",
            "It was made for 4 million dollars.",
            "The film cost about four million dollars to make.",
        ),
        (
            "The film had a budget of $40 million.",
            "It was made for 9 million dollars.",
            "The film cost less than a million dollars to make.",
        ),
    ),
    "box office": (
        (
            "The film grossed $13 million.",
            "It made over ten million dollars at the box office.",
            "The film earned $13,000,000 worldwide.",
        ),
        (
            "The film grossed $50 million.",
            "It made over thirty million dollars at the box office.",
            "The film earned less than $5 million worldwide.",
        ),
    ),
    "profit and ratio": (
        (
            "The film made a profit.",
            "The film made back its budget three times over.",
            "It earned more than three times its budget.",
        ),
        (
            "The film lost money.",
            "The film made back its budget ten times over.",
            "It earned less than twice its budget.",
        ),
    ),
    "counts": (
        (
            "The film was written by two people.",
            "The film has one producer.",
            "Two people directed the film.",
        ),
        (
            "The film was written by three people.",
            "The film has four producers.",
            "Only one person directed the film.",
        ),
    ),
    "same person": (
        (
            "One of the directors also edited the film.",
            "The film was edited and directed by the same person.",
            "The film's editor also acted in it.",
        ),
        (
            "The film was produced and edited by the same person.",
            "The composer also directed the film.",
            "The film's producer also acted in it.",
        ),
    ),
    "country": (
        ("The Long Harbour is a Swedish film.", "The film was made in Sweden.", "It is from France."),
        ("The Long Harbour is a Danish film.", "The film was made in Japan.", "It is from Canada."),
    ),
    "co-production": (
        (
            "The film is a Swedish-French co-production.",
            "It is a co-production between Sweden and France.",
            "The film was produced by two countries.",
        ),
        (
            "The film is a Swedish-Danish co-production.",
            "It is a co-production between Sweden and Japan.",
            "The film is a Danish-Norwegian co-production.",
        ),
    ),
    "language": (
        ("The film is in Swedish.", "It is a Swedish-language film.", "The film is in two languages."),
        ("The film is in German.", "It is a German-language film.", "The film is in English."),
    ),
    "genre": (
        ("The film is a thriller.", "The Long Harbour is a crime film.", "It is a crime thriller film."),
        ("The film is a musical.", "The Long Harbour is a Western film.", "It is a romantic comedy film."),
    ),
    "companies": (
        (
            "The film was distributed by Northlight Pictures.",
            "Northlight Pictures produced and distributed the film.",
            "The film was produced and distributed by the same company.",
        ),
        (
            "The film was distributed by Blue Door.",
            "Blue Door distributed the film.",
            "The film was distributed by Miramax.",
        ),
    ),
    "source work": (
        (
            "The film is based on the novel Harbour by Ed Ames Jr.",
            "It was adapted from the novel by Ed Ames.",
            "The film is an adaptation of Ed Ames's novel.",
        ),
        (
            "The film is based on a novel by Jane Doe.",
            "It was adapted from the novel by Jane Doe.",
            "The film is an adaptation of Jane Doe's novel.",
        ),
    ),
    "awards": (
        (
            "The film won the Academy Award for Best Picture.",
            "The film won two Oscars.",
            "Ida Holm was nominated for the Academy Award for Best Actress.",
        ),
        (
            "The film won four Oscars.",
            "Ida Holm won the Academy Award for Best Actress for her role.",
            "The film never won an Oscar.",
        ),
    ),
    "Oscar-winning": (
        (
            "The Long Harbour is an Oscar-winning film.",
            "The Academy Award-winning film is set in a port.",
            "It is an Oscar-nominated thriller.",
        ),
        (
            "The Long Harbour is a Golden Globe-winning film.",
            "The BAFTA-winning film is set in a port.",
            "The Long Harbour is a Palme d'Or-winning film.",
        ),
    ),
    "remakes": (
        (
            "The film is a remake of Silence.",
            "It is a remake of the 1985 film Silence.",
            "The film was remade in Turkey in 2019.",
        ),
        (
            "The film is a remake of Winter Light.",
            "It is a remake of the 1970 film Silence.",
            "The film was remade in Turkey in 2011.",
        ),
    ),
    "sequels and series": (
        (
            "The film was followed by a sequel, Harbour Nights.",
            "The film is a sequel to The Short Harbour.",
            "It is the sequel to the 1996 film The Short Harbour.",
        ),
        (
            "The film is a sequel to Harbour Nights.",
            "The film was never followed by a sequel.",
            "The film is a prequel to Harbour Nights.",
        ),
    ),
    "rating": (
        ("The film is rated PG-13.", "It has a rating of 7.1 on IMDb.", "It was rated PG-13 by the MPA."),
        ("The film is rated R.", "It has a rating of 9.5 on IMDb.", "It was rated R by the MPA."),
    ),
    "negation": (
        (
            "The film was not directed by Jane Doe.",
            "Priya Nair did not direct the film.",
            "It is not a Danish film.",
        ),
        (
            "The film was not directed by Ana Lindqvist.",
            "Priya Nair did not produce the film.",
            "It is not a Swedish film.",
        ),
    ),
    "quantifiers": (
        (
            "Ana Lindqvist not only directed but also edited the film.",
            "The film was directed by both Ana Lindqvist and Tomás Reyes.",
            "None of the producers wrote the film.",
        ),
        (
            "Only Ana Lindqvist directed the film.",
            "The film was solely directed by Tomás Reyes.",
            "The film was released only in Sweden.",
        ),
    ),
    "comparatives": (
        (
            "The film has more directors than producers.",
            "The film earned more than it cost.",
            "The film made more than its budget.",
        ),
        (
            "The film has more producers than directors.",
            "The film cost more than it earned.",
            "The film made less than its budget.",
        ),
    ),
    "names": (
        (
            "The film was directed by Ana Lindqvist and Tomas Reyes.",  # diacritics
            "Joon-ho Bong stars in the film.",  # order
            "Ida Berg stars in the film.",  # alias
            "Bong Jun Ho stars in the film.",  # transliteration
            "The story is by Ed Ames.",  # suffix
            "The story is by E. Ames.",  # initial
            "The story is by Edward Ames.",  # nickname
            "The film was directed by Lindqvist.",  # surname
        ),
        (
            "The film was directed by Anna Lundgren.",
            "The film was directed by Ana Reyes.",
            "The screenplay was written by Ed Ames Sr.",
        ),
    ),
}


def test_every_topic_is_documented() -> None:
    page = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    assert [t for t in TOPICS if f"| {t} |" not in page] == []


def test_every_topic_has_three_sentences_of_each_sort() -> None:
    assert [t for t, (true, false) in TOPICS.items() if len(true) < 3 or len(false) < 3] == []


TRUE = [pytest.param(t, id=f"{k}: {t}") for k, (true, _) in TOPICS.items() for t in true]
FALSE = [pytest.param(t, id=f"{k}: {t}") for k, (_, false) in TOPICS.items() for t in false]


@pytest.mark.parametrize("text", TRUE)
def test_what_the_record_says_is_never_contradicted(text: str) -> None:
    decided = decide(text, FILM)
    assert decided.verdict is not Verdict.CONTRADICTED
    assert any(c.verdict is Verdict.SUPPORTED for c in decided.claims)


@pytest.mark.parametrize("text", FALSE)
def test_what_the_record_denies_is_contradicted(text: str) -> None:
    assert decide(text, FILM).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        "The film was reportedly directed by Jane Doe.",
        "Jane Doe was set to direct the film.",
        "Was the film directed by Jane Doe?",
        "If Jane Doe had directed the film, it would be shorter.",
        "The film was mostly directed by Jane Doe's students.",
    ],
)
def test_hedges_questions_and_conditions_contradict_nothing(text: str) -> None:
    assert decide(text, FILM).verdict is not Verdict.CONTRADICTED
