"""What the business is and decides. Knows no database, no messenger, no clock."""
