"""The commands of `qingbao`, a module each; scripts/cli.py registers them."""
