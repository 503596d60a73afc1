// Every incident, newest first, a page at a time.
import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import { OwedWords } from "./clock";
import type { IncidentCard } from "./model";
import { Pill } from "./status";
import { moves, serverNow } from "./store";
import { durationWords, phaseWord, timeWords } from "./words";

interface Page {
  incidents: IncidentCard[];
  next: string | null;
}

export function Incidents() {
  const [which, setWhich] = useState<"" | "open" | "closed">("");
  const [items, setItems] = useState<IncidentCard[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [state, setState] = useState<"reading" | "read" | string>("reading");
  const position = moves.value;

  const load = async (cursor: string | null): Promise<void> => {
    try {
      const query = new URLSearchParams({ limit: "50" });
      if (which) query.set("state", which);
      if (cursor) query.set("cursor", cursor);
      const page = await read<Page>(`/incidents?${query.toString()}`);
      setItems(cursor ? [...items, ...page.incidents] : page.incidents);
      setNext(page.next);
      setState("read");
    } catch (e) {
      setState(e instanceof Error ? e.message : String(e));
    }
  };
  // A new position refreshes the first page only; further pages are history.
  useEffect(() => {
    void load(null);
  }, [which, position]);

  return (
    <>
      <h1>Incidents</h1>
      <div class="buttons" role="group" aria-label="Which incidents">
        {(["", "open", "closed"] as const).map((w) => (
          <button
            key={w}
            class="chip"
            aria-pressed={which === w}
            onClick={() => setWhich(w)}
          >
            {w === "" ? "All" : w === "open" ? "Open" : "Closed"}
          </button>
        ))}
      </div>
      {state !== "read" && state !== "reading" && (
        <p class="card wrong" role="alert">
          {state}
        </p>
      )}
      {state === "read" && items.length === 0 && <p class="card">No incident here.</p>}
      <ul class="cards">
        {items.map((i) => {
          const end = i.resolved ? new Date(i.resolved) : serverNow.value;
          return (
            <li key={i.id} class="card incident">
              <h2>
                <a href={`#/incidents/${i.id}`}>{i.title}</a> <Pill status={i.worst} />
              </h2>
              <p class="meta">
                {phaseWord(i.status)} · {timeWords(i.started, serverNow.value)} ·{" "}
                {durationWords(end.getTime() - new Date(i.started).getTime())}
                {i.retracted && " · false alarm"}
                {!i.explained && !i.retracted && " · no person has explained it"} ·{" "}
                <OwedWords incident={i} />
              </p>
            </li>
          );
        })}
      </ul>
      {next && (
        <button onClick={() => void load(next)} class="more">
          Earlier incidents
        </button>
      )}
    </>
  );
}
