"""Why an answer is what it is: what each step does, what mattered, what would change it."""
