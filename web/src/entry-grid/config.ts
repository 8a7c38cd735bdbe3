// Khai báo của trang nhập phiếu: what the server hands the grid, and the words it speaks.
//
// Contract: the page holds <script type="application/json" id="entry-config"> and an element #entry-words whose data-* attributes
// are the sentences (gettext serves templates only). `words` in the configuration, when given, goes before the attributes. A
// missing piece stops the page with a sentence in the console rather than letting half a grid be used.

export interface Subject {
  line: number;
  name: string;
  post: string;
}

export interface Choice {
  code: string;
  label: string;
  short: string;
}

export interface LineFault {
  code: string;
  /** In the book's words, which may be a sentence. */
  label: string;
  /** "0", "*", "-" or "+". */
  key: string;
  /** Fits a cell; when missing, the word of its key on the page. */
  short?: string;
}

export interface SheetReason {
  code: string;
  label: string;
}

export interface Config {
  saveUrl: string;
  finishUrl: string;
  csrf: string;
  batch: number | string;
  pile: number;
  /** First sheet of the pile that is not saved yet, from 1; pile + 1 when all are. */
  next: number;
  station: string;
  ballotTitle: string;
  subjects: readonly Subject[];
  choices: readonly Choice[];
  lineFaults: readonly LineFault[];
  sheetReasons: readonly SheetReason[];
  /** One sheet and no other, as in a random check: nothing before it can be keyed again. */
  single?: boolean;
  words?: Readonly<Record<string, string>>;
}

const FAULT_WORDS: Readonly<Record<string, string>> = { "0": "faultZero", "*": "faultStar", "-": "faultDash" };

/** What stands on the key and in the cell of a line fault. */
export function faultWord(fault: LineFault, say: Say): string {
  const word = FAULT_WORDS[fault.key];
  return fault.short ?? (word === undefined ? fault.label : say(word));
}

export type Values = Readonly<Record<string, string | number>>;
export type Say = (word: string, values?: Values) => string;

export function readConfig(page: Document): Config {
  const source = page.getElementById("entry-config")?.textContent;
  if (!source) throw new Error("entry-config is missing from this page");
  const config = JSON.parse(source) as Config;
  if (config.subjects.length === 0 || config.choices.length === 0) throw new Error("entry-config has no subjects or no choices");
  if (config.choices.length > 9 || config.sheetReasons.length > 9) throw new Error("entry-config: a digit chooses, so nine at most");
  return config;
}

/** The words of the page; a word that is not there shows its own key, which a test would see. */
export function readWords(page: Document, config: Config): Say {
  const attributes = page.getElementById("entry-words")?.dataset ?? {};
  return (word, values = {}) =>
    (config.words?.[word] ?? attributes[word] ?? word).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
