"""Where things are kept. The only floor that knows SQLAlchemy; it takes and gives domain values."""
