"""The generator of written forms: every form of every digit that the world writes, and letters.

Skeletons (`digits`, `letters`) are drawn by us, varied as a hand varies them (`hand`), and
rasterised by our own rasteriser (`drawing`). `no_digit` draws what is none. What they make is ours.
"""
