// Màn hình nhập phiếu: draws the sheet being keyed.
//
// Contract: builds its elements once and afterwards touches only what changed, so that a keystroke stays cheap on an old PC. Text is
// set as text, never as HTML. Nothing here counts anything but lines written and sheets saved: no figure by level exists on this page.

import { faultWord, type Config, type Say } from "./config";
import type { Entry, Told } from "./sheet";

/** Lines that fit one column of a 1366×768 screen at a readable size. */
const LINES_PER_COLUMN = 22;

export interface Legend {
  /** What stands on the key. */
  cap: string;
  /** KeyboardEvent.code that pressing the drawn key stands for. */
  code: string;
  /** Its `key`, where the place alone does not tell. */
  key: string;
  label: string;
}

interface Row {
  element: HTMLElement;
  cells: HTMLElement[];
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** A box whose text changes with every key: the text stands in a block of its own that the style sheet cuts off from its surroundings. */
function makeChanging<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const element = make(tag, className);
  element.append(make("span", "entry-text"));
  return element;
}

function setText(element: HTMLElement, text: string): void {
  const inner = element.firstElementChild ?? element;
  if (inner.textContent !== text) inner.textContent = text;
}

export class Screen {
  readonly surface: HTMLElement;
  readonly finishForm: HTMLFormElement;
  private readonly rows: Row[] = [];
  private readonly title = makeChanging("h1", "entry-title");
  private readonly current = makeChanging("p", "entry-current");
  private readonly progress = makeChanging("p", "entry-progress");
  private readonly message = makeChanging("p", "entry-message");
  private readonly spoken = makeChanging("p", "visually-hidden");
  private readonly panel = make("section", "entry-panel");
  private readonly finishAsk = make("p", "entry-finish-ask");
  private readonly columnOf = new Map<string, number>();
  private readonly labelOf = new Map<string, string>();
  private readonly shortOf = new Map<string, string>();
  private shown: Entry | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly config: Config,
    private readonly say: Say,
    legend: readonly Legend[],
    onLegend: (key: Legend) => void,
    private readonly onLine: (index: number) => void,
  ) {
    config.choices.forEach((choice, index) => this.name(choice.code, index, choice.label, choice.short));
    config.lineFaults.forEach((fault) => this.name(fault.code, config.choices.length, fault.label, faultWord(fault, say)));

    const columns = Math.max(1, Math.ceil(config.subjects.length / LINES_PER_COLUMN));
    root.classList.add("entry", `entry--columns-${Math.min(columns, 3)}`);
    if (config.subjects.length <= 10) root.classList.add("entry--airy");

    const head = make("header", "entry-head");
    this.message.setAttribute("role", "status");
    this.spoken.setAttribute("aria-live", "polite");
    head.append(this.title, this.where(), this.progress);

    this.surface = this.drawSurface(columns);
    this.panel.hidden = true;
    this.finishForm = this.drawFinish();
    const bar = make("div", "entry-bar");
    bar.append(this.current, this.message);
    const stage = make("div", "entry-stage");
    stage.append(this.surface, this.panel, this.finishForm);
    root.replaceChildren(head, bar, stage, this.drawLegend(legend, onLegend), this.spoken);
  }

  /** Show a sheet; `number` is its number in the pile, `again` whether it was saved before and is being replaced. */
  show(entry: Entry, number: number, again: boolean): void {
    const { say, config } = this;
    const before = this.shown;
    const through = number > config.pile;
    if (through) setText(this.title, say("doneTitle", { batch: config.batch }));
    else if (again) setText(this.title, say("titleAgain", { n: number, pile: config.pile }));
    else setText(this.title, say("title", { n: number, pile: config.pile }));
    this.root.classList.toggle("entry--again", again);
    entry.marks.forEach((mark, index) => {
      if (before === null || before.marks[index] !== mark) this.drawMark(index, mark);
    });
    if (before?.current !== entry.current) this.moveCurrent(before?.current, entry.current);
    const written = entry.marks.reduce((sum, mark) => sum + (mark === null ? 0 : 1), 0);
    const full = entry.invalid === null && written === entry.marks.length;
    setText(this.progress, say("progress", { a: written, b: entry.marks.length }));
    this.root.classList.toggle("entry--full", full);
    this.root.classList.toggle("entry--invalid", entry.invalid !== null);
    this.drawCurrentBar(entry, number, full);
    this.drawPanel(entry, number);
    this.shown = entry;
  }

  /** Tell the operator something; an empty text clears the line. */
  tell(text: string, tone: Told["tone"] | "done" | "fault"): void {
    setText(this.message, text);
    this.message.dataset["tone"] = text === "" ? "" : tone;
    this.message.setAttribute("role", tone === "fault" ? "alert" : "status");
  }

  /** Read out for a screen reader the mark just made. */
  speak(index: number, mark: string | null): void {
    const subject = this.config.subjects[index];
    if (subject) setText(this.spoken, `${subject.line}. ${subject.name}: ${mark === null ? this.say("noMark") : this.label(mark)}`);
  }

  busy(saving: boolean): void {
    this.root.setAttribute("aria-busy", String(saving));
  }

  /** The pile is through: the finish form in place of the sheet. */
  showFinish(saved: number): void {
    const { say, config } = this;
    this.surface.hidden = true;
    this.panel.hidden = true;
    this.finishForm.hidden = false;
    this.root.classList.add("entry--done");
    setText(this.title, say("doneTitle", { batch: config.batch }));
    setText(this.progress, "");
    setText(this.current, "");
    setText(this.finishAsk, say("doneAsk", { batch: config.batch, a: saved, b: config.pile }));
  }

  /** Back from the finish form to a sheet. */
  hideFinish(): void {
    this.surface.hidden = false;
    this.finishForm.hidden = true;
    this.root.classList.remove("entry--done");
    this.surface.focus();
  }

  label(code: string): string {
    return this.labelOf.get(code) ?? code;
  }

  private name(code: string, column: number, label: string, short: string): void {
    this.columnOf.set(code, column);
    this.labelOf.set(code, label);
    this.shortOf.set(code, short);
  }

  private where(): HTMLElement {
    const { config, say } = this;
    const where = make("p", "entry-where");
    where.append(make("b", "", say("batch", { batch: config.batch })), " · ", make("b", "", config.station));
    if (config.ballotTitle) where.append(" · ", config.ballotTitle);
    return where;
  }

  private drawSurface(columns: number): HTMLElement {
    const { config, say } = this;
    const surface = make("div", "entry-surface");
    surface.tabIndex = 0;
    surface.setAttribute("role", "application");
    surface.setAttribute("aria-label", say("gridLabel"));
    surface.setAttribute("aria-describedby", "entry-legend");
    surface.setAttribute("inputmode", "none");
    const perColumn = Math.ceil(config.subjects.length / columns);
    for (let start = 0; start < config.subjects.length; start += perColumn) {
      const column = make("div", "entry-column");
      column.classList.add(`entry-choices-${Math.min(config.choices.length, 5)}`);
      column.setAttribute("role", "list");
      const head = make("div", "entry-row entry-row--head");
      head.setAttribute("aria-hidden", "true");
      head.append(make("span", "entry-no"), make("span", "entry-name", say("nameColumn")));
      config.choices.forEach((choice) => head.append(make("span", "entry-cell", choice.short)));
      head.append(make("span", "entry-cell", say("faultColumn")), make("span", "entry-no"));
      column.append(head);
      config.subjects.slice(start, start + perColumn).forEach((_, offset) => column.append(this.drawRow(start + offset)));
      surface.append(column);
    }
    return surface;
  }

  private drawRow(index: number): HTMLElement {
    const subject = this.config.subjects[index]!;
    const element = make("div", "entry-row");
    element.id = `entry-line-${index}`;
    element.setAttribute("role", "listitem");
    // Counted from the top of the sheet as the eye counts, not from the line's printed number.
    if ((index + 1) % 5 === 0) element.classList.add("entry-row--fifth");
    const name = make("span", "entry-name");
    name.append(make("span", "entry-person", subject.name), make("span", "entry-post", subject.post));
    const cells = [...this.config.choices, null].map((choice) =>
      makeChanging("span", choice === null ? "entry-cell entry-cell--fault" : "entry-cell"),
    );
    element.append(make("span", "entry-no", String(subject.line)), name, ...cells, make("span", "entry-no entry-no--right", String(subject.line)));
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.surface.focus();
      this.onLine(index);
    });
    this.rows.push({ element, cells });
    return element;
  }

  private drawMark(index: number, mark: string | null): void {
    const row = this.rows[index]!;
    const column = mark === null ? -1 : (this.columnOf.get(mark) ?? -1);
    row.cells.forEach((cell, place) => {
      const on = place === column;
      cell.classList.toggle("entry-cell--on", on);
      setText(cell, on && mark !== null ? (this.shortOf.get(mark) ?? mark) : "");
    });
    row.element.classList.toggle("entry-row--marked", mark !== null);
    if (mark === null) delete row.element.dataset["mark"];
    else row.element.dataset["mark"] = mark;
  }

  private moveCurrent(from: number | undefined, to: number): void {
    if (from !== undefined) this.rows[from]?.element.classList.remove("entry-row--current");
    const row = this.rows[to];
    if (!row) return this.surface.removeAttribute("aria-activedescendant");
    row.element.classList.add("entry-row--current");
    // In the frame that is drawn anyway: asked for here, it would lay the page out a second time for every key.
    requestAnimationFrame(() => row.element.scrollIntoView({ block: "nearest" }));
    this.surface.setAttribute("aria-activedescendant", row.element.id);
  }

  private drawCurrentBar(entry: Entry, number: number, full: boolean): void {
    const { say, config } = this;
    const subject = config.subjects[entry.current];
    const invalid = config.sheetReasons.find((reason) => reason.code === entry.invalid);
    if (invalid) setText(this.current, say("invalidReady", { reason: invalid.label, n: number }));
    else if (full && !subject) setText(this.current, say("fullReady", { b: entry.marks.length, n: number }));
    else if (subject) setText(this.current, `${subject.line}. ${subject.name}${subject.post ? ` – ${subject.post}` : ""}`);
  }

  private drawPanel(entry: Entry, number: number): void {
    const { say, config } = this;
    const kind = entry.mode === "lines" ? (entry.invalid === null ? "" : `invalid ${entry.invalid}`) : `${entry.mode} ${entry.digits}`;
    if (this.panel.dataset["kind"] === kind) return;
    this.panel.dataset["kind"] = kind;
    this.panel.hidden = kind === "";
    this.panel.replaceChildren();
    if (entry.mode === "reason") {
      const list = make("ol", "entry-reasons");
      config.sheetReasons.forEach((reason, index) => {
        const item = make("li", "");
        item.append(make("kbd", "", String(index + 1)), " ", reason.label);
        list.append(item);
      });
      this.panel.append(make("h2", "", say("reasonAsk", { n: number })), list, make("p", "entry-panel-hint", say("reasonBack")));
    } else if (entry.mode === "rekey") {
      this.panel.append(make("h2", "", say("rekeyAsk")), make("p", "entry-digits", entry.digits || "–"), make("p", "entry-panel-hint", say("rekeyHint")));
    } else if (entry.invalid !== null) {
      const reason = config.sheetReasons.find((known) => known.code === entry.invalid);
      this.panel.append(make("h2", "", say("invalidTitle", { n: number })), make("p", "entry-invalid-reason", reason?.label ?? entry.invalid));
      this.panel.append(make("p", "entry-panel-hint", say("invalidHint")));
    }
  }

  private drawFinish(): HTMLFormElement {
    const { say, config } = this;
    const form = make("form", "entry-finish");
    form.method = "post";
    form.action = config.finishUrl;
    form.autocomplete = "off";
    form.hidden = true;
    const token = make("input", "");
    token.type = "hidden";
    token.name = "csrfmiddlewaretoken";
    token.value = config.csrf;
    const button = make("button", "button button--primary", say("doneButton", { batch: config.batch }));
    button.type = "submit";
    form.append(token, this.finishAsk, button, make("p", "entry-panel-hint", say("doneHint")));
    return form;
  }

  private drawLegend(legend: readonly Legend[], onLegend: (key: Legend) => void): HTMLElement {
    const bar = make("div", "entry-legend");
    bar.id = "entry-legend";
    legend.forEach((key) => {
      const button = make("button", "entry-key");
      button.type = "button";
      button.tabIndex = -1;
      button.append(make("kbd", "", key.cap), make("span", "", key.label));
      // The grid keeps the focus, so that the next key on the pad still goes to the sheet.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => onLegend(key));
      bar.append(button);
    });
    return bar;
  }
}
