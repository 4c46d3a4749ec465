"""Derives the word lists of `service/writing/draft/plain/data` from `../shared/data/corpora`.

Run: `python evals/data/drafts/derive_lists.py ../shared/data/corpora`. Only counts of single words
leave this script: which article a noun takes, who is a verb's subject, which words are written
with a capital, which words stand in favourable and unfavourable reviews.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from service.writing.draft.plain.tagging import Word, tag

OUT = Path(__file__).resolve().parents[3] / "service" / "writing" / "draft" / "plain" / "data"
FILM = {"film", "movie", "picture"}
NP_INSIDE = ("AJ", "NN", "ORD", "VVG", "VVN")
DETERMINERS = ("AT0", "DPS", "DT0", "DTQ", "CRD", "POS")
PREDICATE = ("VB",)
CASED = ("human_imdb", "human_frank_pre", "human_frank_post", "human_sfu", "human_imdb_llmmr")


def texts(folder: Path, names: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """Yield the records of the corpora `names`."""
    for name in names:
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
            yield json.loads(line)


def sentences(text: str) -> Iterator[str]:
    """Yield rough sentences; precision does not matter for counts."""
    for part in re.split(r"(?<=[.!?])\s+|\n+", text):
        if 3 <= len(part.split()) <= 60:
            yield part


def phrase_start(words: tuple[Word, ...], head: int) -> int:
    """Return where the noun phrase of the head noun begins, its determiner left out."""
    at = head
    while at and words[at - 1].among(*NP_INSIDE):
        at -= 1
    return at


def count_articles(words: tuple[Word, ...], nouns: dict[str, Counter[str]]) -> None:
    """Count the determiner of each singular common noun that heads its phrase."""
    for i, word in enumerate(words):
        if word.tag != "NN1" or (i + 1 < len(words) and words[i + 1].among("NN", "NP", "POS")):
            continue
        at = phrase_start(words, i)
        left = words[at - 1] if at else None
        role = "predicate" if left is not None and at > 1 and words[at - 2].among("VB") else "other"
        if left is None or not left.among(*DETERMINERS):
            kind = "bare" if left is None or left.among("VV", "VB", "VH", "PR", "PUN", "CJ") else "skip"
            role = "predicate" if left is not None and left.among("VB") else "other"
        else:
            kind = {"a": "a", "an": "a", "the": "the"}.get(left.low, "skip")
        nouns[word.low][f"{role} {kind}"] += 1
        nouns[word.low][kind] += 1


def count_subjects(words: tuple[Word, ...], verbs: dict[str, Counter[str]]) -> None:
    """Count who stands before each finite verb: I, the film, a person, or something else."""
    for i, word in enumerate(words):
        if not word.among("VVZ", "VVD", "VVB") or i == 0:
            continue
        left = i - 1
        while left > 0 and words[left].among("AV0", "XX0", "VDD", "VDZ", "VDB", "VM0"):
            left -= 1
        subject = words[left].low
        kind = "other"
        if subject in {"i", "we"}:
            kind = "i"
        elif subject in FILM | {"it", "this"}:
            kind = "film"
        elif subject in {"he", "she", "who", "they"} or words[left].tag == "NP0":
            kind = "person"
        verbs[word.lemma][kind] += 1
        after = words[i + 1] if i + 1 < len(words) else None
        if after is None or after.among("PR", "PUN", "AV", "CJ", "TO0"):
            verbs[word.lemma]["alone"] += 1
    for i, word in enumerate(words):
        if word.tag == "VVN" and i and words[i - 1].among("VB", "AV0"):
            verbs[word.lemma]["passive"] += 1


def count_case(words: tuple[Word, ...], case: dict[str, Counter[str]]) -> None:
    """Count the spellings of each word inside its sentence, where the rest is not in capitals."""
    if sum(w.text[0].isupper() for w in words) > len(words) / 2:
        return
    for before, word in itertools.pairwise(words):
        if before.is_word and len(word.text) > 1 and word.text.isalpha():
            case[word.low][word.text] += 1


def polarity_of(record: dict[str, object]) -> int:
    """Return +1 for a favourable text, -1 for an unfavourable one, 0 where unknown or between."""
    mark = str(record.get("polarity") or record.get("grade") or "")
    if mark:
        return {"pos": 1, "ye": 1, "neg": -1, "no": -1}.get(mark, {"A": 1, "D": -1, "F": -1}.get(mark[0], 0))
    rating = str(record.get("rating") or "")
    if rating.isdigit():
        return 1 if int(rating) >= 7 else -1 if int(rating) <= 4 else 0
    return 0


def write(name: str, origin: str, header: str, rows: list[str]) -> None:
    """Write a list with its origin on top."""
    lines = [f"# {origin} Derived by evals/data/drafts/derive_lists.py; counts of single words only.", header]
    (OUT / name).write_text("\n".join([*lines, *rows]) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    """Count and write."""
    nouns: dict[str, Counter[str]] = defaultdict(Counter)
    verbs: dict[str, Counter[str]] = defaultdict(Counter)
    case: dict[str, Counter[str]] = defaultdict(Counter)
    favour: dict[int, Counter[str]] = {1: Counter(), -1: Counter()}
    totals: Counter[int] = Counter()
    for record in texts(folder, (*CASED, "human_cornell_lc")):
        text = str(record["text"])
        sign = polarity_of(record)
        if sign:
            totals[sign] += 1
            favour[sign].update(set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())))
        if record["group"] == "human_cornell_lc":
            continue
        for sentence in sentences(text):
            words = tag(sentence)
            count_articles(words, nouns)
            count_subjects(words, verbs)
            count_case(words, case)
    write_articles(nouns)
    write_verbs(verbs)
    write_case(case)
    write_polarity(favour, totals)


def write_articles(nouns: dict[str, Counter[str]]) -> None:
    """Write how often each noun stands bare, with `a`, with `the`; and as a predicate."""
    keys = ("bare", "a", "the", "predicate bare", "predicate a", "predicate the")
    rows = [
        "\t".join([noun, *(str(counts[k]) for k in keys)])
        for noun, counts in sorted(nouns.items())
        if sum(counts[k] for k in keys[:3]) >= 6 and noun.isalpha()
    ]
    write(
        "articles.tsv",
        "Determiners of singular nouns in reviews by people.",
        "noun\tbare\ta\tthe\tp_bare\tp_a\tp_the",
        rows,
    )


def write_verbs(verbs: dict[str, Counter[str]]) -> None:
    """Write whose subject each verb takes."""
    keys = ("i", "film", "person", "other", "alone", "passive")
    rows = [
        "\t".join([verb, *(str(counts[k]) for k in keys)])
        for verb, counts in sorted(verbs.items())
        if sum(counts[k] for k in keys) >= 6 and verb.isalpha()
    ]
    write(
        "subjects.tsv",
        "Subjects of finite verbs in reviews by people.",
        "verb\ti\tfilm\tperson\tother\talone\tpassive",
        rows,
    )


def write_case(case: dict[str, Counter[str]]) -> None:
    """Write the words that are written with a capital inside a sentence."""
    rows = []
    for low, counts in sorted(case.items()):
        best, n = counts.most_common(1)[0]
        if best != low and best[0].isupper() and n >= 4 and n / sum(counts.values()) >= 0.95:
            rows.append(best)
    write("capitals.tsv", "Words with a capital inside sentences of reviews by people.", "word", rows)


def write_polarity(favour: dict[int, Counter[str]], totals: Counter[int]) -> None:
    """Write the log-odds of each word between favourable and unfavourable reviews."""
    rows = []
    for word in sorted(set(favour[1]) | set(favour[-1])):
        good, bad = favour[1][word], favour[-1][word]
        if good + bad < 12:
            continue
        odds = math.log((good + 0.5) / (totals[1] - good + 0.5)) - math.log(
            (bad + 0.5) / (totals[-1] - bad + 0.5)
        )
        error = math.sqrt(1 / (good + 0.5) + 1 / (bad + 0.5))
        if abs(odds) / error >= 2:
            rows.append(f"{word}\t{odds:.2f}")
    write(
        "polarity.tsv", "Log-odds of words, favourable against unfavourable reviews.", "word\tlog_odds", rows
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
