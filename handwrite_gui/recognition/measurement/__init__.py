"""Measurement: how well a recogniser reads, in figures and charts."""
