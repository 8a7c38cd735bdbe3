// Lưu phiếu: one sheet to the server, and nothing kept on this side.
//
// Contract: resolves to what is certain. "saved" only when the server itself names the sheet; anything else (no network, time-out,
// a log-in page in place of an answer) is "not saved", and sending the same sheet number again is harmless: the server replaces it.

export interface SheetBody {
  sheet: number;
  lines: readonly string[] | null;
  invalid: string | null;
}

export type Outcome =
  | { kind: "saved"; next: number; message: string }
  | { kind: "refused"; message: string }
  | { kind: "unreachable" }
  | { kind: "signedOut" };

const PATIENCE_MS = 10_000;

export async function saveSheet(url: string, csrf: string, body: SheetBody): Promise<Outcome> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, Accept: "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: stop.signal,
    });
    if (response.type === "opaqueredirect") return { kind: "signedOut" };
    const answer = (await response.json().catch(() => null)) as { saved?: number; next?: number; message?: string } | null;
    if (response.ok && answer?.saved === body.sheet) {
      return { kind: "saved", next: answer.next ?? body.sheet + 1, message: answer.message ?? "" };
    }
    return answer?.message ? { kind: "refused", message: answer.message } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}
