// One maintenance window: how long it still is, say something, take more time, end it, its story.
import { useState } from "preact/hooks";
import { act } from "./api";
import { FormDialog } from "./form_dialog";
import { useKeys } from "./keys";
import { maintenancePhase, MaintenancePill, spanOf } from "./maintenance_words";
import type { MaintenanceWindow } from "./model";
import { useReading } from "./resource";
import { may } from "./session";
import { say, serverNow } from "./store";
import { Timeline } from "./timeline";
import { durationFigure, durationWords, timeWords } from "./words";
import { AsPublic, useDraft, WordsBox } from "./words_box";
import { fieldOf, movedAlong, spanWords, timeOf, zoneName } from "./zone";

interface Props {
  window: MaintenanceWindow;
  done: () => void;
}

const pathOf = (m: MaintenanceWindow, what: string): string =>
  `/maintenances/${encodeURIComponent(m.id)}/${what}`;

const isOpen = (m: MaintenanceWindow): boolean =>
  m.status === "scheduled" || m.status === "in_progress";

function Figures({ window: m }: { window: MaintenanceWindow }) {
  const until = (iso: string): number => new Date(iso).getTime() - serverNow.value.getTime();
  const lasts = new Date(m.ended ?? m.end).getTime() - new Date(m.start).getTime();
  const left = m.status === "in_progress" ? until(m.end) : 0;
  const soon = m.status === "in_progress" && left < 10 * 60_000;
  return (
    <div class="figures">
      <div class={`figure ${soon ? "soon" : ""}`}>
        {m.status === "scheduled" && <strong>{durationFigure(until(m.start))}</strong>}
        {m.status === "in_progress" && <strong>{durationFigure(left)}</strong>}
        {!isOpen(m) && <strong>{maintenancePhase(m)}</strong>}
        <span>
          {m.status === "scheduled" && "until it begins"}
          {m.status === "in_progress" && "until it should be done"}
          {!isOpen(m) && m.ended && timeWords(m.ended, serverNow.value)}
        </span>
      </div>
      <div class="figure">
        <strong>{durationWords(lasts)}</strong>
        <span>{spanOf(m)}</span>
      </div>
      <div class="figure">
        <strong>{m.uptime === "counted" ? "Counts" : m.uptime === "partly" ? "Partly" : "Left out"}</strong>
        <span>
          {m.uptime === "counted" ? "in the uptime" : "of the uptime"} · announced{" "}
          {timeWords(m.announced, serverNow.value)}
        </span>
      </div>
    </div>
  );
}

function EndField({ end, change }: { end: string; change: (end: string) => void }) {
  const later = (minutes: number): void => {
    const t = timeOf(end);
    if (t) change(fieldOf(new Date(t.getTime() + minutes * 60_000)));
  };
  return (
    <>
      <label for="move-end">Done by</label>
      <input
        id="move-end"
        type="datetime-local"
        required
        value={end}
        onInput={(e) => change(e.currentTarget.value)}
      />
      <div class="snippets" role="group" aria-label="Later by">
        {[15, 30, 60].map((n) => (
          <button key={n} type="button" class="chip" onClick={() => later(n)}>
            {n} min later
          </button>
        ))}
      </div>
    </>
  );
}

function Move({ window: m, done }: Props) {
  const [start, setStart] = useState(fieldOf(new Date(m.start)));
  const [end, setEnd] = useState(fieldOf(new Date(m.end)));
  const begun = m.status === "in_progress";
  const span = [begun ? new Date(m.start) : timeOf(start), timeOf(end)] as const;
  const send = async (form: FormData): Promise<() => void> => {
    const body: Record<string, unknown> = {};
    // A field knows no seconds: only what was changed is sent.
    if (!begun && start !== fieldOf(new Date(m.start))) body.start = span[0]?.toISOString();
    if (end !== fieldOf(new Date(m.end))) body.end = span[1]?.toISOString();
    if (form.get("text")) body.text = form.get("text");
    await act(pathOf(m, "updates"), body);
    return () => {
      say("Moved. The public page shows the new time.");
      done();
    };
  };
  return (
    <FormDialog
      name="move-title"
      open={begun ? "Take more time…" : "Move…"}
      title={begun ? "Change when it will be done" : "Move it"}
      hint={`Times are yours (${zoneName}). What is added less than 24 hours ahead counts in the uptime.`}
      submit="Change publicly"
      send={send}
    >
      {!begun && (
        <>
          <label for="move-start">Begins</label>
          <input
            id="move-start"
            type="datetime-local"
            required
            value={start}
            onInput={(e) => {
              setEnd(movedAlong(end, start, e.currentTarget.value));
              setStart(e.currentTarget.value);
            }}
          />
        </>
      )}
      <EndField end={end} change={setEnd} />
      {span[0] && span[1] && (
        <p>
          <strong>{spanWords(span[0], span[1])}</strong>
        </p>
      )}
      <label for="move-text">Why, for everybody (may stay empty)</label>
      <textarea id="move-text" name="text" rows={3} maxLength={16000} />
    </FormDialog>
  );
}

