"""Where things are kept: the only code that opens files, runs Git, reads YAML or speaks SQL."""
