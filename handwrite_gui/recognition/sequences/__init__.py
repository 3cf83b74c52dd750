"""Sequences: reading a whole strip of digits and signs at once, with a network trained for it.

`texts`, `hands`, `signs`, `layout` and `papers` make the strips that it learns from; `decoding`
turns what it says into strings.
"""
