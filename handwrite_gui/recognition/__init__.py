"""Keras: data, forms, learning, measurement, model files and the recogniser."""
