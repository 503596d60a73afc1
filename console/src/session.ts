// Who is signed in: by a session cookie, or by a token that was pasted into this tab.
import { signal } from "@preact/signals";
import { act, ApiError, csrf, keepToken, read, remove, token } from "./api";
import { end, place, signedIn, start } from "./store";

export interface Person {
  id: string;
  name: string;
  role: "viewer" | "responder" | "admin";
}
interface Session {
  user: Person;
  csrf_token: string;
}

export const me = signal<Person | null>(null);

// The key of the one-time link that the server prints while nobody has an account; taken out of the
// address at once, so that it stays in no history.
export const setupKey = signal<string>("");
const setupHash = /^#setup=([0-9a-f]+)$/.exec(location.hash);
if (setupHash?.[1]) {
  setupKey.value = setupHash[1];
  history.replaceState(null, "", location.pathname);
  place.value = [];
}

function adopt(session: Session): void {
  me.value = session.user;
  csrf.value = session.csrf_token;
  start();
}

export async function openSession(): Promise<void> {
  if (token.value) {
    start();
    return;
  }
  try {
    adopt(await read<Session>("/session"));
  } catch {
    signedIn.value = false;
  }
}

// True for the refusal of a sign-in that lacks the code of a second factor.
export const wantsCode = (e: unknown): boolean =>
  e instanceof ApiError && e.type === "urn:candor:code-wanted";

export async function signIn(mail: string, password: string, code: string): Promise<void> {
  const body: Record<string, string> = { mail, password };
  if (code) body.code = code;
  adopt(await act<Session>("/session", body));
}

export async function setUp(name: string, mail: string, password: string): Promise<void> {
  adopt(await act<Session>("/setup", { key: setupKey.value, name, mail, password }));
  setupKey.value = "";
}

export async function useToken(value: string): Promise<void> {
  keepToken(value);
  try {
    await read("/state");
  } catch (e) {
    keepToken("");
    throw e;
  }
  start();
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
  end();
}

export const isAdmin = (): boolean => me.value === null || me.value.role === "admin";

// A viewer reads; everybody else acts. A token's scope is the server's to judge.
export const mayAct = (): boolean => me.value === null || me.value.role !== "viewer";
