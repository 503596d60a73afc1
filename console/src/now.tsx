// The first screen: what is red or suspect, whose clock runs, and nothing else when all is well.
import type { CheckWithNewest, Component, IncidentCard } from "./model";
import { OwedWords, owedOf } from "./clock";
import { DeclareButton } from "./declare";
import { may } from "./session";
import { MaintenanceSoon } from "./maintenance_soon";
import { MutedNow } from "./on_call_mute";
import { Pill, StatusWord } from "./status";
import { now, serverNow } from "./store";
import { durationWords, phaseWord, plural, timeWords, verdictWord } from "./words";

function Card({ incident }: { incident: IncidentCard }) {
  const running = serverNow.value.getTime() - new Date(incident.started).getTime();
  const owed = owedOf(incident);
  return (
    <li class={`card incident ${owed?.overdue ? "is-late" : ""}`}>
      <h3>
        <a href={`#/incidents/${incident.id}`}>{incident.title}</a> <Pill status={incident.worst} />
      </h3>
      <p class="meta">
        {phaseWord(incident.status)} · {incident.owned ? "taken on" : "nobody has taken it on"} ·{" "}
        {durationWords(running)} so far · {incident.affected} ·{" "}
        <OwedWords incident={incident} />
      </p>
      {incident.latest && (
        <p class="latest">
          <span class="tag">{incident.latest.origin === "human" ? "person" : "automatic"}</span>{" "}
          {timeWords(incident.latest.at, serverNow.value)} –{" "}
          {incident.latest.missing || incident.latest.text}
        </p>
      )}
    </li>
  );
}

// The most urgent first: overdue, then what is due next, then the rest.
function byUrgency(a: IncidentCard, b: IncidentCard): number {
  const left = (i: IncidentCard): number => owedOf(i)?.leftMs ?? Number.MAX_SAFE_INTEGER;
  return left(a) - left(b);
}

// Closed ones stay here until a person has explained them, also when the trouble healed itself.
function StillOwed({ incidents, total }: { incidents: IncidentCard[]; total: number }) {
  if (incidents.length === 0) return null;
  return (
    <section class="card" aria-labelledby="owed-title">
      <h2 id="owed-title">Over, and not explained yet</h2>
      <ul class="rows">
        {incidents.map((i) => (
          <li key={i.id}>
            <a href={`#/incidents/${i.id}`}>{i.title}</a>
            <span class="muted"> · {timeWords(i.started, serverNow.value)} · </span>
            <OwedWords incident={i} />
          </li>
        ))}
      </ul>
      {total > incidents.length && <p class="muted">and {total - incidents.length} more</p>}
    </section>
  );
}

function Troubled({ checks }: { checks: CheckWithNewest[] }) {
  if (checks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="checks-title">
      <h2 id="checks-title">Checks that do not simply pass</h2>
      <ul class="rows">
        {checks.slice(0, 100).map((check) => (
          <li key={check.id}>
            <a href={`#/checks/${check.id}`}>{check.id}</a>
            <span class="muted"> · {check.component_name}</span>
            <span class={`verdict ${check.verdict}`}>{verdictWord(check.verdict)}</span>
            <p class="muted">{check.newest?.detail || check.why}</p>
          </li>
        ))}
      </ul>
      {checks.length > 100 && <p class="muted">and {checks.length - 100} more</p>}
    </section>
  );
}

function Unwell({ components }: { components: Component[] }) {
  const unwell = components.filter((c) => c.status !== "operational");
  if (unwell.length === 0) return null;
  return (
    <section class="card" aria-labelledby="components-title">
      <h2 id="components-title">Components</h2>
      <ul class="rows">
        {unwell.slice(0, 100).map((c) => (
          <li key={c.id}>
            <span>{c.name}</span> <StatusWord status={c.status} />
            {c.words && <p class="muted">{c.words}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function NowScreen() {
  const state = now.value;
  if (!state) return <p class="loading">Reading the present…</p>;
  const incidents = [...state.incidents].sort(byUrgency);
  return (
    <>
      <section class={`card banner ${state.all_good ? "op" : "bad"}`}>
        <h1>{state.headline}</h1>
        <p class="muted">
          {state.detail} As of {timeWords(state.as_of, serverNow.value)}.
          {state.suspects > 0 &&
            ` ${plural(state.suspects, "check is", "checks are")} suspect and being asked again.`}
        </p>
        {state.blind && (
          <p class="wrong">
            Our own connection is down: what crosses the network cannot be judged right now.
          </p>
        )}
        <div class="buttons">
          {may("respond") && <DeclareButton components={state.components} />}
          {state.page.url && (
            <a class="button" href={state.page.url} target="_blank" rel="noreferrer">
              Public page
            </a>
          )}
        </div>
      </section>
      <MutedNow />
      {incidents.length > 0 && (
        <section aria-labelledby="open-title">
          <h2 id="open-title">{plural(incidents.length, "open incident", "open incidents")}</h2>
          <ul class="cards">
            {incidents.map((i) => (
              <Card key={i.id} incident={i} />
            ))}
          </ul>
        </section>
      )}
      <StillOwed incidents={state.owed} total={state.owed_total} />
      <MaintenanceSoon />
      <Unwell components={state.components} />
      <Troubled checks={state.checks} />
    </>
  );
}
