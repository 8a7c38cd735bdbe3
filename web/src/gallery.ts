// Dải ô: moving over the rows of one screen with the arrows, choosing with the space bar.
//
// Contract: adds nothing to the form but a way through it; without this script it works with a mouse and Tab. A screen is sent once.

function mount(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');

  /** How many rows stand beside each other, as the style sheet has it now. */
  function across(): number {
    const top = boxes[0]?.getBoundingClientRect().top;
    const next = boxes.findIndex((box) => box.getBoundingClientRect().top !== top);
    return next > 0 ? next : 1;
  }

  function steps(key: string): number {
    if (key === "ArrowRight") return 1;
    if (key === "ArrowLeft") return -1;
    if (key === "ArrowDown") return across();
    return key === "ArrowUp" ? -across() : 0;
  }

  form.addEventListener("keydown", (event) => {
    const step = steps(event.key);
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const at = boxes.indexOf(document.activeElement as HTMLInputElement);
    boxes[Math.max(0, Math.min(boxes.length - 1, at + step))]?.focus();
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
