"""`grade init`: what a learner begins with."""
