// What people did, and what changed about the monitoring: newest first, from the journal.
import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import type { TimelineItem } from "./model";
import { serverNow } from "./store";
import { timeWords } from "./words";

interface Page {
  items: TimelineItem[];
  next: string | null;
}

export function Audit() {
  const [items, setItems] = useState<TimelineItem[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  const [reading, setReading] = useState(true);
  const load = async (cursor: string | null): Promise<void> => {
    setReading(true);
    try {
      const page = await read<Page>(`/audit${cursor ? `?cursor=${cursor}` : ""}`);
      setItems(cursor ? [...items, ...page.items] : page.items);
      setNext(page.next);
      setWrong("");
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setReading(false);
  };
  useEffect(() => {
    void load(null);
  }, []);
  return (
    <>
      <h1>Audit</h1>
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      <section class="card" aria-label="Acts and changes">
        {items.length === 0 && !reading && <p>Nobody has done anything yet.</p>}
        <ol class="timeline">
          {items.map((item, i) => (
            <li key={`${item.position}-${i}`} class={item.origin === "human" ? "human" : ""}>
              <time dateTime={item.at}>{timeWords(item.at, serverNow.value)}</time>
              {item.actor && <span class="tag person">{item.actor}</span>}
              <span class="words">{item.words}</span>
            </li>
          ))}
        </ol>
        {reading && <p class="muted">Reading the journal…</p>}
      </section>
      {next && (
        <button class="more" onClick={() => void load(next)}>
          Earlier
        </button>
      )}
    </>
  );
}
