"""Making the gazetteer's data files from open data packages: run by hand when the sources change, never by the product itself."""
