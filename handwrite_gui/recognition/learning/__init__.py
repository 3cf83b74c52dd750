"""Learning: recipes, networks and the training that turns digits into a model."""
