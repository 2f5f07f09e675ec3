"""One request of the learner's own, sent to their server and to the reference."""
