"""One file a command; the path of the file is the path of the command."""
