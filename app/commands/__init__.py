"""The commands of the command line, one module each: `register(subparsers)` and `run(args) -> exit code`."""

DONE = 0
FOUND = 1
CANNOT = 2
INTERRUPTED = 130
READER_GONE = 141
