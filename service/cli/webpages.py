"""Articles from the web: a list of addresses, fetched within bounds, never from a private network."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from service.access import is_address, public
from service.cli.files import read_text
from service.document import Format
from service.document.tags import TagReader
from service.errors import InputError

MOST = 1000
PAGE_BYTES = 2_000_000
SECONDS = 20.0
HOPS = 5
AT_ONCE, AT_ONCE_A_HOST = 8, 2
FORMATS = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
}
AGENT = "Finecut (evaluation of a list of addresses)"
BESIDES = frozenset({"nav", "footer", "aside", "form"})  # beside an article, not of it


@dataclass(frozen=True, slots=True)
class Address:
    """A line of a list: the address, and the film it is about where the line names one."""

    url: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address, or why it could not be read."""

    address: Address
    source: str = ""
    format: Format = Format.TEXT
    error: str = ""


def read_addresses(path: Path) -> list[Address]:
    """Return the addresses of a file: one a line, a tab and a film's id or title after it where it is known.

    Raises InputError for a line that is no http address, or more than MOST of them.
    """
    out = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        url, _, about = line.strip().partition("\t")
        if not url or url.startswith("#"):
            continue
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise InputError(f"{path}:{number}: {url[:200]!r} is no http address.", remedy="One a line.")
        out.append(Address(url, about.strip()))
    if len(out) > MOST:
        raise InputError(f"{path} lists {len(out)} addresses.", remedy=f"At most {MOST} at once.")
    return out


async def fetch(
    addresses: Sequence[Address], resolver: AbstractResolver, told: Callable[[int], None]
) -> list[Page]:
    """Return the page of each address, in order; `told` hears how many are done.

    `resolver` decides which hosts may be reached. A page that cannot be read has an `error`.
    """
    connector = aiohttp.TCPConnector(resolver=resolver, limit=AT_ONCE, limit_per_host=AT_ONCE_A_HOST)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    free = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def one(address: Address) -> Page:
        nonlocal done
        async with free:
            page = await _page(session, address)
        done += 1
        told(done)
        return page

    headers = {"User-Agent": AGENT}
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers) as session:
        return list(await asyncio.gather(*map(one, addresses)))


async def _page(session: aiohttp.ClientSession, address: Address) -> Page:
    url = address.url
    try:
        for _ in range(HOPS):
            refuse_private(url)
            async with session.get(url, allow_redirects=False) as answer:
                if answer.status in {301, 302, 303, 307, 308} and "location" in answer.headers:
                    url = urljoin(url, answer.headers["location"])
                    continue
                return await _read(answer, address)
    except InputError as error:
        return Page(address, error=str(error))
    except TimeoutError:
        return Page(address, error=f"no answer within {SECONDS:g} s")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Page(address, error=f"{type(error).__name__}: {error}")
    return Page(address, error=f"more than {HOPS} redirections")


def refuse_private(url: str) -> None:
    """Raise InputError where an address names a private network, or is not http.

    Names are looked up, and held to the same rule, as the connection is made.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(f"{url[:200]!r} is no http address.")
    if host == "localhost" or (is_address(host) and not public(host)):
        raise InputError(f"{host} leads into a private network.")


async def _read(answer: aiohttp.ClientResponse, address: Address) -> Page:
    if answer.status != 200:
        return Page(address, error=f"the server answered {answer.status}")
    form = FORMATS.get(answer.content_type)
    if form is None:
        return Page(address, error=f"{answer.content_type} is no text")
    raw = bytearray()
    async for chunk in answer.content.iter_chunked(65536):
        raw += chunk
        if len(raw) > PAGE_BYTES:
            return Page(address, error=f"more than {PAGE_BYTES:,} bytes")
    source = _decoded(bytes(raw), answer.charset)
    return Page(address, article_in(source) if form is Format.HTML else source, form)


def _decoded(raw: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8"):
        try:
            return raw.decode(name).replace("\x00", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", errors="replace").replace("\x00", "")


def article_in(page: str) -> str:
    """Return the part of an HTML page that is its article: its only `article` element, else its `main` one,
    else all; navigation, footers, asides and forms left out, and of a whole page its header.

    >>> article_in("<nav>Home</nav><article><p>Slow, but true.</p><aside>More</aside></article>")
    '<article><p>Slow, but true.</p></article>'
    """
    besides = BESIDES | {"header"}
    for name in ("article", "main"):
        found = _elements(page, frozenset({name}))
        if len(found) == 1:
            page, besides = page[slice(*found[0])], BESIDES
            break
    out, at = [], 0
    for start, end in _elements(page, besides):
        out.append(page[at:start])
        at = end
    return "".join([*out, page[at:]])


def _elements(page: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Return the outermost elements of those names, from the opening tag's start to the closing one's end."""
    reader = TagReader(page, len(page))
    found, depth, begun, at = [], 0, 0, 0
    for bracket in re.finditer("<", page):
        markup = reader.at(bracket.start()) if bracket.start() >= at else None
        if markup is None:
            continue
        at = markup.span.end
        if markup.tag is None or markup.tag.name not in names:
            continue
        tag = markup.tag
        if not tag.closes:
            begun = tag.span.start if depth == 0 else begun
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((begun, tag.span.end))
    return found