function Finish({ window: m, done }: Props) {
  const begun = m.status === "in_progress";
  const send = async (form: FormData): Promise<() => void> => {
    const text = form.get("text");
    await act(pathOf(m, begun ? "finish" : "cancel"), text ? { text } : {});
    return () => {
      say(begun ? "Finished. What fails from now on is an incident." : "Called off, visibly.");
      done();
    };
  };
  return (
    <FormDialog
      name="finish-title"
      open={begun ? "Finish now…" : "Call off…"}
      title={begun ? "Finish it now" : "Call it off"}
      hint={
        begun
          ? "The cover ends at once: a check that still fails opens an incident."
          : "It stays on the page and in calendars, marked as called off. This cannot be taken back."
      }
      submit={begun ? "Finish it" : "Call it off"}
      send={send}
    >
      <label for="finish-text">Some words for everybody (may stay empty)</label>
      <textarea id="finish-text" name="text" rows={3} maxLength={16000} />
    </FormDialog>
  );
}

function Tell({ window: m, done }: Props) {
  const draft = useDraft(`candor-draft-${m.id}`);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const proceed = async (): Promise<void> => {
    if (busy) return;
    setWrong("");
    if (!draft.text.trim()) return setWrong("Say how far you are, and whether the time will do.");
    setBusy(true);
    try {
      if (draft.html === null) {
        await draft.look();
      } else {
        await act(pathOf(m, "updates"), { text: draft.text });
        draft.clear();
        say("Published. Everybody who reads the page sees it now.");
        done();
      }
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  return (
    <section class="card" aria-labelledby="tell-title">
      <h2 id="tell-title">
        <label for="tell">Tell everybody</label>
      </h2>
      <WordsBox
        id="tell"
        draft={draft}
        rows={4}
        placeholder="How far you are, what people notice, whether the time will do."
        onGo={() => void proceed()}
      />
      <AsPublic
        draft={draft}
        head={
          <>
            <strong>{maintenancePhase(m)}</strong> · written by a person · now
          </>
        }
      />
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <div class="buttons">
        <button class="primary" disabled={busy} onClick={() => void proceed()}>
          {draft.html === null ? "Preview" : "Publish"}
        </button>
        <span class="muted hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {draft.html === null ? "shows it first" : "publishes"}
        </span>
      </div>
    </section>
  );
}

function Aside({ window: m }: { window: MaintenanceWindow }) {
  return (
    <>
      <section class="card" aria-labelledby="parts-title">
        <h2 id="parts-title">Components</h2>
        <ul class="rows">
          {m.components.map((c) => (
            <li key={c.id}>{c.name}</li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="expects-title">
        <h2 id="expects-title">May fail meanwhile</h2>
        {m.expects.length === 0 && (
          <p class="muted">Nothing: whatever fails is an incident, as at any time.</p>
        )}
        <ul class="rows">
          {m.expects.map((check) => (
            <li key={check}>
              <code>{check}</code>
            </li>
          ))}
        </ul>
      </section>
      {m.incidents.length > 0 && (
        <section class="card" aria-labelledby="led-title">
          <h2 id="led-title">Incidents meanwhile</h2>
          <ul class="rows">
            {m.incidents.map((i) => (
              <li key={i.id}>
                <a href={`#/incidents/${i.id}`}>{i.title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function MaintenanceRoom({ id }: { id: string }) {
  const { value: m, wrong, again } = useReading<MaintenanceWindow>(
    `/maintenances/${encodeURIComponent(id)}`,
  );
  useKeys([
    { letter: "e", words: "Tell everybody", run: () => document.getElementById("tell")?.focus() },
  ]);
  if (!m) {
    return wrong ? (
      <p class="card wrong" role="alert">
        {wrong} <a href="#/maintenance">All maintenance</a>
      </p>
    ) : (
      <p class="loading">Opening the maintenance…</p>
    );
  }
  return (
    <>
      <h1>
        {m.name} <MaintenancePill window={m} />
      </h1>
      {m.overrun && (
        <p class="card wrong">
          It ended while checks still failed; that has been an incident since.
        </p>
      )}
      <section class="card strip" aria-label="At a glance">
        <Figures window={m} />
        {may("respond") && isOpen(m) && (
          <div class="buttons">
            <Move key={`${m.start} ${m.end}`} window={m} done={again} />
            <Finish window={m} done={again} />
          </div>
        )}
      </section>
      <div class="two">
        <div>
          {may("respond") && isOpen(m) && <Tell window={m} done={again} />}
          <Timeline items={m.timeline} cut={false} />
        </div>
        <div>
          <Aside window={m} />
          <p class="muted">
            {m.origin === "machine" ? "Planned by the configuration" : "Planned by a person"}
            {m.moved_by_hand && ", moved by hand"}.
          </p>
        </div>
      </div>
    </>
  );
}
