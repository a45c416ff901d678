"""Arguments, streams and exit codes; nothing here knows a rule about tickets."""
