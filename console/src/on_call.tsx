// Who is called when something breaks: by steps and shifts, muted for a while, and tried out.
import { useEffect, useState } from "preact/hooks";
import { act } from "./api";
import type { CallStep, Delivery, OnCallFacts, Rotation, Shift } from "./model";
import { Mute, MutedNote } from "./on_call_mute";
import type { Page } from "./pages";
import { useReading, wrongWords } from "./resource";
import { may } from "./session";
import { ShiftStrip } from "./shift_strip";
import { StandIns } from "./stand_ins";
import { serverNow } from "./store";
import { dueWords, durationWords, plural } from "./words";

// A shift ends without a new position of the journal.
const everyMs = 30_000;
// The outcome of a test is watched closely until nothing about it will change.
const testEveryMs = 1000;

const until = (iso: string): string => dueWords(iso, serverNow.value);

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

const ended = { sent: true, given_up: true };

function Outcome({ subject }: { subject: string }) {
  const path = `/deliveries?limit=50&incident=${encodeURIComponent(subject)}`;
  const [over, setOver] = useState(false);
  const { value, wrong } = useReading<Page<Delivery>>(path, over ? 0 : testEveryMs);
  const items = value?.items ?? [];
  const isOver = items.length > 0 && items.every((d) => d.state in ended);
  useEffect(() => setOver(isOver), [isOver]);
  if (wrong) return <p class="wrong">{wrong}</p>;
  if (items.length === 0) return <p class="muted">The test call is on its way…</p>;
  return (
    <ul class="rows" aria-label="What came of the test call">
      {items.map((d) => (
        <li key={d.id}>
          {d.channel ?? d.address}{" "}
          <span class={`reached ${d.state}`}>{outcomeWords[d.state]}</span>{" "}
          <span class="muted">{d.answer}</span>
        </li>
      ))}
    </ul>
  );
}

interface StepProps {
  step: CallStep;
  number: number;
  rotations: Rotation[];
}

function Step({ step, number, rotations }: StepProps) {
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

// "Bea until 09:00, then Ann": of each rotation, before anything else.
function OnCallNow({ rotations }: { rotations: Rotation[] }) {
  if (rotations.length === 0) return null;
  return (
    <section class="card" aria-labelledby="on-call-now">
      <h2 id="on-call-now">On call now</h2>
      <ul class="rows">
        {rotations.map(({ id, shifts: [present, next] }) => (
          <li key={id} class="on-call-now">
            <strong>{present?.name ?? "Nobody"}</strong>{" "}
            {present && <span>until {until(present.to)}</span>}
            {next && <span>, then {next.name}</span>} <span class="muted">· {id}</span>
          </li>
        ))}
      </ul>
    </section>
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
      <ShiftStrip rotation={rotation} />
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
        Times are yours; handovers follow {rotation.time_zone}. Who takes turns stands under{" "}
        <code>rotations</code> in the configuration; saving it is enough.
      </p>
    </section>
  );
}

function Nobody() {
  return (
    <section class="card">
      <p>
        Nobody is called: the configuration has no <code>on_call</code>. It could look like this:
      </p>
      <pre tabIndex={0}>{`notify:
  - { id: ann-phone, ntfy: { url: "https://ntfy.example/ann" }, on: [on_call] }
on_call:
  - { after: 0m, notify: [ann-phone], repeat: 3, every: 10m }`}</pre>
      <p class="muted below">
        Saving the file is enough. <code>docs/notify.md</code> tells of steps, of people who take
        turns, and of what ends the calls.
      </p>
    </section>
  );
}

export function OnCall() {
  const { value, wrong, again } = useReading<OnCallFacts>("/on_call", everyMs);
  if (!value && wrong) return <p class="card wrong">{wrong}</p>;
  if (!value) return <p class="loading">Reading who is on call…</p>;
  return (
    <>
      <h1>On call: who is called</h1>
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      <MutedNote muted={value.muted} again={again} />
      <OnCallNow rotations={value.rotations} />
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
      <StandIns facts={value} again={again} />
      {value.rotations.map((r) => (
        <Shifts key={r.id} rotation={r} />
      ))}
    </>
  );
}
