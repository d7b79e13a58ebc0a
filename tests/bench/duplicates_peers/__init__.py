"""Other tools that find duplicates, each run by the Python of an environment of its own that holds nothing else.

Each module here but `running` and `splink_spark_peer` reads one document from standard input,
`{"records": [...], "train": [...], "labels": [...], "wanted": n}`, and writes one to standard output,
`{"groups": {id: group}, "seconds": s}`. Records come normalised as ours are: words of the name, number, core of the street, city, postal
code, telephone; an empty text says nothing. They import nothing of this project.
"""
