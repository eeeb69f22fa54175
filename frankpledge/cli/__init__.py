"""The `frankpledge` command: thin, one file per verb. Engine verbs start without Django."""
