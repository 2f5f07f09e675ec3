"""A warm process: it has loaded what a kind of work needs, and forks a child for each piece of it.

What a child does is nobody else's: it is forked from a process that has never seen a job, so that
neither environment nor descriptors, neither random state nor memory of one work reach the next. The
warm process has one thread, because its children enter namespaces. Each child has a keeper between
itself and the warm process, which tells how it ended, and ends it when nobody wants to know that
any more; so the death of the warm process takes nothing with it.
"""
