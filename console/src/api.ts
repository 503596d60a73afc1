// The one way to the server: requests with the session's credentials, errors as sentences, and the
// stream of positions.
import { signal } from "@preact/signals";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly type = "about:blank",
  ) {
    super(message);
  }
}

const tokenKey = "candor-token";

// A pasted token lives as long as its tab; a signed-in session lives in a cookie.
export const token = signal<string>(sessionStorage.getItem(tokenKey) ?? "");
export const csrf = signal<string>("");

export function keepToken(value: string): void {
  token.value = value;
  if (value) sessionStorage.setItem(tokenKey, value);
  else sessionStorage.removeItem(tokenKey);
}

function headers(withBody: boolean): Headers {
  const out = new Headers({ Accept: "application/json" });
  if (token.value) out.set("Authorization", `Bearer ${token.value}`);
  if (csrf.value) out.set("X-CSRF-Token", csrf.value);
  if (withBody) out.set("Content-Type", "application/json");
  return out;
}

async function failure(response: Response): Promise<ApiError> {
  let text = `The server answered ${response.status}.`;
  let type = "about:blank";
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "detail" in body) {
      text = String((body as { detail: unknown }).detail);
      if ("type" in body) type = String((body as { type: unknown }).type);
    }
  } catch {
    // Not JSON: the status alone has to do.
  }
  return new ApiError(response.status, text, type);
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { credentials: "same-origin", ...init });
  } catch {
    throw new ApiError(0, "Candor cannot be reached. Is the server running?");
  }
  noteClock(response);
  if (!response.ok) throw await failure(response);
  return response;
}

export async function read<T>(path: string): Promise<T> {
  const response = await call(path, { headers: headers(false) });
  return (await response.json()) as T;
}

// What was read, and the version that a change of it must name.
export async function readVersion<T>(path: string): Promise<{ value: T; version: string }> {
  const response = await call(path, { headers: headers(false) });
  return { value: (await response.json()) as T, version: response.headers.get("ETag") ?? "" };
}

// Each attempt of one act carries the same key, so that a repeated press acts once.
export async function act<T>(path: string, body: unknown, key?: string): Promise<T> {
  const h = headers(true);
  if (key) h.set("Idempotency-Key", key);
  const response = await call(path, { method: "POST", headers: h, body: JSON.stringify(body) });
  const text = await response.text();
  return (text ? JSON.parse(text) : {}) as T;
}

export async function change<T>(path: string, body: unknown, version: string): Promise<T> {
  const h = headers(true);
  h.set("If-Match", version);
  const response = await call(path, { method: "PATCH", headers: h, body: JSON.stringify(body) });
  return (await response.json()) as T;
}

export async function remove(path: string, version?: string): Promise<void> {
  const h = headers(false);
  if (version) h.set("If-Match", version);
  await call(path, { method: "DELETE", headers: h });
}

export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(
    "",
  );

// How far the server's clock is ahead of this browser's, in ms; HTTP's Date is good to a second.
export const ahead = signal<number>(0);

function noteClock(response: Response): void {
  const date = response.headers.get("Date");
  if (!date) return;
  const difference = new Date(date).getTime() - Date.now();
  ahead.value = Math.abs(difference) < 2000 ? 0 : difference;
}

export type StreamState = "connecting" | "live" | "lost";

// Calls `moved` at each new position until `stop` is aborted; comes back by itself.
export async function follow(
  stop: AbortSignal,
  moved: () => void,
  state: (s: StreamState) => void,
): Promise<void> {
  let wait = 1000;
  while (!stop.aborted) {
    state("connecting");
    try {
      const h = headers(false);
      h.set("Accept", "text/event-stream");
      const response = await fetch("/api/v1/events", {
        headers: h,
        credentials: "same-origin",
        signal: stop,
      });
      if (response.status === 401) {
        moved(); // whoever reads next is told that the session has ended
        return;
      }
      if (response.ok && response.body) {
        state("live");
        wait = 1000;
        await readEvents(response.body, moved);
      }
    } catch {
      // A broken stream is opened again below.
    }
    if (stop.aborted) return;
    state("lost");
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, 15_000);
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, moved: () => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    if (events.some((e) => e.includes("event: position"))) moved();
  }
}
