// Ghi một kết luận: one answer to the server. "saved" only when the server itself names the place; anything else is "not saved", and sending it again is harmless.

export interface LookBody {
  sheet: number;
  line: number;
  /** Left out where the last answer is taken back. */
  mark?: string;
}

export type Outcome = { kind: "saved" } | { kind: "refused"; message: string } | { kind: "unreachable" } | { kind: "signedOut" };

const PATIENCE_MS = 10_000;

export async function sendLook(url: string, csrf: string, body: LookBody): Promise<Outcome> {
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
    const answer = (await response.json().catch(() => null)) as { sheet?: number; line?: number; message?: string } | null;
    if (response.ok && answer?.sheet === body.sheet && answer.line === body.line) return { kind: "saved" };
    return answer?.message ? { kind: "refused", message: answer.message } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}
