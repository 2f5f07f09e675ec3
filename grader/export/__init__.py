"""`grade export`: the grader packed for systems that grade elsewhere, a Gradescope autograder and a
container."""
