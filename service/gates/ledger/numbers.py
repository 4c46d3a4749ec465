"""Numbers, dates and quantities, as digits or words, by their value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.words import classes

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

MONTHS = {
    m: f"{i:02}"
    for i, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for m in names.split()
}
NUMERAL = re.compile(r"(\d+(?:[.,]\d+)*)(st|nd|rd|th|s|d|m|bn|k|x)?$")
UNITS = {
    "hour": "hour", "hours": "hour", "minute": "minute", "minutes": "minute", "mins": "minute",
    "min": "minute", "second": "sec", "seconds": "sec",
    "day": "day", "days": "day", "week": "week", "weeks": "week",
    "month": "month", "months": "month", "year": "year", "years": "year", "percent": "%",
    "dollars": "$", "dollar": "$",
    "euros": "€", "euro": "€", "pounds": "£", "yen": "¥", "won": "₩", "francs": "franc", "marks": "mark",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "times": "time", "people": "person", "kilometres": "km", "miles": "mile", "metres": "m", "feet": "foot",
    "stars": "star", "star": "star",
}  # fmt: skip
SMALLER = {"hour": (60, "minute"), "decade": (10, "year"), "century": (100, "year")}
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3}
COUNTED_OFF = frozenset(
    ["week", "day", "season", "episode", "chapter", "part", "act", "reel", "volume", "round"]
)
REACH = 4  # words between `both` and its `and`
HALVES = {
    "hour": "30 minute", "year": "6 month", "decade": "5 year", "century": "50 year", "dozen": "6",
    "million": "500000", "minute": "30 sec",
}  # fmt: skip
AND_A_HALF = ("and", "a", "half")
MONEY = re.compile(r"[$£€¥₩]\s?$")
HOURS = re.compile(r"(?:hours?|hrs?|h)(?: and)?")  # between the number of hours and that of minutes
IDIOMS = (
    ("at", "first"), ("first", "of", "all"), ("first", "and", "foremost"), ("first-rate",), ("once", "again"),
    ("a", "couple", "of"),
)  # fmt: skip


def plain(text: str) -> str:
    """Return a numeral without its thousands commas and needless zeros."""
    value = (
        text.replace(",", "")
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text)
        else text.replace(",", ".")
    )
    return _shown(float(value)) if value.count(".") <= 1 else value


def _shown(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"


def _value(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """Return the value of the number that begins at word `i`, and how many words it takes."""
    word = words[i]
    if m := NUMERAL.fullmatch(word.fold):
        return _numeral(words, i, m)
    listed = classes("numbers.tsv").get(word.fold)
    head, _, rest = word.fold.partition("-")
    if listed is None and head in classes("numbers.tsv") and rest:
        return _compound(head, rest)
    if word.fold == "half" and (halved := _half(words, i)):
        return halved
    if listed is None or _idiom(words, i) or (word.fold == "both" and _correlative(words, i)):
        return None
    if listed.isdigit():
        return _spelled(words, i)
    return listed, 1


def _half(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """Return `half a year` as six months, `half an hour` as thirty minutes."""
    if [w.fold for w in words[i + 1 : i + 2]] not in (["a"], ["an"]):
        return None
    unit = words[i + 2].fold if i + 2 < len(words) else ""
    return (HALVES[unit], 3) if unit in HALVES else None


def _halved(words: Sequence[Word], i: int, got: tuple[str, int]) -> tuple[str, int]:
    """Return the number that begins at word `i` with the half that may follow: `two and a half`."""
    value, taken = got
    behind = tuple(w.fold for w in words[i + taken : i + taken + 3])
    return (_shown(float(value) + 0.5), taken + 3) if value.isdigit() and behind == AND_A_HALF else got


def _correlative(words: Sequence[Word], i: int) -> bool:
    """Tell whether `both` at word `i` only announces `and`, as in `both sad and funny`: it counts nothing."""
    return "and" in {w.fold for w in words[i + 2 : i + 2 + REACH]}


def _compound(head: str, rest: str) -> tuple[str, int] | None:
    table = classes("numbers.tsv")
    tens, ones = table[head], table.get(rest, "1" if rest == "one" else "")
    if tens.isdigit() and ones.isdigit() and int(tens) >= 20 > int(ones):
        return str(int(tens) + int(ones)), 1
    if tens.isdigit() and ones.startswith("#"):
        return f"#{int(tens) + int(ones[1:])}", 1
    return (tens, 1) if tens.isdigit() else None


def _numeral(words: Sequence[Word], i: int, m: re.Match[str]) -> tuple[str, int]:
    digits, suffix = m.group(1), m.group(2) or ""
    if suffix in {"st", "nd", "rd", "th"}:
        return f"#{plain(digits)}", 1
    if suffix in {"s", "d", "x"}:
        return f"{plain(digits)}{suffix}", 1
    value, taken = plain(digits), 1
    scale = SCALES.get(suffix, 1.0)
    if i + 1 < len(words) and words[i + 1].fold in SCALES and words[i + 1].fold not in {"m", "k", "bn"}:
        scale, taken = SCALES[words[i + 1].fold], 2
    return (_shown(float(value) * scale) if scale != 1.0 and value.count(".") <= 1 else value), taken


def _spelled(words: Sequence[Word], i: int) -> tuple[str, int]:
    """Return the value of a run of number words such as `two hundred and five`."""
    table = classes("numbers.tsv")
    total, current, j = 0.0, 0.0, i
    while j < len(words):
        listed = table.get(words[j].fold, "")
        if words[j].fold in SCALES:
            current = (current or 1.0) * SCALES[words[j].fold]
            if SCALES[words[j].fold] > 100:
                total, current = total + current, 0.0
        elif listed.isdigit() and words[j].fold not in {
            "dozen",
            "pair",
            "couple",
            "both",
            "trio",
            "duo",
            "quartet",
        }:
            if (current and current % 100 == 0) or current >= 20 > float(listed):
                current += float(listed)
            elif current:
                break
            else:
                current = float(listed)
        else:
            break
        j += 1
    if j == i:
        return table[words[i].fold], 1
    return _shown(total + current), j - i


def _idiom(words: Sequence[Word], i: int) -> bool:
    for idiom in IDIOMS:
        for k, part in enumerate(idiom):
            around = words[i - k : i - k + len(idiom)] if i >= k else ()
            if part == words[i].fold and tuple(w.fold for w in around) == idiom:
                return True
    return False


def find(text: str, words: Sequence[Word]) -> list[Entry]:
    """Return the numbers, dates and quantities of a sentence."""
    found: list[Entry] = []
    i = 0
    while i < len(words):
        taken = _date(text, words, i, found) or _number(text, words, i, found)
        i += taken or 1
    return _timed(text, found)


def _timed(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with hours and the minutes behind them as one: `two hours and eight minutes`."""
    found: list[Entry] = []
    for entry in entries:
        last = found[-1] if found else None
        between = text[last.end : entry.start].strip(" ,") if last else ""
        if (
            last
            and last.key.endswith(" minute")
            and entry.key.endswith(" minute")
            and HOURS.fullmatch(between)
        ):
            total = float(last.key.split()[0]) + float(entry.key.split()[0])
            whole = text[last.start : entry.end]
            found[-1] = Entry(EntryKind.QUANTITY, f"{_shown(total)} minute", whole, last.start, entry.end)
        else:
            found.append(entry)
    return found


