"""The qingbao command line, settings, demo, benches. The only place that wires the packages together."""
