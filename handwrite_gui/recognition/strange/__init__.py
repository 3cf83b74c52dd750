"""Strange marks: things that are no digit, for the test, by a generator of their own."""
