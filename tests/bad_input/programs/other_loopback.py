"""Listens on an address of loopback that localhost is not."""

from listener import ok, serve

serve(ok, address="127.0.0.2")
