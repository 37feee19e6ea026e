"""The shell: Flask helpers that know no feature."""
