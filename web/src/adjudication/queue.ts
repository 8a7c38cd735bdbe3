// Hàng chờ: which point stands before the member, which come next, and what each key does to it.
//
// Contract: pure. Points of one group stand together, in the order given. An answer takes the point off; "back" asks for the last one to be taken back; "later" puts the point at the end of its own group. Nothing is ever answered by default.

import type { Key } from "../entry-grid/keys";
import type { Answer, Config, Point } from "./config";

/** What is sent for a point: a mark on its own line, or on the whole sheet. */
export interface Answered {
  line: number;
  mark: string;
  takesOut: boolean;
  opens?: readonly Point[];
}

export interface Step {
  readonly point: Point;
  readonly line: number;
  /** Points of the same sheet that were no longer asked about. */
  readonly dropped: readonly Point[];
  /** Points that this answer brought up. */
  readonly opened: readonly Point[];
}

export interface Queue {
  readonly waiting: readonly Point[];
  readonly answered: readonly Step[];
  readonly mode: "lines" | "reason";
}

export interface Told {
  word: string;
  tone: "quiet" | "warn";
  key?: string;
}

export interface Pressed {
  queue: Queue;
  told?: Told;
  /** To be sent for the first waiting point. */
  answer?: Answered;
  /** The last answer is to be taken back. */
  back?: Step;
}

/** A reason for which a whole sheet is invalid is an answer about line 0. */
const WHOLE_SHEET = 0;

export function startQueue(points: readonly Point[]): Queue {
  const groups = [...new Set(points.map((point) => point.group))];
  return { waiting: groups.flatMap((group) => points.filter((point) => point.group === group)), answered: [], mode: "lines" };
}

/** The queue once the answer of its first point is saved. */
export function answeredFirst(queue: Queue, answer: Answered): Queue {
  const [point, ...rest] = queue.waiting;
  if (point === undefined) return queue;
  const gone = (other: Point): boolean => answer.takesOut && other.sheet === point.sheet;
  const opened = answer.opens ?? [];
  const step = { point, line: answer.line, dropped: rest.filter(gone), opened };
  return { waiting: [...opened, ...rest.filter((other) => !gone(other))], answered: [...queue.answered, step], mode: "lines" };
}

/** The queue once its last answer is taken back: that row stands first again. */
export function tookBack(queue: Queue): Queue {
  const last = queue.answered[queue.answered.length - 1];
  if (last === undefined) return queue;
  const rest = queue.waiting.filter((other) => !last.opened.includes(other));
  return { waiting: [last.point, ...last.dropped, ...rest], answered: queue.answered.slice(0, -1), mode: "lines" };
}

export function press(queue: Queue, key: Key, config: Config): Pressed {
  const point = queue.waiting[0];
  if (queue.mode === "reason") return pressReason(queue, key, config);
  if (key.kind === "undo") return back(queue);
  if (point === undefined) return { queue };
  switch (key.kind) {
    case "digit":
      return key.digit === 0 && point.answers === null ? fault(queue, point, "0", config) : choice(queue, point, key.digit, config);
    case "sign":
      if (key.sign === "/") return askReason(queue, point, config);
      if (key.sign === "+") return later(queue, point);
      return fault(queue, point, key.sign, config);
    case "enter":
      if (point.proposal === null) return { queue, told: { word: "nothingToTake", tone: "warn" } };
      return { queue, answer: answerOf(point, point.proposal) };
    default:
      return { queue };
  }
}

function answerOf(point: Point, mark: string): Answered {
  const known = point.answers?.find((answer) => answer.mark === mark);
  return { line: point.line, mark, takesOut: known?.takesOut ?? false, ...(known?.opens && { opens: known.opens }) };
}

function markOf(answers: readonly Answer[], digit: number): string | undefined {
  return answers.find((answer) => answer.key === digit)?.mark;
}

function choice(queue: Queue, point: Point, digit: number, config: Config): Pressed {
  const code = point.answers === null ? config.choices[digit - 1]?.code : markOf(point.answers, digit);
  return code === undefined ? { queue, told: { word: "noSuchKey", tone: "warn", key: String(digit) } } : { queue, answer: answerOf(point, code) };
}

function fault(queue: Queue, point: Point, key: string, config: Config): Pressed {
  const code = point.answers === null ? config.lineFaults.find((known) => known.key === key)?.code : undefined;
  return code === undefined ? { queue, told: { word: "noSuchKey", tone: "warn", key } } : { queue, answer: answerOf(point, code) };
}

function back(queue: Queue): Pressed {
  const last = queue.answered[queue.answered.length - 1];
  return last === undefined ? { queue, told: { word: "nothingBefore", tone: "quiet" } } : { queue, back: last };
}

function later(queue: Queue, point: Point): Pressed {
  const rest = queue.waiting.slice(1);
  if (rest.length === 0) return { queue, told: { word: "lastOne", tone: "warn" } };
  const end = rest.reduce((found, other, index) => (other.group === point.group ? index + 1 : found), 0);
  const waiting = end > 0 ? [...rest.slice(0, end), point, ...rest.slice(end)] : [...rest, point];
  return { queue: { ...queue, waiting }, told: { word: "putOff", tone: "quiet" } };
}

function askReason(queue: Queue, point: Point, config: Config): Pressed {
  if (point.answers !== null || config.sheetReasons.length === 0) return { queue, told: { word: "noSuchKey", tone: "warn", key: "/" } };
  return { queue: { ...queue, mode: "reason" } };
}

function pressReason(queue: Queue, key: Key, config: Config): Pressed {
  if (key.kind === "digit") {
    const reason = config.sheetReasons[key.digit - 1];
    if (reason !== undefined) return { queue: { ...queue, mode: "lines" }, answer: { line: WHOLE_SHEET, mark: reason.code, takesOut: true } };
    return { queue, told: { word: "noSuchKey", tone: "warn", key: String(key.digit) } };
  }
  const leave = key.kind === "undo" || key.kind === "clear" || (key.kind === "sign" && key.sign === "/");
  return leave ? { queue: { ...queue, mode: "lines" } } : { queue };
}
