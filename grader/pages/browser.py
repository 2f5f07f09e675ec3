"""A page as one HTML file that loads nothing, and the browser that shows it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import webbrowser
from html import escape
from pathlib import Path
from typing import Final

from grader.pages.tokens import parser, tokens_of
from grader.progress.folder import FOLDER
from grader.system.untrusted_files import make_directory, open_directory, open_trusted, replace
from grader.text.escape import printable

_PAGES: Final = "pages"
_CSS: Final = """\
:root { color-scheme: light dark; }
:root { --page: #fff; --text: #1b1b1b; --code: #efefef; --link: #0645ad; }
@media (prefers-color-scheme: dark) {
  :root { --page: #161616; --text: #e6e6e6; --code: #2b2b2b; --link: #8ab4f8; }
}
body { color: var(--text); background: var(--page); }
a { color: var(--link); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; margin-top: 2rem; }
code { font-size: .9em; background: var(--code); padding: .1em .25em; border-radius: .2em; }
pre { background: var(--code); padding: .75rem; overflow-x: auto; border-radius: .3rem; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }
li { margin: .3rem 0; }
"""
_HTML: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def html_page(page: str, title: str) -> str:
    """The page as a document that loads nothing."""
    markdown = parser()
    body = str(markdown.renderer.render(tokens_of(page), markdown.options, {}))
    for scrolls in ("pre", "table"):  # by keys, too
        body = body.replace(f"<{scrolls}>", f'<{scrolls} tabindex="0">')
    return _HTML.format(title=escape(printable(title)), css=_CSS, body=body)


def written(text: str, name: str, directory: Path) -> Path:
    """Write a page where a browser may read it, and tell where. In `.grade` of this directory, if
    it has one, and else in a new directory for temporary files."""
    try:
        return _beside_the_progress(text, name, directory)
    except OSError:  # there is none, or it is not to be trusted
        place = Path(tempfile.mkdtemp(prefix="grade-")) / name
        place.write_text(text, encoding="utf-8")
        return place


def _beside_the_progress(text: str, name: str, directory: Path) -> Path:
    with contextlib.ExitStack() as stack:
        outer = open_trusted(directory)
        stack.callback(os.close, outer)
        folder = open_directory(FOLDER, outer)
        stack.callback(os.close, folder)
        pages = make_directory(_PAGES, folder, mode=0o755)
        stack.callback(os.close, pages)
        replace(name, pages, text.encode("utf-8"), mode=0o644)
    return directory / FOLDER / _PAGES / name


def opened(place: Path) -> bool:
    """Show it in a browser; whether there is one."""
    with contextlib.suppress(webbrowser.Error):
        return webbrowser.get().open(place.as_uri())
    return False
