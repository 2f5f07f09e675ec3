"""An example of a web application: what a framework is for, in thirteen small steps.

`pages.py` and `items.py` hold the handlers. What they need to understand a request is next to them,
one file for each format: the fields of a query or a form, JSON, the parts of an upload.
"""

from pathlib import Path

from ..web import Application
from .errors import add_errors
from .events import add_events
from .items import add_api
from .middleware import add_middleware
from .pages import add_counter, add_forms, add_greeting, add_pages
from .websocket import add_websocket


def add_web_application(application: Application, root: str) -> None:
    """Add everything that there is. The templates are in a directory of `root`."""
    add_middleware(application)
    add_errors(application)
    add_pages(application)
    add_forms(application)
    add_greeting(application, Path(root) / "templates")
    add_counter(application)
    add_api(application)
    add_events(application)
    add_websocket(application)
