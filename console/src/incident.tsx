// The incident room, top to bottom: how bad, how long, what is owed, say it, why.
import { act } from "./api";
import { OwedFigure } from "./clock";
import { ToldFigure } from "./deliveries";
import { Explain } from "./explain";
import { FormDialog } from "./form_dialog";
import { useKeys } from "./keys";
import type { CheckWithNewest, Incident } from "./model";
import { Correct, TakeOn } from "./record";
import { useReading } from "./resource";
import { may } from "./session";
import { Pill, StatusWord } from "./status";
import { Timeline } from "./timeline";
import { say, serverNow } from "./store";
import { durationFigure, dueWords, phaseWord, timeWords, verdictWord } from "./words";

function Figures({ incident }: { incident: Incident }) {
  const end = incident.resolved ? new Date(incident.resolved) : serverNow.value;
  const lasted = end.getTime() - new Date(incident.started).getTime();
  return (
    <div class="figures">
      <div class="figure">
        <strong>{durationFigure(lasted)}</strong>
        <span>
          {incident.resolved ? "from" : "since"} {timeWords(incident.started, serverNow.value)}
        </span>
      </div>
      <OwedFigure incident={incident} />
      <div class="figure">
        <strong>{phaseWord(incident.status)}</strong>
        <span>
          {incident.resolved
            ? `at ${timeWords(incident.resolved, serverNow.value)}`
            : incident.resolve_due
              ? `closes at ${dueWords(incident.resolve_due, serverNow.value)} if it stays good`
              : incident.explained
                ? "explained by a person"
                : "no person has explained it yet"}
        </span>
      </div>
      <div class="figure">
        <strong>{incident.components.length}</strong>
        <span>
          {incident.components.length === 1 ? "component" : "components"} · {incident.affected}
        </span>
      </div>
      <ToldFigure incident={incident} />
    </div>
  );
}

function Retract({ incident, done }: { incident: Incident; done: () => void }) {
  const send = async (form: FormData): Promise<() => void> => {
    await act(`/incidents/${encodeURIComponent(incident.id)}/retract`, { text: form.get("text") });
    return () => {
      say("Retracted. The page marks it as a false alarm.");
      done();
    };
  };
  return (
    <FormDialog
      name="retract-title"
      open="Retract…"
      title="Retract as a false alarm"
      hint="It stays visible, marked as a false alarm, and its time counts as not measured. Refused while a check still fails."
      submit="Retract publicly"
      send={send}
    >
      <label for="retract-words">Why did our monitoring err? Everybody will read this.</label>
      <textarea id="retract-words" name="text" rows={3} maxLength={16000} required />
    </FormDialog>
  );
}

function Why({ checks }: { checks: CheckWithNewest[] }) {
  if (checks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="why-title">
      <h2 id="why-title">Why is it in this state?</h2>
      <ul class="rows">
        {checks.map((check) => (
          <li key={check.id}>
            <a href={`#/checks/${check.id}`}>{check.id}</a>
            <span class={`verdict ${check.verdict}`}>{verdictWord(check.verdict)}</span>
            <p>{check.why}</p>
            {check.newest?.detail && (
              <p class="muted">
                Newest, {timeWords(check.newest.at, serverNow.value)}: {check.newest.detail}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parts({ incident }: { incident: Incident }) {
  return (
    <section class="card" aria-labelledby="parts-title">
      <h2 id="parts-title">Components</h2>
      <ul class="rows">
        {incident.components.map((c) => (
          <li key={c.id}>
            <span>{c.name}</span> <StatusWord status={c.status} />
            {c.worst !== c.status && (
              <span class="muted">
                {" "}
                at worst <StatusWord status={c.worst} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const mayBeRetracted = (i: Incident): boolean => !i.retracted && !i.drill && !i.merged_into;

export function IncidentRoom({ id }: { id: string }) {
  const { value: incident, wrong, again } = useReading<Incident>(`/incidents/${encodeURIComponent(id)}`);
  useKeys(
    may("respond")
      ? [{ letter: "e", words: "Explain", run: () => document.getElementById("explain")?.focus() }]
      : [],
  );
  if (!incident) {
    return wrong ? (
      <p class="card wrong" role="alert">
        {wrong} <a href="#/incidents">All incidents</a>
      </p>
    ) : (
      <p class="loading">Opening the incident room…</p>
    );
  }
  return (
    <>
      <div class="room-head">
        <h1>
          {incident.title} <Pill status={incident.worst} />
        </h1>
        <p class="muted">
          {may("respond") && (
            <>
              <kbd>e</kbd> explain{" "}
            </>
          )}
          <kbd>?</kbd> all keys
        </p>
      </div>
      {incident.retracted && <p class="card note">Retracted: this was a false alarm.</p>}
      {incident.merged_into && (
        <p class="card note">
          Goes on as part of <a href={`#/incidents/${incident.merged_into}`}>another incident</a>.
        </p>
      )}
      <section class="card strip" aria-label="At a glance">
        <Figures incident={incident} />
        {may("respond") && (
          <div class="buttons">
            <TakeOn incident={incident} done={again} />
            <Correct incident={incident} done={again} />
            {mayBeRetracted(incident) && <Retract incident={incident} done={again} />}
          </div>
        )}
      </section>
      <div class="two">
        <div>
          {may("respond") && <Explain incident={incident} done={again} />}
          <Timeline items={incident.timeline} cut={incident.timeline_cut} />
        </div>
        <div>
          <Why checks={incident.checks} />
          <Parts incident={incident} />
        </div>
      </div>
    </>
  );
}
