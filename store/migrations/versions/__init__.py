"""One module a step; file names sort in order."""
