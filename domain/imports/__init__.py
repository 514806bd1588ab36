"""Files with which a company brings its data: what their columns are called and what their cells may hold."""
