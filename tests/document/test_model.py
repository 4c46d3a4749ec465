"""The conveniences of a document, its tokens, and how bytes become one."""

from __future__ import annotations

import codecs

import pytest

from service.document import Format, OffsetMap, Span, TokenKind, decode, detect_format, fold, parse, tokenize
from service.errors import InputError


def tokens(text: str) -> list[str]:
    return [t.text for t in tokenize(text, OffsetMap.shifted(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("film's Yong-gu’s", ["film's", "Yong-gu’s"]),
        ("James' WALL·E T-1000", ["James", "'", "WALL·E", "T-1000"]),
        ("U.S. E.T. J. Abrams", ["U.S.", "E.T.", "J", ".", "Abrams"]),
        (
            "3.5/5 1,234 12:30 1990s 126-minute $2.5m",
            ["3.5", "/", "5", "1,234", "12:30", "1990s", "126", "-", "minute", "$", "2.5m"],
        ),
        ("Se7en S1m0ne", ["Se7en", "S1m0ne"]),
        ("cafe\u0301 千尋の神", ["cafe\u0301", "千", "尋", "の", "神"]),
        ("ok👨‍👩‍👧\u200b\u202eשלום", ["ok", "👨‍👩‍👧", "שלום"]),
        ("a_b", ["a", "_", "b"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_kinds_of_tokens() -> None:
    assert [t.kind for t in tokenize("In 1990s, ½", OffsetMap.shifted(0, 11))] == [
        *[TokenKind.WORD, TokenKind.NUMBER, TokenKind.PUNCTUATION, TokenKind.NUMBER],
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Amélie", "AMELIE"),
        ("Łódź", "lodz"),
        ("film’s", "FILM'S"),
        ("Yong‑gu", "yong-gu"),
        ("İ", "i"),
        ("ﬁlm", "film"),
    ],
)
def test_fold_takes_for_one_what_readers_do(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_fold_keeps_apart_what_differs() -> None:
    assert fold("か") != fold("が")


def test_editable_spans() -> None:
    source = "A *good* film is [here](x), he said “in the old way” to us.\n\n# Head\n\n> Quote."
    d = parse(source, Format.MARKDOWN)

    def at(text: str) -> Span:
        return Span(source.index(text), source.index(text) + len(text))

    assert d.editable(at("film is"))
    assert d.editable(at("A *good* film"))
    assert d.editable(at("good"))
    assert not d.editable(at("A *good"))
    assert not d.editable(at("here"))
    assert not d.editable(at("old way"))
    assert not d.editable(at("Head"))
    assert not d.editable(at("Quote"))


def test_locate_counts_lines_and_columns_from_one() -> None:
    d = parse("One here.\r\nTwo here.")
    place = d.locate(d.source.index("Two") + 1)
    assert (place.line, place.column) == (2, 2)
    assert place.sentence is not None
    assert place.sentence.text == "Two here."


def test_text_of_a_span_is_what_is_seen_in_it() -> None:
    d = parse("<p>One &amp; <b>two</b></p><p>three</p>", Format.HTML)
    assert d.text_of(Span(0, len(d.source))) == "One & two\n\nthree"


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.md", "x", Format.MARKDOWN),
        ("a.HTML", "x", Format.HTML),
        ("a.txt", "# x", Format.TEXT),
        ("-", "<!-- wp:paragraph -->\n<p>x</p>", Format.HTML),
        ("", "A <em>b</em> and <b>c</b>.", Format.HTML),
        ("", "# Title\n\nText", Format.MARKDOWN),
        ("", "See [this](http://x).", Format.MARKDOWN),
        ("", "A **b** and\n\n- c\n- d", Format.MARKDOWN),
        ("notes", "Just a sentence, 2 < 3.", Format.TEXT),
    ],
)
def test_formats_are_told_by_name_or_content(name: str, source: str, expected: Format) -> None:
    assert detect_format(name, source) is expected


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_with_its_mark_is_read(bom: bytes) -> None:
    encoding = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(bom + "é\r\n".encode(encoding)) == "\ufeffé\r\n"


def test_utf8_gives_back_its_bytes() -> None:
    data = codecs.BOM_UTF8 + "é\r\nx\ry\n".encode()
    assert decode(data).encode() == data


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0", b"caf\xe9", b"a\x00b"])
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(InputError, match="is not") as e:
        decode(data, "the file")
    assert e.value.remedy
