"""How well products are found and written orders are read: `make quality` writes benchmarks/quality.json."""
