"""Model files: a model and its card on the disk, read without running anything in them."""
