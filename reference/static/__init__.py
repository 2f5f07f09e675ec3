"""A site of static files: which file a path means, what type it has, and the answer."""
