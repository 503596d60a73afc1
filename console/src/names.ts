// Who an actor is: the journal knows ids only, and admins may read whose they are.
import { signal } from "@preact/signals";
import { read } from "./api";
import type { Person, Token } from "./model";
import type { Page } from "./pages";
import { may, me } from "./session";

const names = signal<Map<string, string>>(new Map());
const asked = new Set<string>(); // whoever is unknown once is not asked for again and again

async function readNames(): Promise<void> {
  const found = new Map(names.value);
  try {
    const [people, tokens] = await Promise.all([
      read<Page<Person>>("/users?limit=200"),
      read<Page<Token>>("/tokens?limit=200"),
    ]);
    for (const p of people.items) found.set(`user:${p.id}`, p.name);
    for (const t of tokens.items) found.set(`token:${t.id}`, `${t.label} (token)`);
    names.value = found;
  } catch {
    // The ids stay; they say the same to a program.
  }
}

let reading = false;

// "user:…" as that person's name where it may be known; else as it is.
export function actorName(actor: string): string {
  if (me.value && actor === `user:${me.value.id}`) return me.value.name;
  if (!may("admin")) return actor;
  const known = names.value.get(actor);
  if (known !== undefined) return known;
  const isAccount = actor.startsWith("user:") || actor.startsWith("token:");
  if (isAccount && !asked.has(actor)) {
    asked.add(actor);
    if (!reading) {
      reading = true;
      // Not while a screen is being drawn: this answers it.
      setTimeout(() => {
        reading = false;
        void readNames();
      }, 0);
    }
  }
  return actor;
}

// Somebody has another name now, or somebody else is here.
export function forgetNames(): void {
  names.value = new Map();
  asked.clear();
}
