/** Starts the comforts of a page. Every page works without this file. */

