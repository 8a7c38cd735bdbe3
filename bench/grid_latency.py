"""Độ trễ phím của trang nhập phiếu: how long a keystroke takes on 44 lines when the processor is six times slower.

Measured inside Chromium, ten keys a second, which no hand keeps up: our own work with style and layout done ("worked"), the same from the
moment of the key ("handled"), and Chromium's Event Timing to the frame that shows it ("painted"; in steps of 8 ms, it waits for the screen's
beat, and without a graphics processor the drawing is done by the slowed one). `python -m bench.grid_latency`.
"""

from __future__ import annotations

import os
import statistics

import django

LINES = 44
SLOWER = int(os.environ.get("SLOWER", "6"))
SHEETS = 4
PACE_MS = 100
PROBE = """() => {
    window.worked = []; window.handled = []; window.painted = []; let started = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (entry.name === 'keydown') window.painted.push(entry.duration); })).observe({type: 'event', durationThreshold: 16});
    document.addEventListener('keydown', () => { started = performance.now(); }, true);
    document.addEventListener('keydown', event => {
        document.body.offsetHeight;
        const now = performance.now();
        window.worked.push(now - started);
        window.handled.push(now - event.timeStamp);
    });
}"""


def told(name: str, values: list[float]) -> str:
    """Median, 95th percentile and worst of one series, in milliseconds."""
    values = sorted(values)
    return (
        f"{name:8} median {statistics.median(values):5.1f} ms   p95 {values[int(len(values) * 0.95) - 1]:5.1f} ms   "
        f"worst {values[-1]:5.1f} ms   ({len(values)} keys)"
    )


def main() -> None:
    """Key some sheets and print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinnhiem.app.settings")
    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.web.conftest import ARGUMENTS, CHROMIUM
    from tests.web.grid import Grid
    from tests.web.harness import Harness

    harness = Harness()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        grid = Grid(page, harness, lines=LINES, next=1)
        grid.cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(PROBE)
        for sheet in range(SHEETS):
            for key in ("1230*-" * LINES)[sheet : sheet + LINES] + "E":
                grid.keys(key)
                page.wait_for_timeout(PACE_MS)
            grid.wait_for(f"Phiếu thứ {sheet + 1} đã lưu.")
        page.wait_for_timeout(300)
        print(f"{LINES} lines, processor {SLOWER} times slower, Chromium {browser.version}, {os.cpu_count()} cores")
        print(told("worked", page.evaluate("window.worked")))
        print(told("handled", page.evaluate("window.handled")))
        print(told("painted", page.evaluate("window.painted")))
        browser.close()
    harness.close()


if __name__ == "__main__":
    main()
