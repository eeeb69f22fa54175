"""`python -m frankpledge.cli`, which `.venv/bin/frankpledge` calls."""

from frankpledge.cli.main import main

raise SystemExit(main())
