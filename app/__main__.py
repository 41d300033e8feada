"""`python -m app` is the command `auskunft`."""

from app.cli import main

raise SystemExit(main())
