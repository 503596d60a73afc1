// One timeline of signals, colours, posts and acts, newest first.
import { useState } from "preact/hooks";
import type { TimelineItem } from "./model";
import { actorName } from "./names";
import { serverNow } from "./store";
import { classFor, timeWords } from "./words";

const tags: Record<TimelineItem["kind"], string> = {
  signal: "signal",
  light: "colour",
  post: "post",
  act: "act",
  configuration: "set-up",
};

const shownFirst = 60;

function Item({ item }: { item: TimelineItem }) {
  const human = item.origin === "human";
  const tone = item.kind === "light" && item.status ? classFor(item.status) : "";
  return (
    <li class={`${item.kind} ${human ? "human" : ""} ${tone}`}>
      <time dateTime={item.at}>{timeWords(item.at, serverNow.value)}</time>
      <span class="tag">{tags[item.kind]}</span>
      {human && <span class="tag person">{item.actor ? actorName(item.actor) : "person"}</span>}
      <span class="words">{item.words}</span>
      {item.effective && item.effective !== item.at && (
        <span class="muted"> since {timeWords(item.effective, serverNow.value)}</span>
      )}
    </li>
  );
}

export function Timeline({ items, cut }: { items: TimelineItem[]; cut: boolean }) {
  const [all, setAll] = useState(false);
  const newest = [...items].reverse();
  const shown = all ? newest : newest.slice(0, shownFirst);
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <ol class="timeline">
        {shown.map((item, i) => (
          <Item key={`${item.position}-${i}`} item={item} />
        ))}
      </ol>
      {!all && newest.length > shownFirst && (
        <button class="plain" onClick={() => setAll(true)}>
          Show {newest.length - shownFirst} earlier
        </button>
      )}
      {cut && <p class="muted">Still earlier events are in the audit trail.</p>}
    </section>
  );
}
