"""The engine: tables, random numbers, the day, one whole replicate."""
