"""Where one work could leave something to the next."""

BEHIND: list[str] = []
