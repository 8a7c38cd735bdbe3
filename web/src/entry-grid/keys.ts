// Phím: what one keyboard event means to the key-entry grid.
//
// Contract: a key is known by its place (KeyboardEvent.code), never by the letter it gives, so that NumLock, Caps Lock, the Windows
// "Vietnamese" layout (whose digit row gives ă, â, ê, ô) and an input method in Telex or VNI mode change nothing. What an input
// method injects in place of a key (UniKey: Backspaces, then text packets) has no place on the keyboard and is told apart as
// "altered"; it never makes a mark. Autorepeat and chords with Ctrl, Alt or Windows are not ours.

export type Sign = "*" | "-" | "/" | "+";

export type Key =
  | { kind: "digit"; digit: number }
  | { kind: "sign"; sign: Sign }
  | { kind: "enter" | "undo" | "clear" | "up" | "down" | "first" | "last" };

export type Reading = Key | { kind: "altered" } | { kind: "letter" } | { kind: "none" };

/** VK_PACKET: Windows' key code for text that a program types, which is how UniKey sends accented letters. */
const PACKET = 231;

const SIGNS: Readonly<Record<string, Sign>> = {
  NumpadMultiply: "*",
  NumpadSubtract: "-",
  Minus: "-",
  NumpadDivide: "/",
  Slash: "/",
  NumpadAdd: "+",
};

/** Named keys: for these the name must agree with the place, because injected Backspaces may bear a foreign scan code. */
const NAMED: Readonly<Record<string, { name: string; key: Key }>> = {
  Enter: { name: "Enter", key: { kind: "enter" } },
  NumpadEnter: { name: "Enter", key: { kind: "enter" } },
  Backspace: { name: "Backspace", key: { kind: "undo" } },
  Delete: { name: "Delete", key: { kind: "clear" } },
  Escape: { name: "Escape", key: { kind: "clear" } },
  ArrowUp: { name: "ArrowUp", key: { kind: "up" } },
  ArrowDown: { name: "ArrowDown", key: { kind: "down" } },
  Home: { name: "Home", key: { kind: "first" } },
  End: { name: "End", key: { kind: "last" } },
};

/** Read one keydown. */
export function readKey(event: KeyboardEvent): Reading {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return { kind: "none" };
  const { code, key } = event;
  if (event.keyCode === PACKET || code === "" || code === "Unidentified") return { kind: "altered" };

  const named = NAMED[code];
  if (named) return key === named.name || key === "Process" ? named.key : { kind: "altered" };
  if (key === "Backspace") return { kind: "altered" };

  const numpad = /^Numpad([0-9])$/.exec(code);
  if (numpad) return { kind: "digit", digit: Number(numpad[1]) };
  // The Del key of the number pad, so that a whole sheet can be keyed again without leaving the pad.
  if (code === "NumpadDecimal") return { kind: "clear" };

  const row = /^Digit([0-9])$/.exec(code);
  if (row) {
    if (!event.shiftKey) return { kind: "digit", digit: Number(row[1]) };
    return row[1] === "8" ? { kind: "sign", sign: "*" } : { kind: "none" };
  }
  if (code === "Equal") return event.shiftKey ? { kind: "sign", sign: "+" } : { kind: "none" };

  const sign = SIGNS[code];
  if (sign) return event.shiftKey && !code.startsWith("Numpad") ? { kind: "none" } : { kind: "sign", sign };
  return code.startsWith("Key") ? { kind: "letter" } : { kind: "none" };
}
