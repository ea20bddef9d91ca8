"""``python -m maabar.cli``."""

from maabar.cli import main

main()
