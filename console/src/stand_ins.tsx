// People who are on call instead of whose turn it is: who, until when, and one button to swap.
import { useState } from "preact/hooks";
import { act, remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { OnCallFacts, Rotation, StandIn } from "./model";
import { actorName } from "./names";
import { wrongWords } from "./resource";
import { may } from "./session";
import { say, serverNow } from "./store";
import { dueWords } from "./words";
import { fieldOf, timeOf, zoneName } from "./zone";

const until = (iso: string): string => dueWords(iso, serverNow.value);
// A shift that ends in years is no good guess for how long somebody stands in.
const guessMaxMs = 14 * 86_400_000;

// The end of the present shift, as a field holds it; a day from now where that is far away.
function guessedEnd(rotation: Rotation | undefined): string {
  const now = serverNow.value.getTime();
  const end = new Date(rotation?.shifts[0]?.to ?? 0).getTime();
  return fieldOf(new Date(end > now && end < now + guessMaxMs ? end : now + 86_400_000));
}

function bodyOf(form: FormData): Record<string, string> {
  const time = (name: string, what: string): Date => {
    const t = timeOf(String(form.get(name) ?? ""));
    if (!t) throw new Error(`Fill in when it ${what}.`);
    return t;
  };
  const start = time("start", "begins");
  const end = time("end", "ends");
  if (end <= start) throw new Error("It ends before it begins.");
  if (end <= serverNow.value) throw new Error("That end lies in the past.");
  const body: Record<string, string> = { end: end.toISOString() };
  body["rotation"] = String(form.get("rotation"));
  body["who"] = String(form.get("who"));
  // What the clock has passed since the form was opened is "now".
  if (start > serverNow.value) body["start"] = start.toISOString();
  return body;
}

interface FieldsProps {
  rotations: Rotation[];
}

function Fields({ rotations }: FieldsProps) {
  const [id, setId] = useState(rotations[0]?.id ?? "");
  const rotation = rotations.find((r) => r.id === id);
  const present = rotation?.shifts[0]?.name;
  const people = rotation?.people ?? [];
  const other = people.find((name) => name !== present) ?? people[0];
  return (
    <>
      <label for="stand-in-rotation">In which rotation</label>
      <select
        id="stand-in-rotation"
        name="rotation"
        value={id}
        onChange={(e) => setId(e.currentTarget.value)}
      >
        {rotations.map((r) => (
          <option key={r.id} value={r.id}>
            {r.id}
          </option>
        ))}
      </select>
      <label for="stand-in-who">Who stands in</label>
      <select id="stand-in-who" name="who" key={id}>
        {people.map((name) => (
          <option key={name} value={name} selected={name === other}>
            {name === present ? `${name} (on call now)` : name}
          </option>
        ))}
      </select>
      <label for="stand-in-start">From ({zoneName})</label>
      <input
        id="stand-in-start"
        name="start"
        type="datetime-local"
        required
        defaultValue={fieldOf(serverNow.value)}
      />
      <label for="stand-in-end">Until</label>
      <input
        key={`end-${id}`}
        id="stand-in-end"
        name="end"
        type="datetime-local"
        required
        defaultValue={guessedEnd(rotation)}
      />
    </>
  );
}

interface Props {
  facts: OnCallFacts;
  again: () => void;
}

function Add({ facts, again }: Props) {
  const send = async (form: FormData): Promise<() => void> => {
    const who = String(form.get("who"));
    await act("/on_call/overrides", bodyOf(form));
    return () => {
      say(`${who} stands in.`);
      again();
    };
  };
  return (
    <FormDialog
      name="stand-in-title"
      open="Swap a shift…"
      title="Somebody else is on call"
      hint={
        "From the next call on it is them who are called. Where stand-ins overlap, the newest " +
        "one holds."
      }
      submit="Put them on call"
      send={send}
    >
      <Fields rotations={facts.rotations} />
    </FormDialog>
  );
}

function StandInRow({ one, again }: { one: StandIn; again: () => void }) {
  const running = new Date(one.start) <= serverNow.value;
  const takeBack = (): void => {
    remove(`/on_call/overrides/${one.id}`).then(
      () => {
        say(running ? "The stand-in has ended." : "The stand-in was taken back.");
        again();
      },
      (e: unknown) => say(wrongWords(e)),
    );
  };
  const who = one.who ?? "Somebody who is no longer configured";
  return (
    <li class="person-row stand-in">
      <div>
        <p>
          <strong>{who}</strong> in {one.rotation},{" "}
          {running ? "now" : `from ${until(one.start)}`} until {until(one.end)}
        </p>
        <p class="muted">
          {one.origin === "configuration"
            ? "By the configuration."
            : `Set by ${actorName(one.actor)}.`}
          {one.who === null && " It changes nothing: whose turn it is, is on call."}
        </p>
      </div>
      {one.id && may("respond") && (
        <div class="buttons">
          <button
            aria-label={`${running ? "End" : "Take back"}: ${who} in ${one.rotation}`}
            onClick={takeBack}
          >
            {running ? "End now" : "Take back"}
          </button>
        </div>
      )}
    </li>
  );
}

export function StandIns({ facts, again }: Props) {
  if (facts.rotations.length === 0) return null;
  return (
    <section class="card" aria-labelledby="stand-ins-title">
      <h2 id="stand-ins-title">Stand-ins</h2>
      {facts.overrides.length === 0 ? (
        <p class="muted">Everybody takes their own turn.</p>
      ) : (
        <ul class="rows">
          {facts.overrides.map((one) => (
            <StandInRow
              key={one.id ?? `${one.rotation} ${one.start}`}
              one={one}
              again={again}
            />
          ))}
        </ul>
      )}
      {may("respond") && (
        <div class="buttons">
          <Add facts={facts} again={again} />
        </div>
      )}
    </section>
  );
}
