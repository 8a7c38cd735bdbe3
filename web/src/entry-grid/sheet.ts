// Phiếu đang nhập: the sheet being keyed, as a value, and what each key does to it.
//
// Contract: pure; `press` takes a sheet and a key and returns another sheet, what to tell the operator and what to do next. No level
// is ever filled by default: counting only the exceptions (kiểm phiếu ngược) turns a line nobody read into a mark. A key that has no place
// to go is refused and told, never written over another line: one digit too many is the sign of a slipped line.

import type { Key } from "./keys";

export interface Form {
  /** Number of lines on the ballot. */
  lines: number;
  /** Codes by digit: choices[0] is key 1. */
  choices: readonly string[];
  /** Line faults by their key: "0", "*", "-", "+". */
  faults: Readonly<Record<string, string>>;
  /** Reasons for which a whole sheet is invalid, by digit. */
  reasons: readonly string[];
  /** No sheet before this one can be keyed again. */
  single?: boolean;
}

export interface Entry {
  marks: readonly (string | null)[];
  /** Index of the line that the next mark goes to; equals marks.length when the sheet is full. */
  current: number;
  history: readonly { line: number; was: string | null }[];
  invalid: string | null;
  mode: "lines" | "reason" | "rekey";
  /** What has been typed of a sheet number in mode "rekey". */
  digits: string;
  clearing: boolean;
}

export interface Told {
  word: string;
  tone: "quiet" | "warn";
  line?: number;
  key?: string;
}

export interface Pressed {
  entry: Entry;
  told?: Told;
  act?: "save" | "rekey";
}

export function emptySheet(lines: number): Entry {
  return { marks: new Array<null>(lines).fill(null), current: 0, history: [], invalid: null, mode: "lines", digits: "", clearing: false };
}

export function isUntouched(entry: Entry): boolean {
  return entry.invalid === null && entry.marks.every((mark) => mark === null);
}

export function press(entry: Entry, key: Key, form: Form): Pressed {
  if (key.kind !== "clear" && entry.clearing) return press({ ...entry, clearing: false }, key, form);
  if (entry.mode === "reason") return pressReason(entry, key, form);
  if (entry.mode === "rekey") return pressRekey(entry, key);
  switch (key.kind) {
    case "digit":
      return mark(entry, form, key.digit === 0 ? form.faults["0"] : form.choices[key.digit - 1], String(key.digit));
    case "sign":
      if (key.sign === "/") return askReason(entry, form);
      if (key.sign === "+" && form.faults["+"] === undefined && !form.single) return askRekey(entry);
      return mark(entry, form, form.faults[key.sign], key.sign);
    case "enter":
      return finish(entry);
    case "undo":
      return undo(entry);
    case "clear":
      return clear(entry);
    default:
      return entry.invalid === null ? { entry: { ...entry, current: moved(entry, key.kind) } } : { entry };
  }
}

function mark(entry: Entry, form: Form, code: string | undefined, key: string): Pressed {
  if (entry.invalid !== null) return { entry, told: { word: "invalidStands", tone: "warn" } };
  if (code === undefined) return { entry, told: { word: "noSuchKey", tone: "warn", key } };
  if (entry.current >= form.lines) return { entry, told: { word: "sheetFull", tone: "warn", key } };
  const line = entry.current;
  const marks = entry.marks.map((old, index) => (index === line ? code : old));
  const history = [...entry.history, { line, was: entry.marks[line] ?? null }];
  return { entry: { ...entry, marks, history, current: nextEmpty(marks, line) } };
}

/** The next line without a mark, from here down and then from the top; past the end when there is none. */
function nextEmpty(marks: readonly (string | null)[], from: number): number {
  const below = marks.indexOf(null, from + 1);
  if (below >= 0) return below;
  const above = marks.indexOf(null);
  return above >= 0 ? above : marks.length;
}

function moved(entry: Entry, to: "up" | "down" | "first" | "last"): number {
  const last = entry.marks.length - 1;
  if (to === "first") return 0;
  if (to === "last") return last;
  return Math.max(0, Math.min(last, entry.current + (to === "up" ? -1 : 1)));
}

function finish(entry: Entry): Pressed {
  if (entry.invalid !== null) return { entry, act: "save" };
  const missing = entry.marks.indexOf(null);
  if (missing < 0) return { entry, act: "save" };
  return { entry: { ...entry, current: missing }, told: { word: "lineMissing", tone: "warn", line: missing } };
}

function undo(entry: Entry): Pressed {
  if (entry.invalid !== null) return { entry: { ...entry, invalid: null }, told: { word: "invalidLifted", tone: "quiet" } };
  const last = entry.history[entry.history.length - 1];
  if (last === undefined) return { entry, told: { word: "nothingToUndo", tone: "quiet" } };
  const marks = entry.marks.map((old, index) => (index === last.line ? last.was : old));
  return { entry: { ...entry, marks, history: entry.history.slice(0, -1), current: last.line } };
}

function clear(entry: Entry): Pressed {
  if (isUntouched(entry)) return { entry, told: { word: "nothingToUndo", tone: "quiet" } };
  if (!entry.clearing) return { entry: { ...entry, clearing: true }, told: { word: "clearAsk", tone: "warn" } };
  return { entry: emptySheet(entry.marks.length), told: { word: "cleared", tone: "quiet" } };
}

function askReason(entry: Entry, form: Form): Pressed {
  if (form.reasons.length === 0) return { entry, told: { word: "noSuchKey", tone: "warn", key: "/" } };
  return { entry: { ...entry, mode: "reason" } };
}

function pressReason(entry: Entry, key: Key, form: Form): Pressed {
  if (key.kind === "digit") {
    const invalid = form.reasons[key.digit - 1];
    if (invalid !== undefined) return { entry: { ...entry, invalid, mode: "lines" } };
    return { entry, told: { word: "noSuchKey", tone: "warn", key: String(key.digit) } };
  }
  const back = key.kind === "undo" || key.kind === "clear" || (key.kind === "sign" && key.sign === "/");
  return back ? { entry: { ...entry, mode: "lines" } } : { entry };
}

function askRekey(entry: Entry): Pressed {
  if (!isUntouched(entry)) return { entry, told: { word: "rekeyBusy", tone: "warn" } };
  return { entry: { ...entry, mode: "rekey", digits: "" } };
}

function pressRekey(entry: Entry, key: Key): Pressed {
  if (key.kind === "digit") return { entry: { ...entry, digits: (entry.digits + String(key.digit)).slice(0, 3) } };
  if (key.kind === "enter") return { entry, act: "rekey" };
  if (key.kind === "undo" && entry.digits !== "") return { entry: { ...entry, digits: entry.digits.slice(0, -1) } };
  const back = key.kind === "undo" || key.kind === "clear" || (key.kind === "sign" && key.sign === "+");
  return back ? { entry: { ...entry, mode: "lines", digits: "" } } : { entry };
}
