"""Threads and processes between the window and the rest."""
