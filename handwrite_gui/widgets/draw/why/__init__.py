"""The panel that shows why an answer is what it is."""
