// Màn hình xem phiếu nghi vấn: one row enlarged, its boxes larger still, and the side it stands on.
//
// Contract: builds its elements once and swaps pictures that are decoded already, so that a key paints at once. Text is set as text, never as HTML. What
// is left is told as a number of rows; no figure by level or by person exists on this page, and nothing that another member answered.

import { faultWord, type Say } from "../entry-grid/config";
import type { Legend } from "../entry-grid/screen";
import type { Config, Point } from "./config";
import type { Queue } from "./queue";

export type Tone = "quiet" | "warn" | "fault" | "done";

/** The enlarged boxes are drawn with so many pixels across, whatever the scan had. */
const BOXES_WIDE = 1400;

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export class Screen {
  private readonly title = make("h1", "adj-title");
  private readonly left = make("p", "adj-left");
  private readonly groups = make("ol", "adj-groups");
  private readonly row = make("figure", "adj-row");
  private readonly boxes = make("canvas", "adj-boxes");
  private readonly captions = make("div", "adj-captions");
  private readonly reason = make("p", "adj-reason");
  private readonly proposal = make("p", "adj-proposal");
  private readonly person = make("p", "adj-person");
  private readonly message = make("p", "adj-message entry-message");
  private readonly side = make("figure", "adj-side");
  private readonly frame = make("div", "adj-frame");
  private readonly panel = make("section", "entry-panel");
  private readonly end = make("section", "adj-end");
  private readonly stage = make("div", "adj-stage");
  private readonly labels = new Map<string, string>();

  constructor(
    private readonly root: HTMLElement,
    private readonly config: Config,
    private readonly say: Say,
    private readonly legend: HTMLElement,
    private readonly onDigit: (digit: number) => void,
  ) {
    config.choices.forEach((choice) => this.labels.set(choice.code, choice.label));
    config.lineFaults.forEach((fault) => this.labels.set(fault.code, faultWord(fault, say)));
    config.sheetReasons.forEach((reason) => this.labels.set(reason.code, reason.label));
    config.points.forEach((point) => point.answers?.forEach((answer) => this.labels.set(answer.mark, answer.label)));

    const head = make("header", "adj-head");
    const who = make("p", "adj-who");
    who.append(make("b", "", config.batch), ` · ${config.member} `);
    const leave = make("a", "", say("leave"));
    leave.href = config.leaveUrl;
    who.append(leave);
    head.append(this.title, who, this.left);
    this.message.setAttribute("role", "status");
    this.groups.setAttribute("aria-label", say("groupsLabel"));
    const near = make("div", "adj-near");
    const asked = make("div", "adj-asked");
    asked.append(this.reason, this.proposal);
    near.append(this.boxes, this.captions, asked, this.message);
    const body = make("div", "adj-body");
    // The panel lies over the body alone: the row that is judged stays in sight.
    body.append(near, this.side, this.panel);
    this.panel.hidden = true;
    this.end.hidden = true;
    this.stage.append(this.person, this.row, body);
    root.classList.add("adj");
    root.replaceChildren(head, this.groups, this.stage, this.end, legend);
  }

  /** What a mark is called. */
  name(mark: string): string {
    return this.labels.get(mark) ?? mark;
  }

  /** Everything but the pictures. */
  show(queue: Queue): void {
    const { say } = this;
    const point = queue.waiting[0];
    this.stage.hidden = point === undefined;
    this.legend.hidden = point === undefined;
    this.left.textContent = point === undefined ? "" : say("left", { n: queue.waiting.length });
    this.drawGroups(queue, point);
    this.drawPanel(queue);
    if (point === undefined) return;
    const where = { sheet: point.sheet, line: point.line };
    this.title.textContent = say(point.answers === null ? "titleLine" : "titleSheet", where);
    this.person.textContent = point.title;
    this.reason.textContent = point.reason;
    this.proposal.textContent = point.proposal === null ? say(point.answers === null ? "noProposal" : "noProposalSheet") : say("proposal", { mark: this.name(point.proposal) });
    this.root.classList.toggle("adj--sheet", point.answers !== null);
    this.root.classList.toggle("adj--unproposed", point.proposal === null);
    this.root.classList.toggle("adj--alone", point.page === "");
    this.drawCaptions(point);
  }

  /** The pictures of a point, decoded. `row` null: there is none to be had. */
  paint(point: Point, row: HTMLImageElement | null): void {
    if (row === null) {
      this.row.replaceChildren(make("p", "adj-none", this.say("noPicture")));
      this.boxes.hidden = true;
      return;
    }
    row.alt = this.say("rowAlt", { sheet: point.sheet, line: point.line });
    this.row.replaceChildren(row);
    this.boxes.hidden = point.boxes === null;
    if (point.boxes === null) return;
    const [start, length] = point.boxes;
    const from = { x: start * row.naturalWidth, wide: length * row.naturalWidth, tall: row.naturalHeight };
    this.boxes.width = BOXES_WIDE;
    this.boxes.height = Math.round((BOXES_WIDE * from.tall) / from.wide);
    const pen = this.boxes.getContext("2d");
    if (!pen) return;
    pen.drawImage(row, from.x, 0, from.wide, from.tall, 0, 0, this.boxes.width, this.boxes.height);
  }

  /** The side on which the row stands; it may come after the row. */
  paintSide(point: Point, side: HTMLImageElement | null): void {
    if (side === null) return this.side.replaceChildren();
    side.alt = this.say("sideAlt", { sheet: point.sheet });
    this.frame.style.top = `${point.place[0] * 100}%`;
    this.frame.style.height = `${point.place[1] * 100}%`;
    this.frame.hidden = point.answers !== null;
    const sheet = make("div", "adj-paper");
    sheet.append(side, this.frame);
    this.side.replaceChildren(sheet);
    // A side that does not fit is scrolled to the row.
    this.side.scrollTop = point.place[0] * sheet.offsetHeight - this.side.clientHeight / 2;
  }

  tell(text: string, tone: Tone): void {
    this.message.textContent = text;
    this.message.dataset["tone"] = tone;
  }

  busy(on: boolean): void {
    this.root.classList.toggle("adj--busy", on);
  }

  /** Whether a key answers the row: it is painted, and a person could have seen it. */
  ready(on: boolean): void {
    this.root.setAttribute("aria-busy", String(!on));
  }

  /** Nothing is left for this member. */
  showEnd(): void {
    const { say, config } = this;
    this.title.textContent = say("endTitle");
    const leave = make("a", "button button--primary", say("endButton"));
    leave.href = config.leaveUrl;
    this.end.replaceChildren(make("p", "adj-end-told", say("endTold", { member: config.member })), leave, make("p", "entry-panel-hint", say("endBack")));
    this.end.hidden = false;
    leave.focus();
  }

  hideEnd(): void {
    this.end.hidden = true;
  }

  /** Under each box its key and word; for a whole sheet the answers there are. */
  private drawCaptions(point: Point): void {
    const told = point.answers ?? this.config.choices.map((one, index) => ({ ...one, key: index + 1 }));
    this.captions.replaceChildren(
      ...told.map((one) => {
        const caption = make("button", "adj-caption");
        caption.type = "button";
        caption.tabIndex = -1;
        caption.append(make("kbd", "", String(one.key)), ` ${one.label}`);
        if ("doubt" in one && one.doubt) caption.append(" ", make("small", "adj-doubt", one.doubt));
        caption.addEventListener("pointerdown", (event) => event.preventDefault());
        caption.addEventListener("click", () => this.onDigit(one.key));
        return caption;
      }),
    );
  }

  private drawGroups(queue: Queue, now: Point | undefined): void {
    const counts = new Map<string, number>();
    queue.waiting.forEach((point) => counts.set(point.group, (counts.get(point.group) ?? 0) + 1));
    this.groups.replaceChildren(
      ...[...counts].map(([group, rows]) => {
        const item = make("li", "adj-group", `${group} `);
        item.append(make("b", "", String(rows)));
        if (group === now?.group) item.setAttribute("aria-current", "true");
        return item;
      }),
    );
  }

  private drawPanel(queue: Queue): void {
    this.panel.hidden = queue.mode !== "reason";
    if (this.panel.hidden) return this.panel.replaceChildren();
    const list = make("ol", "entry-reasons");
    this.config.sheetReasons.forEach((reason, index) => {
      const item = make("li", "");
      item.append(make("kbd", "", String(index + 1)), " ", reason.label);
      list.append(item);
    });
    const sheet = queue.waiting[0]?.sheet ?? "";
    this.panel.replaceChildren(make("h2", "", this.say("reasonAsk", { sheet })), list, make("p", "entry-panel-hint", this.say("reasonBack")));
  }
}

export interface DeskKey extends Legend {
  /** Answers a row and nothing else. */
  ofRows?: boolean;
  /** Takes a proposal, where there is one. */
  ofProposal?: boolean;
}

/** The keys of the desk, each also a button for a mouse. */
export function drawLegend(legend: readonly DeskKey[], onLegend: (key: Legend) => void): HTMLElement {
  const bar = make("div", "entry-legend");
  legend.forEach((key) => {
    const button = make("button", `entry-key${key.ofRows ? " adj-key--row" : ""}${key.ofProposal ? " adj-key--proposal" : ""}`);
    button.type = "button";
    button.tabIndex = -1;
    button.append(make("kbd", "", key.cap), make("span", "", key.label));
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => onLegend(key));
    bar.append(button);
  });
  return bar;
}
