"""`python -m zhunsheng.web` is the command `zhunsheng`."""

from zhunsheng.web.cli import main

main()
