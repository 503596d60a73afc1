// Maintenance windows: what is on, what comes, what is over.
import { useKeys } from "./keys";
import { MaintenancePill, nearWords, spanOf, uptimeWords } from "./maintenance_words";
import type { MaintenanceCard } from "./model";
import { usePages, type Page, type Pages } from "./pages";
import { may } from "./session";
import { go } from "./store";

function Card({ window: m }: { window: MaintenanceCard }) {
  const near = nearWords(m);
  const said = m.latest ? m.latest.missing || m.latest.text : "";
  return (
    <li class="card incident">
      <h3>
        <a href={`#/maintenance/${encodeURIComponent(m.id)}`}>{m.name}</a>{" "}
        <MaintenancePill window={m} />
      </h3>
      <p class="meta">
        {spanOf(m)}
        {near && ` · ${near}`}
      </p>
      <p class="meta">
        {m.components.map((c) => c.name).join(", ")}
        {m.status !== "cancelled" && ` · ${uptimeWords(m.uptime)}`}
        {m.origin === "machine" && " · by the configuration"}
      </p>
      {said && <p class="latest clip">{said}</p>}
    </li>
  );
}

type Answer = Page<MaintenanceCard>;

interface ListProps {
  title: string;
  items: MaintenanceCard[];
  none: string;
  more: Pages<MaintenanceCard, Answer>["more"];
  moreWords: string;
}

function List({ title, items, none, more, moreWords }: ListProps) {
  return (
    <section class="part" aria-label={title}>
      <h2>{title}</h2>
      {items.length === 0 && <p class="muted">{none}</p>}
      <ul class="cards">
        {items.map((m) => (
          <Card key={m.id} window={m} />
        ))}
      </ul>
      {more && (
        <button class="more" onClick={() => void more()}>
          {moreWords}
        </button>
      )}
    </section>
  );
}

export function Maintenances() {
  const open = usePages<MaintenanceCard, Answer>("/maintenances?state=open&limit=100");
  const past = usePages<MaintenanceCard, Answer>("/maintenances?state=closed&limit=20");
  useKeys(
    may("respond")
      ? [{ letter: "p", words: "Plan a maintenance", run: () => go("maintenance/plan") }]
      : [],
  );
  const on = open.items.filter((m) => m.status === "in_progress");
  const wrong = open.wrong || past.wrong;
  return (
    <>
      <div class="room-head">
        <h1>Maintenance</h1>
        {may("respond") && (
          <p>
            <a class="button" href="#/maintenance/plan">
              Plan a maintenance
            </a>{" "}
            <kbd>p</kbd>
          </p>
        )}
      </div>
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      {on.length > 0 && <List title="On now" items={on} none="" more={null} moreWords="" />}
      {open.head && (
        <List
          title="To come"
          items={open.items.filter((m) => m.status === "scheduled")}
          none="Nothing is planned."
          more={open.more}
          moreWords="Later ones"
        />
      )}
      {past.head && (
        <List
          title="Past"
          items={past.items}
          none="There has been no maintenance yet."
          more={past.more}
          moreWords="Earlier ones"
        />
      )}
      {!(open.head && past.head) && !wrong && <p class="loading">Reading the plans…</p>}
    </>
  );
}
