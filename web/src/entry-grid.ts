// Nhập phiếu: the key-entry grid of one counting station.
//
// Contract: mounted on <main id="entry-grid">; the whole sheet is keyed on the number pad and sent as it is finished, so that at most
// the sheet on the screen can be lost. Sheets already saved are never shown and never come back from the server. Nothing is put
// into browser storage; no sum by level exists here. What could mean two things is refused and told, never guessed.

import { faultWord, readConfig, readWords } from "./entry-grid/config";
import { readKey, type Key, type Sign } from "./entry-grid/keys";
import { saveSheet } from "./entry-grid/save";
import { Screen, type Legend } from "./entry-grid/screen";
import { emptySheet, isUntouched, press, type Entry, type Form } from "./entry-grid/sheet";

/** UniKey sends its Backspaces and its letters in one burst; a person's two keys are further apart. */
const BURST_MS = 100;
/** An Enter typed ahead of the last save must not also end the pile. */
const SETTLE_MS = 600;

const SIGN_CODES: Readonly<Record<Sign, string>> = { "*": "NumpadMultiply", "-": "NumpadSubtract", "/": "NumpadDivide", "+": "NumpadAdd" };

function mount(root: HTMLElement): void {
  const config = readConfig(document);
  const say = readWords(document, config);
  const form: Form = {
    lines: config.subjects.length,
    choices: config.choices.map((choice) => choice.code),
    faults: Object.fromEntries(config.lineFaults.map((fault) => [fault.key, fault.code])),
    reasons: config.sheetReasons.map((reason) => reason.code),
    single: config.single ?? false,
  };

  let entry = emptySheet(form.lines);
  let firstUnsaved = config.next;
  let number = config.next;
  let saving = false;
  let finishShownAt = Number.NaN;
  const waiting: Key[] = [];
  let beforeUndo: { entry: Entry; at: number } | null = null;

  const screen = new Screen(root, config, say, legend(), (key) => take(pressedOnScreen(key)), goTo);
  const finished = (): boolean => !screen.finishForm.hidden;

  function legend(): Legend[] {
    const digit = (n: number, label: string): Legend => ({ cap: String(n), code: `Numpad${n}`, key: String(n), label });
    const keys = config.choices.map((choice, index) => digit(index + 1, choice.label));
    config.lineFaults.forEach((fault) => {
      const code = SIGN_CODES[fault.key as Sign];
      keys.push(code ? { cap: fault.key, code, key: fault.key, label: faultWord(fault, say) } : digit(0, faultWord(fault, say)));
    });
    if (form.reasons.length > 0) keys.push({ cap: "/", code: "NumpadDivide", key: "/", label: say("keyInvalid") });
    keys.push({ cap: "Enter", code: "NumpadEnter", key: "Enter", label: say("keyNext") });
    keys.push({ cap: "←", code: "Backspace", key: "Backspace", label: say("keyUndo") });
    keys.push({ cap: "Esc", code: "Escape", key: "Escape", label: say("keyClear") });
    if (form.faults["+"] === undefined && !form.single) keys.push({ cap: "+", code: "NumpadAdd", key: "+", label: say("keyRekey") });
    return keys;
  }

  function pressedOnScreen(key: Legend): Key {
    const reading = readKey(new KeyboardEvent("keydown", { code: key.code, key: key.key }));
    if (reading.kind === "none" || reading.kind === "letter" || reading.kind === "altered") throw new Error(`no key ${key.code}`);
    return reading;
  }

  function goTo(index: number): void {
    if (saving || entry.invalid !== null || entry.mode !== "lines") return;
    entry = { ...entry, current: index, clearing: false };
    redraw();
  }

  function redraw(): void {
    screen.show(entry, number, number < firstUnsaved);
  }

  /** Keys typed while a sheet is on its way wait for the answer; they belong to the sheet after it. */
  function take(key: Key): void {
    if (saving) waiting.push(key);
    else if (finished()) takeAtEnd(key);
    else apply(key);
  }

  function takeAtEnd(key: Key): void {
    if (key.kind === "sign" && key.sign === "+" && !form.single) {
      screen.hideFinish();
      apply(key);
    } else if (key.kind === "enter" && performance.now() - finishShownAt > SETTLE_MS) {
      finishShownAt = Number.POSITIVE_INFINITY;
      screen.finishForm.requestSubmit();
    }
  }

  function apply(key: Key): void {
    if (key.kind === "clear" && entry.mode === "lines" && number < firstUnsaved && isUntouched(entry)) return dropRekeying();
    const line = entry.current;
    const pressed = press(entry, key, form);
    entry = pressed.entry;
    if (entry.mode === "lines" && number > config.pile && pressed.act === undefined) return endOfPile();
    redraw();
    const mark = entry.marks[line];
    if (mark !== undefined && mark !== null && (key.kind === "digit" || key.kind === "sign")) screen.speak(line, mark);
    if (pressed.told) {
      const { word, tone, line: at = 0, key: cap = "" } = pressed.told;
      const subject = config.subjects[at];
      screen.tell(say(word, { key: cap, n: number, b: form.lines, line: subject?.line ?? "", name: subject?.name ?? "" }), tone);
    } else {
      screen.tell("", "quiet");
    }
    if (pressed.act === "save") void save();
    if (pressed.act === "rekey") rekey();
  }

  async function save(): Promise<void> {
    const sheet = number;
    saving = true;
    screen.busy(true);
    screen.tell(say("saving", { n: sheet }), "quiet");
    const lines = entry.invalid === null ? entry.marks.map((mark) => mark ?? "") : null;
    const outcome = await saveSheet(config.saveUrl, config.csrf, { sheet, lines, invalid: entry.invalid });
    saving = false;
    screen.busy(false);
    if (outcome.kind !== "saved") {
      waiting.length = 0;
      const why = outcome.kind === "refused" ? { n: sheet, message: outcome.message } : { n: sheet };
      return screen.tell(say(outcome.kind, why), "fault");
    }
    if (sheet === firstUnsaved) firstUnsaved = Math.max(outcome.next, sheet + 1);
    number = firstUnsaved;
    entry = emptySheet(form.lines);
    beforeUndo = null;
    if (number > config.pile) endOfPile();
    else redraw();
    screen.tell(outcome.message || say("saved", { n: sheet }), "done");
    while (waiting.length > 0 && !saving) take(waiting.shift()!);
  }

  function rekey(): void {
    const asked = Number(entry.digits);
    if (asked >= 1 && asked < firstUnsaved) {
      number = asked;
      entry = emptySheet(form.lines);
      redraw();
      return screen.tell(say("rekeying", { n: asked }), "warn");
    }
    entry = { ...entry, digits: "" };
    redraw();
    screen.tell(firstUnsaved === 1 ? say("rekeyNone") : say("rekeyRange", { last: firstUnsaved - 1 }), "warn");
  }

  /** Leave a saved sheet as it is and go back to where the pile was. */
  function dropRekeying(): void {
    const kept = number;
    number = firstUnsaved;
    if (number > config.pile) endOfPile();
    else redraw();
    screen.tell(say("rekeyDropped", { n: kept }), "quiet");
  }

  function endOfPile(): void {
    waiting.length = 0;
    finishShownAt = performance.now();
    screen.showFinish(firstUnsaved - 1);
  }

  /** Remember the sheet as it was before a run of Backspaces, in case an input method turns out to have sent them. */
  function rememberUndo(at: number): void {
    const sameBurst = beforeUndo !== null && at - beforeUndo.at < BURST_MS;
    beforeUndo = { entry: sameBurst ? beforeUndo!.entry : entry, at };
  }

  /** An input method replaced a key: give back what its Backspaces took, and ask for the key again. */
  function altered(at: number): void {
    if (beforeUndo !== null && at - beforeUndo.at < BURST_MS) entry = beforeUndo.entry;
    beforeUndo = null;
    if (saving || finished()) return;
    redraw();
    screen.tell(say("altered"), "warn");
  }

  function onKeydown(event: KeyboardEvent): void {
    const target = event.target as Element | null;
    if (target?.closest("input, select, textarea, button, a, summary")) return;
    const reading = readKey(event);
    if (reading.kind === "none") return;
    if (reading.kind !== "letter") event.preventDefault();
    if (reading.kind === "altered") return altered(event.timeStamp);
    if (reading.kind === "undo" && !saving) rememberUndo(event.timeStamp);
    else beforeUndo = null;
    if (reading.kind !== "letter") take(reading);
    else if (!saving && !finished()) screen.tell(say("letterKey"), "warn");
  }

  document.addEventListener("keydown", onKeydown);
  window.addEventListener("beforeunload", (event) => {
    if (!isUntouched(entry)) event.preventDefault();
  });
  redraw();
  if (number > config.pile) endOfPile();
  screen.surface.focus();
}

const root = document.getElementById("entry-grid");
if (root) mount(root);
