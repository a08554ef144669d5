"""`python -m webapp`: the `pankenetz` command where its script is not installed."""

from webapp.cli import main

main(prog_name="pankenetz")
