"""`python -m geo`."""

from geo.cli.main import main

main()
