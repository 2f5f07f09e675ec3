"""Takes its time before it listens."""

import select

from listener import ok, serve

select.select([], [], [], 0.7)
serve(ok)
