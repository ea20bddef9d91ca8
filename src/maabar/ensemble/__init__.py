"""Many replicates of one scenario: what is to be run, and running it on threads."""
