"""Lists of addresses: fetched within bounds, and never from a private network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from evals.loopback import LoopbackServer, Reply
from service.cli.webpages import (
    HOPS,
    MOST,
    PAGE_BYTES,
    Address,
    Page,
    article_in,
    fetch,
    read_addresses,
    refuse_private,
)
from service.document import Format
from service.errors import InputError
from service.jobs.webhooks import PublicResolver

HOST = "reviews.example"
PAGES = {
    "/review": Reply(b"<nav>Home</nav><article><p>Slow.</p></article>", kind="text/html"),
    "/latin": Reply("café".encode("latin-1"), kind="text/plain; charset=iso-8859-1"),
    "/lying": Reply("café".encode("latin-1"), kind="text/plain; charset=utf-8"),
    "/notes.md": Reply(b"# Slow", kind="text/markdown"),
    "/large": Reply(b"x" * (PAGE_BYTES + 1), kind="text/plain"),
    "/picture": Reply(b"\x89PNG", kind="image/png"),
    "/gone": Reply(status=404),
    "/moved": Reply(status=301, headers={"location": "/review"}),
    "/inward": Reply(status=302, headers={"location": "http://169.254.169.254/latest"}),
    "/file": Reply(status=302, headers={"location": "file:///etc/passwd"}),
    "/round": Reply(status=302, headers={"location": "/round"}),
}


class Local(AbstractResolver):
    """Finds HOST on this machine, as a public one would be found elsewhere."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != HOST:
            raise OSError(f"{host} is not known")
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with LoopbackServer(lambda request: PAGES[request.path]) as server:
        yield server.address.replace("127.0.0.1", HOST)


def fetched(url: str, resolver: AbstractResolver | None = None) -> Page:
    async def one() -> list[Page]:
        return await fetch([Address(url)], resolver or Local(), lambda _: None)

    return asyncio.run(one())[0]


@pytest.mark.parametrize(
    ("path", "source", "form"),
    [
        ("/review", "<article><p>Slow.</p></article>", Format.HTML),
        ("/moved", "<article><p>Slow.</p></article>", Format.HTML),
        ("/latin", "café", Format.TEXT),
        ("/lying", "café", Format.TEXT),
        ("/notes.md", "# Slow", Format.MARKDOWN),
    ],
)
def test_a_page_is_read_in_its_own_form(site: str, path: str, source: str, form: Format) -> None:
    page = fetched(site + path)
    assert (page.source, page.format, page.error) == (source, form, "")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/large", "more than"),
        ("/picture", "is no text"),
        ("/gone", "404"),
        ("/inward", "private network"),
        ("/file", "no http address"),
        ("/round", f"more than {HOPS}"),
    ],
)
def test_what_cannot_be_read_says_why(site: str, path: str, error: str) -> None:
    page = fetched(site + path)
    assert error in page.error
    assert page.source == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://10.0.0.7/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "ftp://reviews.example/",
    ],
)
def test_a_private_address_is_refused_before_a_connection(url: str) -> None:
    with pytest.raises(InputError):
        refuse_private(url)


def test_a_name_that_leads_into_a_private_network_is_not_reached(site: str) -> None:
    named = site.replace(HOST, "localhost.localdomain")
    assert fetched(named, PublicResolver()).error


def test_a_list_has_an_address_and_a_film_a_line(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("# reviews\nhttps://reviews.example/a\n\nhttps://reviews.example/b\tRoma\n")
    assert read_addresses(file) == [
        Address("https://reviews.example/a"),
        Address("https://reviews.example/b", "Roma"),
    ]


@pytest.mark.parametrize("line", ["reviews.example", "file:///etc/passwd", "https://"])
def test_what_is_no_address_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "urls.txt").write_text(line)
    with pytest.raises(InputError, match=r"urls\.txt:1"):
        read_addresses(tmp_path / "urls.txt")


def test_a_list_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("https://reviews.example/a\n" * (MOST + 1))
    with pytest.raises(InputError, match="At most"):
        read_addresses(tmp_path / "urls.txt")


@pytest.mark.parametrize(
    ("page", "article"),
    [
        ("<header>Site</header><p>Slow.</p><footer>©</footer>", "<p>Slow.</p>"),
        ("Top<main><header>Roma</header><nav>1</nav>Slow.</main>", "<main><header>Roma</header>Slow.</main>"),
        ("<article>One</article><article>Two</article>", "<article>One</article><article>Two</article>"),
        ("<!-- <article> --><p>Slow.</p>", "<!-- <article> --><p>Slow.</p>"),
        ("<p>Slow.</p><nav>never closed", "<p>Slow.</p><nav>never closed"),
    ],
)  # fmt: skip
def test_the_article_is_taken_out_of_its_page(page: str, article: str) -> None:
    assert article_in(page) == article


@given(
    st.lists(st.sampled_from(["<article>", "</article>", "<nav>", "</nav>", "a", "<", "<!--"])).map("".join)
)
def test_any_page_gives_some_of_itself(page: str) -> None:
    assert len(article_in(page)) <= len(page)
