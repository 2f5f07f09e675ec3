"""The book of a class: one SQLite file with every result and its report, kept the moment it is
known."""
