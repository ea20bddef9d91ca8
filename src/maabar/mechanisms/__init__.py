"""One file per mechanism of the model, named by its word."""
