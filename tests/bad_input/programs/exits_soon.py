"""Ends after 0.3 seconds, without having listened."""

import select

select.select([], [], [], 0.3)
raise SystemExit(7)
