"""The languages that reports are read in, each a package with the same interface (`interface.py`)."""
