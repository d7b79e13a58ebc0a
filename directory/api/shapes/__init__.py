"""Domain values as plain JSON objects: the one shape that the HTTP interface and `--json` of the command line share. No HTTP in here."""
