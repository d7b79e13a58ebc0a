"""The interface of the open standard: HSDS 3.1 under `/hsds`, beside the directory's own under `/api/v1`."""
