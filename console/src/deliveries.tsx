// Did they get it? Each message to each channel and reader, and what their server answered.
import { useState } from "preact/hooks";
import { ChannelsOff } from "./channels";
import type { Delivery, DeliveryCounts, DeliveryState, Incident } from "./model";
import { usePages, type Page } from "./pages";
import { useReading } from "./resource";
import { now, serverNow } from "./store";
import { dueWords, plural, timeWords } from "./words";

interface DeliveryPage extends Page<Delivery> {
  counts: DeliveryCounts;
}

// Deliveries move without a new position of the journal. All of them take longer to count.
const everyMs = (incident: string | undefined): number => (incident ? 5000 : 15_000);

const stateWords: Record<DeliveryState, string> = {
  waiting: "on the way",
  failed: "failed",
  sent: "told",
  given_up: "given up",
};

const newsWords: Record<string, string> = {
  opened: "It began",
  reopened: "It came back",
  worse: "It is worse",
  post: "Words of a person",
  resolved: "It is over",
  false_alarm: "It was a false alarm",
  overdue: "Words are overdue",
  test: "A test of the way",
  call: "A call to answer for it",
  confirmation: "Please confirm that you want mails",
};

const wholeOf = (c: DeliveryCounts): number => c.waiting + c.failed + c.sent + c.given_up;

// "1 failed, next try at 21:05 · 2 on their way"; empty when everybody was told.
export function untoldWords(c: DeliveryCounts): string {
  const out: string[] = [];
  if (c.given_up > 0) out.push(`${c.given_up} given up`);
  if (c.failed > 0) {
    const next = c.next_try ? `, next try at ${dueWords(c.next_try, serverNow.value)}` : "";
    out.push(`${c.failed} failed${next}`);
  }
  if (c.waiting > 0) out.push(`${c.waiting} on the way`);
  return out.join(" · ");
}

const toneOf = (c: DeliveryCounts): string =>
  c.given_up > 0 ? "late" : c.failed > 0 ? "soon" : "";

// In the incident room: how many messages about it arrived.
export function ToldFigure({ incident }: { incident: Incident }) {
  const id = encodeURIComponent(incident.id);
  const { value } = useReading<DeliveryPage>(`/deliveries?limit=1&incident=${id}`, everyMs(id));
  if (!value) return null;
  const whole = wholeOf(value.counts);
  return (
    <div class={`figure ${toneOf(value.counts)}`}>
      <strong>{whole === 0 ? "Nobody" : `${value.counts.sent} of ${whole}`}</strong>
      <span>
        <a href={`#/deliveries/${id}`}>{whole === 0 ? "was told" : "messages arrived"}</a>
        {whole > 0 && untoldWords(value.counts) && `; ${untoldWords(value.counts)}`}
      </span>
    </div>
  );
}

function Counts({ counts }: { counts: DeliveryCounts }) {
  const whole = wholeOf(counts);
  if (whole === 0) return null;
  return (
    <p class="meta">
      {counts.sent} of {plural(whole, "message", "messages")} arrived
      {untoldWords(counts) && (
        <>
          {" · "}
          <span class={toneOf(counts)}>{untoldWords(counts)}</span>
        </>
      )}
    </p>
  );
}

function whoIs(d: Delivery): string {
  if (d.channel && d.address) return `${d.channel} · ${d.address}`;
  return d.channel ?? d.address ?? "somebody who left";
}

// "18:36:42, tried 3 times, next try at 18:37:36".
function whenWords(d: Delivery): string {
  const at = (time: string): string => timeWords(time, serverNow.value);
  const out = d.changed && d.state !== "waiting" ? [at(d.changed)] : [];
  if (d.attempts > 1) out.push(`tried ${d.attempts} times`);
  if (d.state === "failed" && d.next_try) out.push(`next try at ${at(d.next_try)}`);
  return out.join(", ");
}

