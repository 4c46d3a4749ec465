"""A generated file set with the columns and the distributions of IMDb's non-commercial data.

Counts and rates were measured on samples of the real files: 2,000 films with their principals and
names (5.9 principals each, a tenth with another original title, a third without a year, two fifths without a
runtime, a tenth of titles beyond ASCII, an eighth with an article, three in ten with punctuation) and the
first titles with their akas (half of them beyond ASCII). Words are made up of syllables, with the skew of
real ones; one title in a hundred is of a few that hundreds of films have. The same seed gives the same files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

AKAS = (0, 0, 1, 1, 2, 2, 3, 4, 6, 11)  # a title's, in tenths; 3 on average
PRINCIPALS = (1, 1, 2, 3, 4, 4, 5, 7, 9, 10, 10, 10, 10)
CATEGORIES = (
    "director",
    "actor",
    "actress",
    "writer",
    "producer",
    "actor",
    "actress",
    "cinematographer",
    "composer",
    "editor",
)
GENRES = (
    "Drama",
    "Comedy",
    "Documentary",
    "Short",
    "Romance",
    "Action",
    "Crime",
    "Thriller",
    "Horror",
    "Sci-Fi",
)
REGIONS = ("US", "GB", "FR", "DE", "HU", "RU", "JP", "BR", "IN", "FI")
SYLLABLES = [c + v + e for c in "bdfghklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s", "l")]
SMALL = (
    "the",
    "of",
    "and",
    "a",
    "in",
    "la",
    "de",
    "to",
    "my",
    "night",
    "love",
    "man",
    "day",
    "house",
    "life",
)


SCRIPTS = (  # (share, syllables, what stands between words)
    (40, "é ü ö ñ ça château ção ř č š ž ő ţ ă naï crè mü lå sø kæ dağ ışı łó ść", " "),
    (22, "ка ри мо да не во ст про за при ль ен ий ая ов гу шо бе ди че", " "),
    (10, "κα ρο μι τη σα λο πα νε δι ος ης", " "),
    (10, " ".join(map(chr, range(0x4E00, 0x5200))), ""),
    (6, " ".join(map(chr, range(0x3042, 0x3090))), ""),
    (6, " ".join(map(chr, range(0xAC00, 0xD000, 7))), " "),
    (3, "با را ما نو در کا سی من ال", " "),
    (3, "का मा रा नी दे ला हो", " "),
)
COMMON = (  # what hundreds of real films are called, the most frequent first
    *("Home", "Love", "Alone", "The Visit", "Lost", "The Return", "Broken", "Hope", "Mother", "The Gift"),
    *(
        "Escape",
        "Trapped",
        "The Man",
        "Legacy",
        "Rain",
        "It",
        "Up",
        "Run",
        "M",
        "The Room",
        "Us",
        "War",
        "Red",
    ),
    *("The End", "Anna", "Maria", "Hero", "Freedom", "Dust", "The Last Night", "A Love Story", "The House"),
)
MARKS = (": ", "'s ", ", ", "-", " & ", ". ")


class Words:
    """A vocabulary whose ranks are used as often as Zipf's law has it."""

    def __init__(self, chance: random.Random, count: int) -> None:
        made = {"".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(count * 2)}
        self._words = [*SMALL, *sorted(made)[:count]]
        chance.shuffle(self._words)
        self._chance = chance
        self._scripts = [(syllables.split(), between) for _, syllables, between in SCRIPTS]
        self._shares = [share for share, _, _ in SCRIPTS]
        self._namesakes = [1 / rank for rank in range(1, len(COMMON) + 1)]

    def word(self) -> str:
        """Return a word; the first ranks come up more often than the last, as in real titles.

        Flat enough that, as in the samples, one in two hundred of 2,000 titles has a namesake.
        """
        return self._words[int(len(self._words) ** self._chance.random() ** 0.45) - 1]

    def title(self, foreign: float = 0.09) -> str:
        """Return a title of one to eight words, with the chance `foreign` of letters beyond ASCII."""
        if self._chance.random() < 0.01:
            return self._chance.choices(COMMON, self._namesakes)[0]
        count = self._chance.choice((1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8))
        if self._chance.random() < foreign:
            return self._foreign(count)
        article = "The " if self._chance.random() < 0.12 else ""
        mark = self._chance.choice(MARKS) if self._chance.random() < 0.3 else " "
        words = [self.word().capitalize() for _ in range(count)]
        return article + mark.join([" ".join(part) for part in (words[:2], words[2:]) if part])

    def name(self) -> str:
        """Return a person's name, one in thirteen beyond ASCII."""
        first, last = self.word().capitalize(), self.word().capitalize()
        return f"{first} {last}" if self._chance.random() > 0.077 else f"{first}é {last}ć"

    def _foreign(self, count: int) -> str:
        syllables, between = self._chance.choices(self._scripts, self._shares)[0]
        lengths = self._chance.choices((1, 2, 2, 3), k=count)
        words = ["".join(self._chance.choices(syllables, k=length)) for length in lengths]
        if syllables is self._scripts[0][0]:  # accents stand among plain letters
            words = [word + self.word() for word in words]
        return between.join(words).capitalize()


