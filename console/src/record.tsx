// What a person does with an incident's record: take it on, set its start back, merge it, split a
// component off, call it a drill. Each is an act under the operator's name, marked on the page.
import { useState } from "preact/hooks";
import { act } from "./api";
import { FormDialog } from "./form_dialog";
import type { Incident } from "./model";
import { now, say, serverNow } from "./store";
import { timeWords } from "./words";

type Correction = "start" | "merge" | "split" | "drill";

const pathOf = (incident: Incident, what: string): string =>
  `/incidents/${encodeURIComponent(incident.id)}/${what}`;

const mayBeTaken = (i: Incident): boolean => !i.merged_into && (!i.resolved || i.owed);

export function TakeOn({ incident, done }: { incident: Incident; done: () => void }) {
  const take = async (): Promise<void> => {
    try {
      await act(pathOf(incident, "acknowledge"), {});
      say("It is yours. Readers still wait for your words: this stops no clock.");
      done();
    } catch (e) {
      say(e instanceof Error ? e.message : String(e));
    }
  };
  if (incident.owned) {
    return <span class="muted">Taken on {timeWords(incident.owned, serverNow.value)}</span>;
  }
  return mayBeTaken(incident) ? <button onClick={() => void take()}>Take it on</button> : null;
}

// What the server may still accept; it has the last word.
function corrections(incident: Incident): Correction[] {
  if (incident.merged_into || incident.retracted) return [];
  const open = !incident.resolved;
  const out: Correction[] = ["start"];
  if (others(incident).length > 0) out.push("merge");
  if (open && !incident.drill && incident.components.length > 1) out.push("split");
  if (!incident.drill && (!open || incident.origin === "human")) out.push("drill");
  return out;
}

const others = (incident: Incident) =>
  (now.value?.incidents ?? []).filter((i) => i.id !== incident.id && i.drill === incident.drill);

const titles: Record<Correction, string> = {
  start: "It began earlier",
  merge: "It is part of another incident",
  split: "One component is a trouble of its own",
  drill: "It was a drill",
};

const effects: Record<Correction, string> = {
  start:
    "The page shows the new start as set by hand, beside the one that was known. Only what people " +
    "declared is counted from there.",
  merge: "This one closes and points to the other. Both keep what they said.",
  split: "The component gets an incident of its own, which begins with your words.",
  drill: "It is labelled as a rehearsal and leaves history and uptime. This cannot be taken back.",
};

function bodyOf(what: Correction, form: FormData): unknown {
  switch (what) {
    case "start":
      return { start: new Date(String(form.get("start"))).toISOString() };
    case "merge":
      return { into: form.get("into") };
    case "split":
      return { component: form.get("component"), title: form.get("title"), text: form.get("text") };
    case "drill":
      return {};
  }
}

function Fields({ what, incident }: { what: Correction; incident: Incident }) {
  switch (what) {
    case "start":
      return (
        <>
          <label for="record-start">When it began, in this browser's time</label>
          <input id="record-start" name="start" type="datetime-local" step={1} required />
        </>
      );
    case "merge":
      return (
        <>
          <label for="record-into">Which one goes on</label>
          <select id="record-into" name="into">
            {others(incident).map((i) => (
              <option key={i.id} value={i.id}>
                {i.title}
              </option>
            ))}
          </select>
        </>
      );
    case "split":
      return (
        <>
          <label for="record-component">Which component</label>
          <select id="record-component" name="component">
            {incident.components.map((c) => (
              <option key={c.id} value={c.id}>
                {c.name}
              </option>
            ))}
          </select>
          <label for="record-title">What is wrong with it, in one line</label>
          <input id="record-title" name="title" maxLength={120} required />
          <label for="record-text">What people notice, and what you know so far</label>
          <textarea id="record-text" name="text" rows={3} maxLength={16000} required />
        </>
      );
    case "drill":
      return null;
  }
}

export function Correct({ incident, done }: { incident: Incident; done: () => void }) {
  const possible = corrections(incident);
  const [chosen, setChosen] = useState<Correction>("start");
  if (possible.length === 0) return null;
  const what = possible.includes(chosen) ? chosen : possible[0]!;
  const send = async (form: FormData): Promise<() => void> => {
    await act(pathOf(incident, what), bodyOf(what, form));
    return () => {
      say("Done. The page shows it, marked.");
      done();
    };
  };
  return (
    <FormDialog
      name="record-title-line"
      open="Correct the record…"
      title="Correct the record"
      submit="Correct publicly"
      send={send}
    >
      <label for="record-what">What is different from what it says</label>
      <select
        id="record-what"
        value={what}
        onChange={(e) => setChosen(e.currentTarget.value as Correction)}
      >
        {possible.map((one) => (
          <option key={one} value={one}>
            {titles[one]}
          </option>
        ))}
      </select>
      <p class="muted">{effects[what]}</p>
      <Fields what={what} incident={incident} />
    </FormDialog>
  );
}
