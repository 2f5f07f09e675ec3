"""An example of a web application: what a framework is for, in thirteen small steps.

`pages.py` and `items.py` hold the handlers. What they need to understand a request is next to them,
one file for each format: the fields of a query or a form, JSON, the parts of an upload.
"""

from ..web import Application
from .pages import add_pages


def add_web_application(application: Application) -> None:
    """Add everything that there is."""
    add_pages(application)
