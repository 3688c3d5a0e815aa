"""`python3 manage.py bench` starts here."""

from tests.bench.bench import main

main()
