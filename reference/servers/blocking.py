"""The simplest server: one connection at a time, and everybody else waits until it is over."""

from .site import Site
from .sockets import clients, serve_client


def serve(site: Site) -> None:
    """Serve the clients one after the other."""
    for client in clients(site):
        serve_client(site, client)
