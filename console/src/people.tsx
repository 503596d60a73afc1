// Who may come in here and how far, the tokens of programs, and one's own account.
import { useState } from "preact/hooks";
import { Account } from "./account";
import { act, change, readVersion, remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { Person, Role } from "./model";
import { forgetNames } from "./names";
import { usePages, type Page, type Pages } from "./pages";
import { NewPassword } from "./password";
import { knowAgain, may, me } from "./session";
import { say, serverNow } from "./store";
import { Tokens } from "./tokens";
import { timeWords } from "./words";

const roles: Role[] = ["viewer", "responder", "admin"];

const pathOf = (p: Person): string => `/users/${encodeURIComponent(p.id)}`;

function RoleField({ id, value }: { id: string; value: Role }) {
  return (
    <>
      <label for={id}>Role</label>
      <select id={id} name="role">
        {roles.map((role) => (
          <option key={role} value={role} selected={role === value}>
            {role}
          </option>
        ))}
      </select>
      <p class="hint">
        Viewers read everything here; responders also declare, explain and take on; admins also keep
        people, tokens and subscribers.
      </p>
    </>
  );
}

function NameFields({ id, person }: { id: string; person?: Person }) {
  return (
    <>
      <label for={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        name="name"
        autocomplete="off"
        maxLength={120}
        required
        defaultValue={person?.name}
      />
      <label for={`${id}-mail`}>Mail address</label>
      <input
        id={`${id}-mail`}
        name="mail"
        type="email"
        autocomplete="off"
        required
        defaultValue={person?.mail}
      />
    </>
  );
}

function Add({ done }: { done: () => void }) {
  const send = async (form: FormData): Promise<() => void> => {
    const made = await act<Person>("/users", Object.fromEntries(form));
    return () => {
      say(`${made.name} can sign in now.`);
      done();
    };
  };
  return (
    <FormDialog
      name="add-title"
      open="Add a person…"
      title="Add a person"
      submit="Add them"
      send={send}
    >
      <NameFields id="add" />
      <RoleField id="add-role" value="responder" />
      <NewPassword id="add-password" label="Their password, 8 characters or more" told />
    </FormDialog>
  );
}

// As the person was when the form was opened: a change that somebody else made since is not
// written over.
interface Read {
  value: Person;
  version: string;
}

function useFresh(person: Person): { read: Read | null; wrong: string; open: () => void } {
  const [read, setRead] = useState<Read | null>(null);
  const [wrong, setWrong] = useState("");
  const open = (): void => {
    setRead(null);
    setWrong("");
    readVersion<Person>(pathOf(person)).then(setRead, (e: unknown) => {
      setWrong(e instanceof Error ? e.message : String(e));
    });
  };
  return { read, wrong, open };
}

function Change({ person, done }: { person: Person; done: () => void }) {
  const { read, wrong, open } = useFresh(person);
  const own = person.id === me.value?.id;
  const id = `change-${person.id}`;
  const send = async (form: FormData): Promise<() => void> => {
    const body: Record<string, unknown> = {
      name: form.get("name"),
      mail: form.get("mail"),
      role: form.get("role"),
      enabled: form.get("enabled") !== null,
    };
    if (form.get("factor") !== null) body.second_factor = false;
    const changed = await change<Person>(pathOf(person), body, read?.version ?? "");
    if (own) await knowAgain();
    forgetNames();
    return () => {
      say(`Changed: ${changed.name}.`);
      done();
    };
  };
  return (
    <FormDialog
      name={`${id}-title`}
      open="Change…"
      label={`Change ${person.name}…`}
      title={`Change ${person.name}`}
      hint="Another role, or being shut out, ends every session of theirs at once."
      submit="Change"
      ready={read !== null}
      opening={open}
      send={send}
    >
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {read && (
        <>
          <NameFields id={id} person={read.value} />
          <RoleField id={`${id}-role`} value={read.value.role} />
          <label class="tick">
            <input type="checkbox" name="enabled" defaultChecked={read.value.enabled} /> May sign in
          </label>
          {read.value.second_factor && (
            <label class="tick">
              <input type="checkbox" name="factor" /> Take the second factor off; their phone is
              lost
            </label>
          )}
        </>
      )}
    </FormDialog>
  );
}

function SetPassword({ person }: { person: Person }) {
  const send = async (form: FormData): Promise<() => void> => {
    await act(`${pathOf(person)}/password`, { password: form.get("password") });
    return () => say(`${person.name} has a new password, and signs in anew.`);
  };
  const id = `password-${person.id}`;
  return (
    <FormDialog
      name={`${id}-title`}
      open="Password…"
      label={`New password for ${person.name}…`}
      title={`A new password for ${person.name}`}
      hint="Every session of theirs ends. They can change it themselves afterwards."
      submit="Set it"
      send={send}
    >
      <NewPassword id={id} label="Password, 8 characters or more" told />
    </FormDialog>
  );
}

function Remove({ person, done }: { person: Person; done: () => void }) {
  const { read, wrong, open } = useFresh(person);
  const send = async (): Promise<() => void> => {
    await remove(pathOf(person), read?.version);
    return () => {
      say(`${person.name} is removed.`);
      done();
    };
  };
  return (
    <FormDialog
      name={`remove-${person.id}-title`}
      open="Remove…"
      label={`Remove ${person.name}…`}
      title={`Remove ${person.name}?`}
      hint={
        "Their sessions and tokens end, and their name and address are erased. What they did " +
        "stays in the audit trail, without a name."
      }
      submit="Remove for good"
      ready={read !== null}
      opening={open}
      send={send}
    >
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
    </FormDialog>
  );
}

function Row({ person, done }: { person: Person; done: () => void }) {
  const own = person.id === me.value?.id;
  const seen = person.last_signed_in;
  return (
    <li class="person-row">
      <div>
        <strong>{person.name}</strong>
        {own && <span class="muted"> (you)</span>} <span class="tag">{person.role}</span>{" "}
        {!person.enabled && <span class="tag shut">may not sign in</span>}
        <p class="muted">{person.mail}</p>
        <p class="muted">
          {person.second_factor ? "second factor" : "password only"} ·{" "}
          {seen ? `signed in ${timeWords(seen, serverNow.value)}` : "has never signed in"}
        </p>
      </div>
      <div class="buttons">
        <Change person={person} done={done} />
        {!own && <SetPassword person={person} />}
        {!own && <Remove person={person} done={done} />}
      </div>
    </li>
  );
}

const byName = (a: Person, b: Person): number => a.name.localeCompare(b.name);

function Users({ users }: { users: Pages<Person, Page<Person>> }) {
  return (
    <section class="card" aria-labelledby="users-title">
      <h2 id="users-title">People</h2>
      {users.wrong && (
        <p class="wrong" role="alert">
          {users.wrong}
        </p>
      )}
      {users.head && users.items.length === 0 && (
        <p>Nobody has an account yet. The first one must be an admin.</p>
      )}
      <ul class="rows">
        {[...users.items].sort(byName).map((p) => (
          <Row key={p.id} person={p} done={users.again} />
        ))}
      </ul>
      <div class="buttons">
        <Add done={users.again} />
        {users.more && <button onClick={() => void users.more?.()}>More people</button>}
      </div>
    </section>
  );
}

function Administration() {
  const users = usePages<Person, Page<Person>>("/users?limit=200");
  return (
    <>
      <Users users={users} />
      <Tokens people={users.items} />
    </>
  );
}

export function People() {
  return (
    <>
      <h1>People and access</h1>
      {me.value ? (
        <Account person={me.value} />
      ) : (
        <p class="card">
          You came in with a token, so the audit trail names the token and not you.
          {may("admin") && " With an account of your own it says who did what."}
        </p>
      )}
      {may("admin") ? (
        <Administration />
      ) : (
        <p class="muted">Other people and the tokens of programs are kept by admins.</p>
      )}
    </>
  );
}