def _number(text: str, words: Sequence[Word], i: int, found: list[Entry]) -> int:
    got = _value(words, i)
    if got is None:
        return 0
    value, taken = _halved(words, i, got)
    start, end = words[i].start, words[i + taken - 1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    following = words[i + taken].fold if i + taken < len(words) else ""
    unit = UNITS.get(following.split("-")[0], "")
    if [w.fold for w in words[i + taken : i + taken + 2]] == ["per", "cent"]:
        taken, unit, end = taken + 2, "%", words[i + taken + 1].end
    if not unit and (hyphen := words[i].fold.partition("-")[2]):
        unit = UNITS.get(hyphen.split("-")[0], "")
    if sign := MONEY.search(before):
        unit = sign.group()[0]
    elif after.startswith("%"):
        unit = "%"
    if unit in SMALLER and re.fullmatch(r"\d+(?:\.\d+)?", value):
        if following in classes("numbers.tsv"):  # `decades`, which is a number as well
            taken, end = taken + 1, words[i + taken].end
        times, smaller = SMALLER[unit]
        value, unit = _shown(float(value) * times), smaller
    if value.startswith("#"):
        unit = ""
    elif value.isdigit() and not unit and i and words[i - 1].fold in COUNTED_OFF:  # `week two` is the second
        value, unit = f"#{value}", ""
    if unit == "time" and value.isdigit():  # `two times` is `twice`
        value, unit = f"{value}x", ""
    kind = EntryKind.QUANTITY if unit else EntryKind.NUMBER
    if (not unit and value.isdigit() and len(value) == 4 and 1870 <= int(value) <= 2100) or (
        not unit and re.fullmatch(r"(?:18|19|20)?\d0s", value)
    ):
        kind = EntryKind.DATE
    found.append(Entry(kind, f"{value} {unit}".strip(), text[start:end], start, end))
    return taken


def units(words: Sequence[Word], entries: Sequence[Entry]) -> frozenset[int]:
    """Return the starts of the words that are the unit of a quantity before them."""
    ends = {e.end for e in entries if e.kind is EntryKind.QUANTITY}
    return frozenset(
        w.start for i, w in enumerate(words) if i and words[i - 1].end in ends and w.fold in UNITS
    )


def _date(text: str, words: Sequence[Word], i: int, found: list[Entry]) -> int:
    """Add a date with a month (`May 3, 1994`, `3 May 1994`, `May 1994`) and return its words."""
    for pattern in ("mdy", "domy", "dmy", "my", "md", "dom", "dm"):
        fields = words[i : i + len(pattern)]
        if len(fields) == len(pattern) and all(map(_fits, fields, pattern)):
            parts = {k: w.fold for k, w in zip(pattern, fields, strict=True)}
            day = re.sub(r"\D", "", classes("numbers.tsv").get(parts.get("d", ""), parts.get("d", "")))
            month = MONTHS[parts["m"]]
            key = "-".join(p for p in (parts.get("y", ""), month, day.zfill(2) if day else "") if p)
            start, end = fields[0].start, fields[-1].end
            found.append(Entry(EntryKind.DATE, key, text[start:end], start, end))
            return len(pattern)
    return 0


def _fits(word: Word, field: str) -> bool:
    if field == "m":
        return word.fold in MONTHS and word.text[0].isupper()
    if field == "d":
        ordinal = classes("numbers.tsv").get(word.fold, "").startswith("#")
        return ordinal or bool(re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", word.fold))
    if field == "o":
        return word.fold == "of"
    return bool(re.fullmatch(r"(?:18|19|20)\d\d", word.fold))