function Line({ delivery }: { delivery: Delivery }) {
  return (
    <li class="delivery">
      <span class="to">{whoIs(delivery)}</span>
      <span>
        <span class={`reached ${delivery.state}`}>{stateWords[delivery.state]}</span>{" "}
        <span class="muted">{whenWords(delivery)}</span>
      </span>
      <span class="muted">{delivery.answer}</span>
    </li>
  );
}

// What needs a look stands first.
const order: DeliveryState[] = ["given_up", "failed", "waiting", "sent"];
const byNeed = (a: Delivery, b: Delivery): number =>
  order.indexOf(a.state) - order.indexOf(b.state) || whoIs(a).localeCompare(whoIs(b));

// Everybody who was to be told one thing.
function News({ deliveries, titled }: { deliveries: Delivery[]; titled: boolean }) {
  const first = deliveries[0]!;
  return (
    <section class="card">
      <h2>
        {newsWords[first.kind] ?? "News"}
        {titled && first.incident && (
          <>
            {": "}
            <a href={`#/incidents/${first.incident}`}>{first.title ?? "an incident"}</a>
          </>
        )}
      </h2>
      <ul class="rows">
        {[...deliveries].sort(byNeed).map((d) => (
          <Line key={d.id} delivery={d} />
        ))}
      </ul>
    </section>
  );
}

function byNews(items: Delivery[]): Delivery[][] {
  const out: Delivery[][] = [];
  for (const d of items) {
    const last = out[out.length - 1];
    if (last && last[0]!.announcement === d.announcement) last.push(d);
    else out.push([d]);
  }
  return out;
}

const choices: ["" | DeliveryState, string][] = [
  ["", "All"],
  ["failed", "Failed"],
  ["given_up", "Given up"],
  ["waiting", "On the way"],
  ["sent", "Told"],
];

function Nothing({ wanted, counts }: { wanted: string; counts: DeliveryCounts }) {
  if (wanted !== "" && wholeOf(counts) > 0) return <p class="card">None of them.</p>;
  return (
    <p class="card">
      Nobody was told of anything yet. Channels stand under <code>notify</code> in the
      configuration; readers ask for mails on the public page when <code>subscribers</code> is there.
    </p>
  );
}

export function Deliveries({ incident }: { incident: string | undefined }) {
  const [wanted, setWanted] = useState<"" | DeliveryState>("");
  const query = new URLSearchParams({ limit: "50" });
  if (incident) query.set("incident", incident);
  if (wanted) query.set("state", wanted);
  const pages = usePages<Delivery, DeliveryPage>(
    `/deliveries?${query.toString()}`,
    everyMs(incident),
  );
  const title =
    pages.items[0]?.title ?? now.value?.incidents.find((i) => i.id === incident)?.title ?? "it";
  return (
    <>
      <h1>{incident ? `Who was told: ${title}` : "Deliveries: did they get it?"}</h1>
      {incident && (
        <p class="lead">
          <a href={`#/incidents/${incident}`}>Back to the incident</a> ·{" "}
          <a href="#/deliveries">Messages about everything</a>
        </p>
      )}
      <ChannelsOff />
      {pages.head && <Counts counts={pages.head.counts} />}
      <div class="buttons filters" role="group" aria-label="Which messages">
        {choices.map(([state, words]) => (
          <button
            key={state}
            class="chip"
            aria-pressed={wanted === state}
            onClick={() => setWanted(state)}
          >
            {words}
          </button>
        ))}
      </div>
      {pages.wrong && (
        <p class="card wrong" role="alert">
          {pages.wrong}
        </p>
      )}
      {byNews(pages.items).map((deliveries) => (
        <News key={deliveries[0]!.announcement} deliveries={deliveries} titled={!incident} />
      ))}
      {pages.head && pages.items.length === 0 && !pages.more && (
        <Nothing wanted={wanted} counts={pages.head.counts} />
      )}
      {pages.more && (
        <button class="more" disabled={pages.reading} onClick={() => void pages.more?.()}>
          Earlier messages
        </button>
      )}
    </>
  );
}
