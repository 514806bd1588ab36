"""The clock's doors: what runs by itself. Knows services and screens, never a messenger's library."""
