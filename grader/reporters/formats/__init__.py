"""The report in the formats of other systems: one small module each, which cites what it follows.

Each has a function `render(report) -> str`. What a server answered is in a report, so every format
escapes it by its own rules.
"""
