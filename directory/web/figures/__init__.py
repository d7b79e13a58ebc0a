"""Pictures that the server draws as SVG: worked out here as plain numbers, drawn by a template, readable without script and on paper."""
