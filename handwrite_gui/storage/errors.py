"""The expected error of this room."""


class StorageError(Exception):
    """A file cannot be read or written; the message is one sentence to the person."""
