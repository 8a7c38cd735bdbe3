// Dải ô: moving over the rows of one screen with the arrows, choosing with the space bar.
//
// Contract: adds nothing to the form but a way through it; without this script it works with a mouse and Tab. A screen is sent once.

function mount(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');

  /** The row above or below, nearest to where one is: rows with a name are wider than the others. */
  function beyond(from: HTMLInputElement, down: boolean): HTMLInputElement | undefined {
    const here = from.getBoundingClientRect();
    const ahead = boxes.filter((box) => (down ? box.getBoundingClientRect().top > here.top : box.getBoundingClientRect().top < here.top));
    const tops = ahead.map((box) => box.getBoundingClientRect().top);
    const line = down ? Math.min(...tops) : Math.max(...tops);
    const away = (box: HTMLInputElement): number => Math.abs(box.getBoundingClientRect().left - here.left);
    return ahead.filter((_, at) => tops[at] === line).sort((one, other) => away(one) - away(other))[0];
  }

  function reached(key: string): HTMLInputElement | undefined {
    const at = boxes.indexOf(document.activeElement as HTMLInputElement);
    const from = boxes[at];
    if (from === undefined) return boxes[0];
    if (key === "ArrowRight" || key === "ArrowLeft") return boxes[at + (key === "ArrowRight" ? 1 : -1)];
    return beyond(from, key === "ArrowDown");
  }

  form.addEventListener("keydown", (event) => {
    if (!/^Arrow(Up|Down|Left|Right)$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    reached(event.key)?.focus();
  });
  form.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    box.closest(".strip-row")?.classList.toggle("strip-row--chosen", box.checked);
  });
  form.addEventListener("submit", () => {
    if (button) button.disabled = true;
  });
  (boxes[0] ?? button)?.focus();
}

const form = document.getElementById("strip");
if (form instanceof HTMLFormElement) mount(form);