def generate(folder: Path, titles: int, *, seed: int = 7) -> dict[str, int]:
    """Write the file set for `titles` titles into `folder`; return the rows of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    words = Words(chance, 60_000)
    people = titles * 3 // 2
    rows = {"name.basics": _people(folder, words, people, chance, titles)}
    outs = {name: (folder / f"{name}.tsv").open("w", encoding="utf-8") for name in HEADERS}
    for name, out in outs.items():
        out.write(HEADERS[name] + "\n")
        rows[name] = 0
    for n in sorted(range(1, titles + 1), key=lambda n: f"tt{n:07}"):
        for name, line in _title(f"tt{n:07}", words, people, chance):
            outs[name].write(line)
            rows[name] += 1
    for out in outs.values():
        out.close()
    return rows


HEADERS = {
    "title.basics": "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear"
    "\truntimeMinutes\tgenres",
    "title.akas": "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle",
    "title.crew": "tconst\tdirectors\twriters",
    "title.principals": "tconst\tordering\tnconst\tcategory\tjob\tcharacters",
    "title.ratings": "tconst\taverageRating\tnumVotes",
    "title.episode": "tconst\tparentTconst\tseasonNumber\tepisodeNumber",
}


def _people(folder: Path, words: Words, people: int, chance: random.Random, titles: int) -> int:
    with (folder / "name.basics.tsv").open("w", encoding="utf-8") as out:
        out.write("nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles\n")
        for n in range(1, people + 1):
            born = chance.choice(("\\N", "\\N", "\\N", str(chance.randrange(1880, 2005))))
            known = ",".join(f"tt{chance.randrange(1, titles + 1):07}" for _ in range(chance.randrange(1, 5)))
            out.write(f"nm{n:07}\t{words.name()}\t{born}\t\\N\tactor,producer\t{known}\n")
    return people


def _title(tconst: str, words: Words, people: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    title = words.title()
    original = words.title() if chance.random() < 0.1 else title
    year = "\\N" if chance.random() < 0.32 else str(min(2026, int(chance.triangular(1900, 2027, 2015))))
    runtime = "\\N" if chance.random() < 0.44 else str(chance.randrange(40, 180))
    genres = ",".join(chance.sample(GENRES, chance.choice((1, 1, 1, 2, 3))))
    yield "title.basics", f"{tconst}\tmovie\t{title}\t{original}\t0\t{year}\t\\N\t{runtime}\t{genres}\n"
    for n in range(1, chance.choice(AKAS) + 1):
        aka = title if chance.random() < 0.2 else words.title(foreign=0.55)
        region = chance.choice(REGIONS)
        yield "title.akas", f"{tconst}\t{n}\t{aka}\t{region}\t\\N\timdbDisplay\t\\N\t0\n"
    yield (
        "title.crew",
        f"{tconst}\t{_person(people, chance)}\t{chance.choice((_person(people, chance), chr(92) + 'N'))}\n",
    )
    for n in range(1, chance.choice(PRINCIPALS) + 1):
        yield "title.principals", _principal(tconst, n, words, people, chance)
    if chance.random() < 0.5:
        votes = int(5 * 10 ** (chance.random() ** 3 * 5))
        yield "title.ratings", f"{tconst}\t{chance.uniform(1, 10):.1f}\t{votes}\n"


def _principal(tconst: str, n: int, words: Words, people: int, chance: random.Random) -> str:
    category = CATEGORIES[(n - 1) % len(CATEGORIES)]
    played = category in ("actor", "actress") and chance.random() < 0.7
    characters = f'["{words.word().capitalize()}"]' if played else "\\N"
    job = "producer" if category == "producer" else "\\N"
    return f"{tconst}\t{n}\t{_person(people, chance)}\t{category}\t{job}\t{characters}\n"


def _person(people: int, chance: random.Random) -> str:
    return f"nm{chance.randrange(1, people + 1):07}"
