// What every screen shares: the present, the place, the time, and one line of news at the bottom.
import { computed, signal } from "@preact/signals";
import { ahead, ApiError, follow, read, token, type StreamState } from "./api";
import type { Now } from "./model";

export const now = signal<Now | null>(null);
export const problem = signal<string>("");
export const stream = signal<StreamState>("connecting");
export const signedIn = signal<boolean | null>(null); // null: not known yet
export const notice = signal<string>("");
// Raised at every new position: screens that read more than `now` read again.
export const moves = signal<number>(0);

// Deadlines are the server's, so the time that counts is the server's too.
export const tick = signal<number>(Date.now());
setInterval(() => {
  tick.value = Date.now();
}, 1000);
export const serverNow = computed(() => new Date(tick.value + ahead.value));

export const place = signal<string[]>(placeOf(location.hash));
window.addEventListener("hashchange", () => {
  place.value = placeOf(location.hash);
  window.scrollTo(0, 0);
});

function placeOf(hash: string): string[] {
  const parts = hash.replace(/^#\/?/, "").split("/").filter(Boolean);
  return parts.map((p) => decodeURIComponent(p));
}

export function go(path: string): void {
  location.hash = `#/${path}`;
}

export function say(words: string): void {
  notice.value = words;
  setTimeout(() => {
    if (notice.value === words) notice.value = "";
  }, 6000);
}

// One following of the server, from signing in to signing out; null: nobody is signed in.
let stop: AbortController | null = null;

export async function refresh(): Promise<void> {
  const asked = stop;
  try {
    const state = await read<Now>("/state");
    // An answer that was on its way when this person signed out must not sign them in again.
    if (stop !== asked) return;
    now.value = state;
    problem.value = "";
    signedIn.value = true;
    moves.value += 1;
  } catch (e) {
    if (stop !== asked) return;
    if (e instanceof ApiError && (e.status === 401 || e.status === 403)) signedIn.value = false;
    problem.value = e instanceof Error ? e.message : String(e);
  }
}

let waiting = false;

// Begins to follow the server; positions that come closely together cost one read.
export function start(): void {
  stop?.abort();
  stop = new AbortController();
  void refresh();
  void follow(
    stop.signal,
    () => {
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        void refresh();
      }, 150);
    },
    (s) => {
      stream.value = s;
    },
  );
}

export function end(): void {
  stop?.abort();
  stop = null;
  now.value = null;
  signedIn.value = false;
}

export const usesToken = computed(() => token.value !== "");
