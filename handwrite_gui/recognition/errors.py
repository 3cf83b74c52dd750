"""The expected error of this room."""


class RecognitionError(Exception):
    """A model or its data cannot be used; the message is one sentence to the person."""
