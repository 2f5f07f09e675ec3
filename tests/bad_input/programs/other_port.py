"""Listens on the next port."""

from listener import PORT, ok, serve

serve(ok, port=PORT + 1)
