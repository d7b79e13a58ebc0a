"""From a record as a reader found it to things ready to be compared and written: mended, checked, cut into roots and parts."""
