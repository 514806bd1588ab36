"""How fast, as ratios measured in one run beside a bare echo bot. `make bench` prints the table."""
