"""``python -m graph_api`` is ``detention-graph``."""

from graph_api.cli import main

if __name__ == "__main__":
    main()
