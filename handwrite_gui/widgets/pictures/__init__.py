"""The page on which pictures are read."""
