"""What runs are asked: patterns with their ablations, hindcasts, scores."""
