// Khai báo của bàn xem phiếu nghi vấn: what the server hands the desk, and the words it speaks.
//
// Contract: the page holds <script type="application/json" id="adjudication-config"> and an element #adjudication-words whose data-* attributes are the
// sentences. A point carries what the machine saw and nothing of what any person answered.

import type { Choice, LineFault, Say, SheetReason } from "../entry-grid/config";

/** Parts of a picture, each from 0 to 1: where it begins and how long it is. */
export type Span = readonly [start: number, length: number];

/** An answer that is no mark on a row: the sheet is valid, this one is a second scan… */
export interface Answer {
  mark: string;
  /** The digit that gives it: a reason has the one it has in `Config.sheetReasons`. */
  key: number;
  label: string;
  /** Whether the sheet's lines are then no longer asked about. */
  takesOut: boolean;
  /** Why the rule behind it is not certain, "" where it is. */
  doubt?: string;
  /** Points that are asked about once this is the answer: the lines of a sheet. */
  opens?: readonly Point[];
}

export interface Point {
  sheet: number;
  /** Line on the ballot, from 1; below 1 something about the whole sheet is asked. */
  line: number;
  /** What a board calls it; points of one group stand together. */
  group: string;
  /** Why it is asked about, a whole sentence: what the machine saw, or that people asked for it. */
  reason: string;
  /** The mark that the machine would take, null where it has none. */
  proposal: string | null;
  /** Whose row it is, or what is asked about the sheet. */
  title: string;
  /** Address of the enlarged row, or of the part of the sheet that is asked about. */
  row: string;
  /** Address of the side it stands on, masked; "" where `row` shows it all. */
  page: string;
  /** Answers where a whole sheet is asked about, null for a row, which has the marks of the ballot. */
  answers: readonly Answer[] | null;
  /** The boxes within the row's picture, from left to right; null for a whole sheet. */
  boxes: Span | null;
  /** The row within the page's picture, from top to bottom. */
  place: Span;
}

export interface Config {
  lookUrl: string;
  backUrl: string;
  leaveUrl: string;
  csrf: string;
  batch: string;
  member: string;
  choices: readonly Choice[];
  lineFaults: readonly LineFault[];
  sheetReasons: readonly SheetReason[];
  points: readonly Point[];
}

export function readConfig(page: Document): Config {
  const source = page.getElementById("adjudication-config")?.textContent;
  if (!source) throw new Error("adjudication-config is missing from this page");
  const config = JSON.parse(source) as Config;
  if (config.choices.length === 0) throw new Error("adjudication-config has no choices");
  if (config.choices.length > 9 || config.sheetReasons.length > 9) throw new Error("adjudication-config: a digit chooses, so nine at most");
  return config;
}

/** The words of the page; a word that is not there shows its own key, which a test would see. */
export function readWords(page: Document, id: string): Say {
  const words = page.getElementById(id)?.dataset ?? {};
  return (word, values = {}) => (words[word] ?? word).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
