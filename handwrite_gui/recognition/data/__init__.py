"""Data: labelled digit images from files, and what a training learns from."""
