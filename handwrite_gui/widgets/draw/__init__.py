"""The page on which digits are drawn."""
