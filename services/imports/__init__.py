"""What the company's own books tell us, file by file. Spreadsheets are read and made here alone."""
