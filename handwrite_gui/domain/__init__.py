"""What the words mean: data and pure functions on NumPy arrays."""
