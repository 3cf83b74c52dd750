"""Reading ink: strokes to digits, digits to Numbers."""
