"""What a learner has passed so far: kept in .grade/progress.json beside the submission, shown, and
gone on from."""
