"""What goes wrong between a file and a Picture."""


class PictureError(Exception):
    """A picture could not be opened; its text is one sentence for the person."""
