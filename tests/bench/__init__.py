"""The product's own figures: `make bench` prints them. Nothing here is a timed test."""
