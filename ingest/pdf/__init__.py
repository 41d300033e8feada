"""What runs around the PDF engine, in a child process of its own."""
