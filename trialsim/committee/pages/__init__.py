"""What each page of the committee shows, read in a fixed number of queries."""
