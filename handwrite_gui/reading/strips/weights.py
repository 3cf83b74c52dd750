"""Weights of the scores, fitted on synthesised strips: see `scoring`.

Together they make the texts of strips likeliest that hold digits of MNIST's training writers and of
the UCI pen digits' writers 1 to 18, side by side, touching and joined, on patterned paper.
"""

#: Of a segment that is a digit: its form, then how likely the model thinks that it is some digit
#: and none.
DIGIT_FORM = (
    -0.756,
    2.579,
    -1.545,
    -0.034,
    -1.735,
    1.000,
    -2.067,
    -1.689,
    -3.416,
    -1.731,
    0.988,
    -0.621,
    -3.481,
    -1.123,
    -0.580,
    0.614,
    -0.037,
    -1.674,
    -1.552,
    1.156,
    -4.473,
)
#: Of one that is a sign or nothing, likewise.
SIGN_FORM = (
    -1.943,
    -2.080,
    0.040,
    -0.014,
    1.607,
    1.833,
    -2.660,
    0.526,
    0.669,
    2.086,
    -3.441,
    -0.397,
    -0.669,
    -2.033,
    -1.844,
    1.739,
    0.029,
    0.281,
    1.333,
    0.081,
    1.941,
)
#: Of how likely the model thinks this digit among the ten.
THIS_DIGIT = 0.844
#: Of a 1, which is narrow, on top.
ONE_FORM = (
    -1.767,
    -1.628,
    -0.491,
    1.970,
    0.473,
    1.018,
)
