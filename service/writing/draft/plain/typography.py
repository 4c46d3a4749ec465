"""Typographic quotation marks and apostrophes."""

from __future__ import annotations

import re

from service.reviews import ReviewSentence


def curly(sentence: ReviewSentence) -> ReviewSentence:
    """Return the sentence with typographic quotes."""
    return ReviewSentence(quotes(sentence.text), sentence.sources)


def quotes(text: str) -> str:
    """Return the text with straight quotes and apostrophes made typographic.

    >>> quotes('''It's "so metaphorical", he says of the '90s''')
    'It’s “so metaphorical”, he says of the ’90s'
    """
    text = re.sub(r"'(?=\\d0s)", "’", text)
    text = re.sub(r"(?<=\w)'|'(?=s\b)", "’", text)
    text = re.sub(r'(?:(?<=^)|(?<=[\s(\[–—]))"', "“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“]))'(?=\d)", "’", text)
    text = re.sub(r"(?:(?<=^)|(?<=[\s(\[–—“]))'", "‘", text)
    return text.replace("'", "’")
