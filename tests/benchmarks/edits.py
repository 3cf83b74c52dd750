"""Edit distance, by which digits of numbers of another length are counted."""


def edit_distance(one: str, other: str) -> int:
    """Fewest digits to insert, delete or replace (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, each in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (sign != each))
    return row[-1]
