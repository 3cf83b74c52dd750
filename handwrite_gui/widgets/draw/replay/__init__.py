"""Replay: the ink as it was written, and what the model held it to be at each moment."""
