"""`grade bench`: a submission under load, and the forms of the reference under the same."""
