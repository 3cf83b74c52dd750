"""Keras: networks, data, training, evaluation and the recogniser."""
