"""Room: where candidates and mentors write to each other."""
