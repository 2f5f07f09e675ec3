"""Which submissions of a class have code in common: a hint for a teacher, and no verdict."""
