"""The staging area of one import: a file of its own in which everything read waits, sorted and compared, before anything is written."""
