"""Files that Handwrite writes and reads back."""
