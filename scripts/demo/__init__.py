"""The demo: an invented corpus in the form of the real things, and a site that serves it on loopback."""
