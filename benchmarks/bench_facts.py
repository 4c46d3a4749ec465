"""Speed of claim checking, on text and records of its own making: claims a second, and one article.

Prints medians of processor time, which a busy machine distorts least.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

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
    """Return some 700 words of prose about `film`."""
    a, b, c, *_ = film.cast
    one = (
        f"{film.title} is a {film.year} Swedish drama film directed by {film.directors[0]}. "
        f"It stars {a.name} as {a.characters[0]}, {b.name} and {c.name}, with music by {film.music[0]}. "
        "The story moves slowly through a winter in which nobody says what they mean, and is better for it. "
        f"Written by {film.writers[0]} and {film.writers[1]}, the film runs {film.runtime_minutes} minutes "
        "and was a success."
    )
    return "\n\n".join([one] * 9)


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
    rng = random.Random(7)
    people = People(name(rng) for _ in range(100_000))
    films = [record(rng, i) for i in range(40)]
    pairs = [(c, f) for f in films for c in claims(f, rng)]
    each = median(lambda: [decide(c, f, people) for c, f in pairs]) / len(pairs)
    print(f"single claims: {1 / each:,.0f} a second ({1e6 * each:.0f} microseconds each)")
    text = article(films[0])
    document = parse(text, titles=films[0].titles)
    took = median(lambda: check(document, films[0], people))
    found = len(check(document, films[0], people).claims)
    print(
        f"article of {document.words} words, {found} claims, {len(people):,} people known: "
        f"{1e3 * took:.1f} ms ({found / took:,.0f} claims a second)"
    )


if __name__ == "__main__":
    main()
