// Who is signed in: by a session cookie, or by a token that was pasted into this tab.
import { signal } from "@preact/signals";
import { act, ApiError, csrf, keepToken, read, remove, token } from "./api";
import type { Person, Scope, Session } from "./model";
import { end, place, signedIn, start } from "./store";

export const me = signal<Person | null>(null); // null: a token has no account
const scopes = signal<Scope[]>([]);

// The key of the one-time link that the server prints while nobody has an account; taken out of the
// address at once, so that it stays in no history.
export const setupKey = signal<string>("");
const setupHash = /^#setup=([0-9a-f]+)$/.exec(location.hash);
if (setupHash?.[1]) {
  setupKey.value = setupHash[1];
  history.replaceState(null, "", location.pathname);
  place.value = [];
}

function know(session: Session): void {
  me.value = session.user ?? null;
  scopes.value = session.scopes;
  csrf.value = session.csrf_token ?? "";
}

// Of a session that was opened just now: the stream of the one before has ended with it.
export function adopt(session: Session): void {
  know(session);
  start();
}

// Who this is may have changed: their name, their second factor.
export async function knowAgain(): Promise<void> {
  know(await read<Session>("/session"));
}

export async function openSession(): Promise<void> {
  try {
    adopt(await read<Session>("/session"));
  } catch (e) {
    if (e instanceof ApiError && (e.status === 401 || e.status === 403)) keepToken("");
    signedIn.value = false;
  }
}

// True for the refusal of a sign-in that lacks the code of a second factor.
export const wantsCode = (e: unknown): boolean =>
  e instanceof ApiError && e.type === "urn:candor:code-wanted";

export async function signIn(mail: string, password: string, code: string): Promise<void> {
  const body: Record<string, string> = { mail, password };
  if (code) body.code = code;
  keepToken("");
  adopt(await act<Session>("/session", body));
}

export async function setUp(name: string, mail: string, password: string): Promise<void> {
  adopt(await act<Session>("/setup", { key: setupKey.value, name, mail, password }));
  setupKey.value = "";
}

export async function useToken(value: string): Promise<void> {
  keepToken(value);
  try {
    adopt(await read<Session>("/session"));
  } catch (e) {
    keepToken("");
    throw e;
  }
}

export async function signOut(): Promise<void> {
  if (!token.value) {
    try {
      await remove("/session");
    } catch {
      // The cookie may be gone already; either way this browser is signed out.
    }
  }
  keepToken("");
  csrf.value = "";
  me.value = null;
  scopes.value = [];
  end();
}

export const may = (scope: Scope): boolean => scopes.value.includes(scope);
