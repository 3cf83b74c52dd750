"""Strips: from one line of writing to its Number."""
