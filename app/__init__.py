"""Questions in, cited answers out: assistant, web app, HTTP API and command line."""

__version__ = "0.1.0"
