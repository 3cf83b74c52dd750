"""Weights of the scores, fitted on synthesised strips: see `scoring`.

Together they make the texts of strips likeliest that hold digits of MNIST's training writers and of
the UCI pen digits' writers 1 to 18, side by side, touching and joined, on patterned paper.
"""

#: Of a segment that is a digit: its form, then how likely the model thinks that it is some digit
#: and none.
DIGIT_FORM = (
    -1.269,
    1.292,
    -1.597,
    -0.502,
    -2.557,
    2.351,
    -2.974,
    0.601,
    0.296,
    -0.543,
    0.324,
    -0.843,
    0.561,
    -2.773,
    -1.787,
    0.423,
    0.155,
    -2.405,
    -0.955,
    -1.493,
    0.000,
    2.492,
    -3.718,
)
#: Of one that is a sign or nothing, likewise.
SIGN_FORM = (
    -3.413,
    -2.164,
    0.264,
    0.044,
    3.108,
    1.005,
    -2.208,
    -0.893,
    2.398,
    1.011,
    -1.817,
    -0.825,
    -1.676,
    -4.772,
    -1.975,
    0.275,
    0.023,
    0.837,
    2.419,
    -0.956,
    -5.000,
    0.082,
    -0.094,
)
#: Of how likely the model thinks this digit among the ten.
THIS_DIGIT = 0.840
#: Of a 1, which is narrow, on top.
ONE_FORM = (
    -0.304,
    -1.968,
    -0.745,
    -0.137,
    0.691,
    3.412,
)
