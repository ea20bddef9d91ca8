"""What a run leaves behind: a folder of series, events and outcomes, and reading it again."""
