// Who is signed in: by a session cookie, or by a token that was pasted into this tab.
import { signal } from "@preact/signals";
import { act, ApiError, csrf, keepToken, read, token } from "./api";
import { end, signedIn, start } from "./store";

export interface Person {
  id: string;
  name: string;
  role: "viewer" | "responder" | "admin";
}
interface Session {
  user: Person;
  csrf: string;
}

export const me = signal<Person | null>(null);
// False when this server knows no sessions; then a token is the only way in.
export const hasSessions = signal<boolean>(true);

function adopt(session: Session): void {
  me.value = session.user;
  csrf.value = session.csrf;
  start();
}

export async function openSession(): Promise<void> {
  if (token.value) {
    start();
    return;
  }
  try {
    adopt(await read<Session>("/session"));
  } catch (e) {
    hasSessions.value = !(e instanceof ApiError && e.status === 404);
    signedIn.value = false;
  }
}

export async function signIn(name: string, password: string, code: string): Promise<void> {
  const body: Record<string, string> = { name, password };
  if (code) body.code = code;
  adopt(await act<Session>("/session", body));
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
      await act("/session/end", {});
    } catch {
      // The cookie may be gone already; either way this browser is signed out.
    }
  }
  keepToken("");
  csrf.value = "";
  me.value = null;
  end();
}

// A viewer reads; everybody else acts. A token's scope is the server's to judge.
export const mayAct = (): boolean => me.value === null || me.value.role !== "viewer";
