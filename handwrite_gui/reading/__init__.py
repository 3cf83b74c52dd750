"""The reader: from Ink or Picture to Reading."""
