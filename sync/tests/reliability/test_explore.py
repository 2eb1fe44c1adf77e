import time, json, pytest
from collections import Counter
from sync.models import *
from opportunities.models import Opportunity
from sync.tests.reliability.scene import *
from sync.tests.reliability.mirror import *
from sync.tests.reliability.decisions import *
from sync.verify import verify
pytestmark = pytest.mark.django_db
MODES = {"one": ("keyset", 1), "four": ("keyset", 4), "offset": ("offset", 1)}
CASES = ["", "exception:after=3,times=2", "exception:after=3", "reset:after=3", "throttle:after=3,seconds=0","throttle-silent:after=3",
 *[f"error-{n}:after=3" for n in (500,502,503,504)], "error-500:after=3,times=0", *[f"{n}:after=3" for n in ("html","unauthorized","forbidden","not-found","redirect","not-a-page")],
 *[f"{n}:after=3,times=1" for n in ("html","unauthorized","forbidden","not-found","redirect","not-a-page")],
 "hang:after=3,seconds=1", "drip:after=3,ms=20", "cut:after=3", "bad-json:after=3","bad-json:after=3,times=0", "clock-ahead",
 *[f"{n}:after=3,times=2" for n in "null-field absent-field missing-id new-field string-numbers overflow nan nul emoji long-text bad-date wrong-type".split()],
 "null-field:field=Name,after=3,times=2","string-numbers",
 *"edit-between add-between remove-between ties:after=2 late-commit row-ahead:after=2,seconds=600".split(),
 "offset-ignored:after=2", "short-pages","page-repeated:after=3","page-repeated:after=3,times=1","empty:after=3","empty:after=3,times=1","empty","empty:times=1","duplicate:after=3","wrong-has-more","wrong-has-more:after=3,times=2","items-absent:after=3","items-absent:empty=1",
]
@pytest.mark.parametrize("mode", MODES)
def test_x(oracle, settings, mode):
    settings.ORACLE_PAGING, conc = MODES[mode]
    settings.ORACLE_PAGE_SIZE = 5
    settings.ORACLE_MAX_ATTEMPTS = 5
    settings.ORACLE_BACKOFF_S = .001
    settings.ORACLE_TIMEOUT_S = .4
    settings.ORACLE_EXTRA_FIELDS = list(EXTRA_FIELDS)
    for c in CASES:
        t=time.time()
        for m in (Opportunity, SyncLog, RejectedRecord): m.objects.all().delete()
        from django.contrib.auth.models import User
        User.objects.all().delete()
        oracle.reset()
        oracle.serve(made_up_rows())
        settings.ORACLE_CONCURRENCY = 1
        a = sync()
        assert a.status == "SUCCESS", a.error_message
        assert not differences(oracle.rows(), here)
        dec = decide_here()
        settings.ORACLE_CONCURRENCY = conc
        oracle_moves_on(oracle)
        t1=time.time()
        oracle.faults(*([c] if c else []))
        w0 = SyncLog.objects.watermark()
        f = sync(sync_type="FULL")
        oracle.faults()
        t2=time.time()
        n = sync(); 
        d1 = differences(oracle.rows(), here)
        u = sync(sync_type="FULL")
        d = differences(oracle.rows(), here)
        v = verify()
        ok = dec.items() <= decisions(here).items()
        print(f"{mode:7}{c:32}{f.status:8} f{f.total_fetched} n{f.new_records} u{f.updated_records} k{f.unchanged_records} x{f.failed_records} r{f.removed_records} w{'+' if f.watermark else '-'} | {n.sync_type[:4]} {n.status} d{len(d1)} | {u.status} u{u.updated_records} n{u.new_records} d{len(d)} v{v.is_equal} {ok} {t1-t:.2f} {t2-t1:.2f} {time.time()-t2:.2f} {f.error_message[:70]}")
