// Who is called when something breaks: by steps and shifts, muted for a while, and tried out.
import { useState } from "preact/hooks";
import { act, remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { CallStep, Delivery, OnCallFacts, Rotation, Shift } from "./model";
import { actorName } from "./names";
import type { Page } from "./pages";
import { useReading, wrongWords } from "./resource";
import { may } from "./session";
import { say, serverNow } from "./store";
import { dueWords, durationWords, plural } from "./words";

// A shift ends without a new position of the journal.
const everyMs = 30_000;
// How long the outcome of a test is watched closely.
const testEveryMs = 1000;

const muteChoices: [number, string][] = [
  [30 * 60, "30 minutes"],
  [60 * 60, "1 hour"],
  [4 * 60 * 60, "4 hours"],
  [12 * 60 * 60, "12 hours"],
];

const until = (iso: string): string => dueWords(iso, serverNow.value);

// On the first screen and on this one: nobody is called now, and until when.
export function MutedNote({ muted, again }: { muted: OnCallFacts["muted"]; again: () => void }) {
  if (!muted) return null;
  const unmute = (): void => {
    remove("/on_call/mute").then(
      () => {
        say("Calls come again.");
        again();
      },
      (e: unknown) => say(wrongWords(e)),
    );
  };
  return (
    <section class="card note" aria-label="Calls are muted">
      <p>
        <strong>Nobody is called until {until(muted.until)}.</strong> {actorName(muted.actor)} muted
        calls at {until(muted.since)}. Calls that nobody answered come after that.
      </p>
      {may("respond") && (
        <div class="buttons">
          <button onClick={unmute}>Let calls through now</button>
        </div>
      )}
    </section>
  );
}

export function MutedNow() {
  const { value, again } = useReading<OnCallFacts>("/on_call", everyMs);
  return <MutedNote muted={value?.muted ?? null} again={again} />;
}

function Mute({ again }: { again: () => void }) {
  const send = async (form: FormData): Promise<() => void> => {
    await act("/on_call/mute", { for_s: Number(form.get("for_s")) });
    return () => {
      say("Calls are muted.");
      again();
    };
  };
  return (
    <FormDialog
      name="mute-title"
      open="Mute calls…"
      title="Mute calls for a while"
      hint="Nobody is called meanwhile. The page, its incidents and the channels' news go on as ever, and calls that nobody answered come when it ends."
      submit="Mute calls"
      send={send}
    >
      <label>
        For
        <select name="for_s">
          {muteChoices.map(([seconds, words]) => (
            <option key={seconds} value={seconds}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  );
}

function whenWords(step: CallStep): string {
  const first = step.after_s === 0 ? "At once" : `After ${durationWords(step.after_s * 1000)}`;
  if (step.repeat === 0) return first;
  return `${first}, then ${plural(step.repeat, "time", "times")} more, every ${durationWords(
    step.every_s * 1000,
  )}`;
}

// Of a rotation, who is on call in it now.
function Who({ id, rotations }: { id: string; rotations: Rotation[] }) {
  const rotation = rotations.find((r) => r.id === id);
  const shift = rotation?.shifts[0];
  if (!shift) return <span>{id}</span>;
  return (
    <span>
      <strong>{shift.name}</strong>{" "}
      <span class="muted">
        ({id}, until {until(shift.to)})
      </span>
    </span>
  );
}

const outcomeWords: Record<Delivery["state"], string> = {
  waiting: "on the way",
  failed: "failed, and will be tried again",
  sent: "arrived",
  given_up: "was given up",
};

function Outcome({ subject }: { subject: string }) {
  const path = `/deliveries?limit=50&incident=${encodeURIComponent(subject)}`;
  const { value, wrong } = useReading<Page<Delivery>>(path, testEveryMs);
  if (wrong) return <p class="wrong">{wrong}</p>;
  if (!value || value.items.length === 0) return <p class="muted">The test call is on its way…</p>;
  return (
    <ul class="rows" aria-label="What came of the test call">
      {value.items.map((d) => (
        <li key={d.id}>
          {d.channel ?? d.address}{" "}
          <span class={`reached ${d.state}`}>{outcomeWords[d.state]}</span>{" "}
          <span class="muted">{d.answer}</span>
        </li>
      ))}
    </ul>
  );
}

function Step({ step, number, rotations }: { step: CallStep; number: number; rotations: Rotation[] }) {
  const [subject, setSubject] = useState("");
  const [wrong, setWrong] = useState("");
  const test = (): void => {
    setWrong("");
    act<{ subject: string }>("/on_call/test", { step: number }).then(
      (answer) => setSubject(answer.subject),
      (e: unknown) => setWrong(wrongWords(e)),
    );
  };
  return (
    <li class="call-step">
      <p class="muted">{whenWords(step)}</p>
      <p>
        {step.notify.map((id, i) => (
          <span key={id}>
            {i > 0 && ", "}
            <Who id={id} rotations={rotations} />
          </span>
        ))}
      </p>
      {may("respond") && (
        <div class="buttons">
          <button aria-label={`Test step ${number}`} onClick={test}>
            Test
          </button>
        </div>
      )}
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {subject && <Outcome key={subject} subject={subject} />}
    </li>
  );
}

function ShiftRow({ shift, present }: { shift: Shift; present: boolean }) {
  return (
    <tr>
      <th scope="row">
        {shift.name} {shift.overridden && <span class="tag">instead</span>}
      </th>
      <td>{present ? "now" : until(shift.from)}</td>
      <td>{until(shift.to)}</td>
      <td class="muted">{shift.channels.join(", ")}</td>
    </tr>
  );
}

function Shifts({ rotation }: { rotation: Rotation }) {
  const title = `rotation-${rotation.id}`;
  return (
    <section class="card" aria-labelledby={title}>
      <h2 id={title}>{rotation.id}: who takes turns</h2>
      <div class="scroll" tabIndex={0} role="group" aria-label="Shifts, scrolls sideways">
        <table>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">From</th>
              <th scope="col">Until</th>
              <th scope="col">Called by</th>
            </tr>
          </thead>
          <tbody>
            {rotation.shifts.map((shift, i) => (
              <ShiftRow key={shift.from} shift={shift} present={i === 0} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted below">
        Times are yours; handovers follow {rotation.time_zone}. Shifts and exceptions stand under{" "}
        <code>rotations</code> in the configuration; saving it is enough.
      </p>
    </section>
  );
}

function Nobody() {
  return (
    <section class="card">
      <p>Nobody is called: the configuration has no <code>on_call</code>. It could look like this:</p>
      <pre tabIndex={0}>{`notify:
  - { id: ann-phone, ntfy: { url: "https://ntfy.example/ann" }, on: [on_call] }
on_call:
  - { after: 0m, notify: [ann-phone], repeat: 3, every: 10m }`}</pre>
    </section>
  );
}

export function OnCall() {
  const { value, wrong, again } = useReading<OnCallFacts>("/on_call", everyMs);
  if (!value) return <p class={wrong ? "card wrong" : "loading"}>{wrong || "Reading who is on call…"}</p>;
  return (
    <>
      <h1>On call: who is called</h1>
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      <MutedNote muted={value.muted} again={again} />
      {value.steps.length === 0 ? (
        <Nobody />
      ) : (
        <section class="card" aria-labelledby="steps-title">
          <h2 id="steps-title">While nobody answers for an incident</h2>
          <ol class="rows">
            {value.steps.map((step, i) => (
              <Step key={i} step={step} number={i + 1} rotations={value.rotations} />
            ))}
          </ol>
          <p class="muted below">
            Taking the incident on, or writing an update, ends the calls. A test goes the whole way
            to whoever that step calls now, muted or not.
          </p>
          {may("respond") && !value.muted && (
            <div class="buttons">
              <Mute again={again} />
            </div>
          )}
        </section>
      )}
      {value.rotations.map((r) => (
        <Shifts key={r.id} rotation={r} />
      ))}
    </>
  );
}
