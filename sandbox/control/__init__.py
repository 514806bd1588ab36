"""The control API: `/sim/*`, by which the page, tests and scripts play the people and the weather."""
