"""`python3 manage.py bench` starts here: the boards, or with `import` the import of a survey."""

import sys

from tests.bench import bench, bench_import

if sys.argv[1:2] == ["import"]:
    del sys.argv[1]
    bench_import.main()
else:
    bench.main()
