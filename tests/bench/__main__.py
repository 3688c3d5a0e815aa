"""`python3 manage.py bench` starts here: the boards, or by name `grid`, `import`, `present`."""

import sys

from tests.bench import bench, bench_grid, bench_import, bench_present

OTHERS = {"grid": bench_grid, "import": bench_import, "present": bench_present}

if sys.argv[1:2] and sys.argv[1] in OTHERS:
    OTHERS[sys.argv.pop(1)].main()
else:
    bench.main()
