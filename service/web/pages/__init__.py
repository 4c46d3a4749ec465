"""The HTML routes: a desk to edit, draft and score at, films and batches. They work without a script."""

from fastapi.staticfiles import StaticFiles

from service import resources
from service.web.pages import batches, drafting, editing, evaluating, films, home, running, scoring

PAGES = tuple(m.router for m in (home, editing, drafting, scoring, evaluating, films, batches, running))
STATIC = StaticFiles(directory=resources.folder("templates") / "static")

__all__ = ["PAGES", "STATIC"]
