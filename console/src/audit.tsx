// What people did, and what changed about the monitoring: newest first, from the journal.
import { useState } from "preact/hooks";
import type { TimelineItem } from "./model";
import { actorName } from "./names";
import { usePages, type Page } from "./pages";
import { serverNow } from "./store";
import { timeWords } from "./words";

export function Audit() {
  const { items, wrong, reading, more } = usePages<TimelineItem, Page<TimelineItem>>("/audit");
  const [wanted, setWanted] = useState("");
  const kinds = [...new Set(items.map((item) => item.title))].sort();
  const shown = items.filter((item) => wanted === "" || item.title === wanted);
  return (
    <>
      <h1>Audit</h1>
      {kinds.length > 1 && (
        <p class="filters">
          <label for="audit-kind">Show</label>{" "}
          <select
            id="audit-kind"
            value={wanted}
            onChange={(e) => setWanted(e.currentTarget.value)}
          >
            <option value="">everything</option>
            {kinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        </p>
      )}
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      <section class="card" aria-label="Acts and changes">
        {items.length === 0 && !reading && <p>Nobody has done anything yet.</p>}
        <ol class="timeline">
          {shown.map((item, i) => (
            <li key={`${item.position}-${i}`} class={item.origin === "human" ? "human" : ""}>
              <time dateTime={item.at}>{timeWords(item.at, serverNow.value)}</time>
              {item.actor && <span class="tag person">{actorName(item.actor)}</span>}
              <span class="words">{item.words}</span>
            </li>
          ))}
        </ol>
        {reading && <p class="muted">Reading the journal…</p>}
      </section>
      {more && (
        <button class="more" disabled={reading} onClick={() => void more()}>
          Earlier
        </button>
      )}
    </>
  );
}
