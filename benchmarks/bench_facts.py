"""Speed of claim checking, on text and records of its own making: claims a second, and one article.

Prints medians of processor time, which a busy machine distorts least.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial

from benchmarks.command_line import command_line
from service.document import parse
from service.facts import check, decide
from service.films import CastMember, Film, Money, Release
from service.films.names import People

GIVEN = (
    "Ana",
    "Bela",
    "Carl",
    "Dora",
    "Emil",
    "Finn",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Karin",
    "Luis",
    "Mira",
    "Nils",
    "Olga",
    "Pavel",
    "Rita",
    "Sven",
    "Tara",
    "Ugo",
)
FAMILY = (
    "Abel",
    "Berg",
    "Costa",
    "Diaz",
    "Engel",
    "Falk",
    "Grau",
    "Holm",
    "Ivers",
    "Jansen",
    "Klein",
    "Lind",
    "Moreau",
    "Nowak",
    "Olsen",
    "Petit",
    "Ruiz",
    "Stahl",
    "Toft",
    "Vogel",
)
SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "va", "shi", "do", "ber", "nal", "qua", "sto")


def name(rng: random.Random) -> str:
    """Return a name that nobody need bear."""
    middle = "".join(rng.choices(SYLLABLES, k=3)).capitalize()
    return f"{rng.choice(GIVEN)} {middle} {rng.choice(FAMILY)}"


def record(rng: random.Random, i: int) -> Film:
    """Return a record with all the fields that claims are about."""
    cast = tuple(CastMember(name(rng), (name(rng),)) for _ in range(12))
    return Film(
        id=f"b{i}",
        title=f"The {rng.choice(FAMILY)} {rng.choice(['Affair', 'Harbour', 'Winter', 'Letters'])}",
        year=rng.randint(1950, 2020),
        directors=(name(rng),),
        writers=(name(rng), name(rng)),
        producers=(name(rng), name(rng)),
        cast=cast,
        music=(name(rng),),
        countries=("Sweden",),
        languages=("Swedish",),
        runtime_minutes=rng.randint(80, 160),
        releases=(Release("1999-05-03", "Sweden"),),
        budget=Money(4_000_000),
        box_office=Money(9_500_000),
        genres=("Drama",),
    )


def claims(film: Film, rng: random.Random) -> list[str]:
    """Return single claims about `film`, true and false ones."""
    a, b = film.cast[0].name, film.cast[1].name
    return [
        f"{film.title} was directed by {film.directors[0]}.",
        f"{film.title} was written and directed by the same person.",
        f"{film.title} stars {a} and {b}.",
        f"{film.title} has {rng.randint(1, 4)} producers.",
        f"{film.title} was released in {rng.randint(1950, 2020)}.",
        f"{film.title} runs for over two hours.",
        "The film made more than twice its budget at the box office.",
        f"{name(rng)} composed the music for {film.title}.",
    ]


def article(film: Film) -> str:
    """Return some 700 words about `film`, as a writer fills them: facts first, then story and talk."""
    a, b, c, d, e, *_ = film.cast
    director, composer = film.directors[0], film.music[0]
    writers = " and ".join(film.writers)
    return f"""\
{film.title} is a {film.year} Swedish drama film directed by {director}. It stars {a.name} as \
{a.characters[0]}, {b.name} and {c.name}, with music by {composer}. Written by {writers}, the film runs \
{film.runtime_minutes} minutes and was made on a budget of $4 million.

The story moves slowly through a winter in which nobody says what they mean, and is better for it. A \
letter arrives at the house above the harbour, addressed to a man who has been dead for years. His \
daughter opens it, reads it twice and puts it in a drawer. What it says we learn only at the end, and by \
then it hardly matters; what matters is who knew.

{a.name} plays the daughter as somebody who has learnt to wait. There is a scene in the second act, at a \
table laid for six, in which she says nothing for four minutes while the others talk over her, and it is \
the best thing in the film. {b.name}, who plays {b.characters[0]}, is her match: where she holds back, he \
pushes, and the camera stays on whoever is not speaking. {c.name} has less to do, but does it with a \
lightness that the rest of the picture could have used.

{director} had made two shorts before this, and it shows in the economy of the opening. Nothing is \
explained. We see a boat, a dog, a woman with a key; we are left to put them together. The director \
trusts the audience, which is rarer than it should be, and only once does the script spell out what the \
pictures have already said.

The music is another matter. {composer} scored the film for strings and a single horn, and the horn \
returns each time somebody lies. It is a joke that works the first three times. By the fifth it has \
become a habit, and by the end I was listening for it instead of to the words.

The film was produced by {film.producers[0]} and {film.producers[1]} and released in Sweden on May 3, \
{film.year}. It grossed $9.5 million, more than twice its budget, which nobody had expected of a film \
this quiet. Critics were divided. Some praised its patience; others found it cold, and one wrote that he \
had seen glaciers with more urgency.

{d.name} and {e.name} appear in supporting roles, and both make the most of what they are given. As \
{d.characters[0]}, {d.name} is funny in a way that only becomes sad afterwards. There are not many \
performances like that, and the film knows it: it lets him leave the story halfway through, and we miss \
him for the rest.

What stays with me is the weather. It snows in the first scene and it snows in the last, and in between \
there is not one day on which you would want to be outside. The photography makes of this something close \
to a character, grey on grey, with a lamp in a window now and then to remind us that people live here. I \
have seen it three times now, and each time I have come out of the cinema surprised that it was summer.

Is it a great film? I am not sure. It is too careful for that, and too fond of its own silences. But it \
is an honest one, and in {a.name} it has somebody at its centre who can carry a silence further than most \
actors carry a speech. Since its release it has found the audience that it deserves: late at night, on \
small screens, one person at a time. If you have a winter evening to spare, and nobody to talk to, you \
could do a great deal worse than this.

It is not a long film, though it feels like one. It is not a sad film, though people cry at it. It is \
about what we owe to those who went before, and about the letters that we never send, and it was shot in \
the very house where {director} grew up. That house has since been sold. The new owners, I am told, have \
painted it blue, and leave the light on in the window when it snows.
"""


def dense(film: Film) -> str:
    """Return an article that is nothing but facts: the most claims that 700 words can make."""
    return "\n\n".join([article(film).split("\n\n", 1)[0]] * 13)


def median(work: Callable[[], object], rounds: int = 9) -> float:
    """Return the median processor time of `work` in seconds, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    command_line("bench_facts", __doc__).parse_args()
    rng = random.Random(7)
    people = People(name(rng) for _ in range(100_000))
    films = [record(rng, i) for i in range(40)]
    pairs = [(c, f) for f in films for c in claims(f, rng)]
    each = median(lambda: [decide(c, f, people) for c, f in pairs]) / len(pairs)
    print(f"single claims: {1 / each:,.0f} a second ({1e6 * each:.0f} microseconds each)")
    for sort, text in (("article", article(films[0])), ("nothing but facts", dense(films[0]))):
        document = parse(text, titles=films[0].titles)
        took = median(partial(check, document, films[0], people))
        found = len(check(document, films[0], people).claims)
        print(
            f"{sort} of {document.words} words, {found} claims, {len(people):,} people known: "
            f"{1e3 * took:.1f} ms ({found / took:,.0f} claims a second)"
        )


if __name__ == "__main__":
    main()
