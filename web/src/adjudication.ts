// Xem phiếu nghi vấn: the adjudication desk of one member of the board.
//
// Contract: mounted on <main id="adjudication">; one row at a time, answered with the keys of the entry grid and sent as it is answered, so that nothing but
// the row on the screen can be lost. Pictures of the rows to come are fetched ahead. Nothing is put into browser storage, and no answer is ever
// given by default: Enter takes what the machine proposes because the member said so.

import { readConfig, readWords, type Point } from "./adjudication/config";
import { sendLook, type LookBody } from "./adjudication/look";
import { Pictures } from "./adjudication/pictures";
import { answeredFirst, press, startQueue, tookBack, type Answered, type Step } from "./adjudication/queue";
import { drawLegend, Screen, type DeskKey } from "./adjudication/screen";
import { faultWord } from "./entry-grid/config";
import { readKey, type Key, type Sign } from "./entry-grid/keys";
import type { Legend } from "./entry-grid/screen";

/** Rows whose pictures are fetched before they are asked for. */
const AHEAD = 4;
/** No eye reads a row sooner: a key that comes faster was meant for the row before, and answers nothing. */
const SEEN_MS = 200;

const SIGN_CODES: Readonly<Record<Sign, string>> = { "*": "NumpadMultiply", "-": "NumpadSubtract", "/": "NumpadDivide", "+": "NumpadAdd" };

function mount(root: HTMLElement): void {
  const config = readConfig(document);
  const say = readWords(document, "adjudication-words");
  const pictures = new Pictures();
  const screen = new Screen(root, config, say, drawLegend(legend(), (key) => take(pressedOnScreen(key))), (digit) => take({ kind: "digit", digit }));

  let queue = startQueue(config.points);
  let saving = false;
  /** When the first waiting row came before the eyes; later than any moment while it is still on its way. */
  let paintedAt = Number.POSITIVE_INFINITY;

  function legend(): DeskKey[] {
    const digit = (n: number, label: string): DeskKey => ({ cap: String(n), code: `Numpad${n}`, key: String(n), label, ofRows: true });
    const keys = config.choices.map((choice, index) => digit(index + 1, choice.label));
    config.lineFaults.forEach((fault) => {
      const code = SIGN_CODES[fault.key as Sign];
      const label = faultWord(fault, say);
      keys.push(code ? { cap: fault.key, code, key: fault.key, label, ofRows: true } : digit(0, label));
    });
    if (config.sheetReasons.length > 0) keys.push({ cap: "/", code: "NumpadDivide", key: "/", label: say("keyInvalid"), ofRows: true });
    keys.push({ cap: "Enter", code: "NumpadEnter", key: "Enter", label: say("keyAccept"), ofProposal: true });
    keys.push({ cap: "Backspace ⌫", code: "Backspace", key: "Backspace", label: say("keyBack") });
    keys.push({ cap: "+", code: "NumpadAdd", key: "+", label: say("keyLater") });
    return keys;
  }

  function pressedOnScreen(key: Legend): Key {
    const reading = readKey(new KeyboardEvent("keydown", { code: key.code, key: key.key }));
    if (reading.kind === "none" || reading.kind === "letter" || reading.kind === "altered") throw new Error(`no key ${key.code}`);
    return reading;
  }

  /** Shows the first point that waits, and has the pictures of the next ones fetched. */
  async function show(): Promise<void> {
    const point = queue.waiting[0];
    if (point === undefined) {
      paintedAt = Number.NEGATIVE_INFINITY;
      screen.ready(true);
      screen.show(queue);
      return screen.showEnd();
    }
    paintedAt = Number.POSITIVE_INFINITY;
    screen.ready(false);
    screen.hideEnd();
    const row = await pictures.get(point.row);
    if (queue.waiting[0] !== point) return;
    screen.show(queue);
    screen.paint(point, row);
    paintedAt = performance.now();
    setTimeout(() => screen.ready(performance.now() - paintedAt >= SEEN_MS), SEEN_MS + 1);
    const side = point.page === "" ? null : await pictures.get(point.page);
    if (queue.waiting[0] === point) screen.paintSide(point, side);
    const next = queue.waiting.slice(1, 1 + AHEAD);
    void pictures.ahead([...next.map((one) => one.row), ...new Set(next.map((one) => one.page).filter(Boolean))]);
  }

  /** Unlike at the entry grid nothing is typed ahead: what answers a row has seen it. */
  function take(key: Key): void {
    if (!saving && performance.now() - paintedAt >= SEEN_MS) apply(key);
  }

  function apply(key: Key): void {
    const before = queue;
    const point = queue.waiting[0];
    const pressed = press(queue, key, config);
    queue = pressed.queue;
    if (pressed.told) screen.tell(say(pressed.told.word, { key: pressed.told.key ?? "" }), pressed.told.tone);
    else screen.tell("", "quiet");
    if (pressed.back) void takeBack(pressed.back);
    else if (pressed.answer && point !== undefined) void answer(point, pressed.answer);
    else if (queue.waiting[0] !== before.waiting[0]) void show();
    else screen.show(queue);
  }

  /** True when the server has it; else the row stays and it is told why. */
  async function sent(url: string, body: LookBody): Promise<boolean> {
    saving = true;
    screen.busy(true);
    const outcome = await sendLook(url, config.csrf, body);
    saving = false;
    screen.busy(false);
    if (outcome.kind === "saved") return true;
    screen.show(queue);
    screen.tell(say(outcome.kind, outcome.kind === "refused" ? { message: outcome.message } : {}), "fault");
    return false;
  }

  async function answer(point: Point, given: Answered): Promise<void> {
    const where = { sheet: point.sheet, line: given.line };
    if (!(await sent(config.lookUrl, { ...where, mark: given.mark }))) return;
    queue = answeredFirst(queue, given);
    void show();
    screen.tell(say(given.line > 0 ? "savedLine" : "savedSheet", { ...where, mark: screen.name(given.mark) }), "done");
  }

  async function takeBack(step: Step): Promise<void> {
    if (!(await sent(config.backUrl, { sheet: step.point.sheet, line: step.line }))) return;
    queue = tookBack(queue);
    void show();
    screen.tell(say("again"), "warn");
  }

  function onKeydown(event: KeyboardEvent): void {
    const reading = readKey(event);
    // A key that is not ours does nothing; what was said of the key before no longer stands there.
    if (reading.kind === "none") return event.repeat || saving ? undefined : screen.tell("", "quiet");
    // At the end a link has the focus: Enter follows it, Backspace still goes back one row.
    if ((event.target as Element | null)?.closest("a, button, summary") && reading.kind === "enter") return;
    if (reading.kind !== "letter") event.preventDefault();
    if (reading.kind === "altered") return screen.tell(say("altered"), "warn");
    if (reading.kind === "letter") return screen.tell(say("letterKey"), "warn");
    take(reading);
  }

  document.addEventListener("keydown", onKeydown);
  void show();
}

const root = document.getElementById("adjudication");
if (root) mount(root);
