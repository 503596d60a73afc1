// Plan a maintenance by hand: what, when, on which components, and what may fail meanwhile.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { act, newKey } from "./api";
import type { CheckWithNewest, Component } from "./model";
import { useReading } from "./resource";
import { go, now, say, serverNow } from "./store";
import { durationWords } from "./words";
import { AsPublic, useDraft, WordsBox } from "./words_box";
import { fieldOf, movedAlong, spanWords, timeOf, zoneName } from "./zone";

const minute = 60_000;
const day = 24 * 60 * minute;
const lengths: [string, number][] = [
  ["30 min", 30],
  ["1 h", 60],
  ["2 h", 120],
  ["4 h", 240],
];

// The first full hour that is announced a day ahead: the earliest that leaves the uptime.
function firstStart(): string {
  const t = new Date(serverNow.value.getTime() + day + 60 * minute);
  t.setMinutes(0, 0, 0);
  return fieldOf(t);
}

interface Times {
  fromNow: boolean;
  start: string;
  end: string;
}

const startOf = (times: Times): Date | null =>
  times.fromNow ? serverNow.value : timeOf(times.start);

function WhenWords({ times }: { times: Times }) {
  const start = startOf(times);
  const end = timeOf(times.end);
  if (!start || !end) return <p class="muted">Say when it begins and when it will be done.</p>;
  const lasts = end.getTime() - start.getTime();
  if (lasts <= 0) return <p class="late">It ends before it begins.</p>;
  const ahead = start.getTime() - serverNow.value.getTime();
  return (
    <p>
      <strong>{spanWords(start, end)}</strong>, {durationWords(lasts)}.{" "}
      {ahead >= day
        ? `Announced ${durationWords(ahead)} ahead: this time leaves the uptime.`
        : "Announced less than 24 hours ahead: this time counts in the uptime."}
    </p>
  );
}

function When({ times, change }: { times: Times; change: (t: Times) => void }) {
  const lasts = (minutes: number): void => {
    const start = startOf(times);
    if (start) change({ ...times, end: fieldOf(new Date(start.getTime() + minutes * minute)) });
  };
  const begins = (field: string): void =>
    change({ ...times, start: field, end: movedAlong(times.end, times.start, field) });
  return (
    <fieldset>
      <legend>When, in your time ({zoneName})</legend>
      <div class="choices">
        <label>
          Begins{" "}
          <input
            type="datetime-local"
            value={times.start}
            disabled={times.fromNow}
            required={!times.fromNow}
            onInput={(e) => begins(e.currentTarget.value)}
          />
        </label>
        <label>
          Done by{" "}
          <input
            type="datetime-local"
            value={times.end}
            required
            onInput={(e) => change({ ...times, end: e.currentTarget.value })}
          />
        </label>
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={times.fromNow}
          onChange={(e) => change({ ...times, fromNow: e.currentTarget.checked })}
        />{" "}
        It begins at once
      </label>
      <div class="snippets" role="group" aria-label="How long">
        {lengths.map(([words, minutes]) => (
          <button key={words} type="button" class="chip" onClick={() => lasts(minutes)}>
            {words}
          </button>
        ))}
      </div>
      <WhenWords times={times} />
    </fieldset>
  );
}

interface PickProps {
  title: string;
  hint: string;
  items: { id: string; words: string }[];
  chosen: Set<string>;
  change: (chosen: Set<string>) => void;
}

// Longer lists get a field to find something in them.
const findFrom = 15;

function Pick({ title, hint, items, chosen, change }: PickProps) {
  const [wanted, setWanted] = useState("");
  const needle = wanted.trim().toLowerCase();
  // What is chosen stays in sight.
  const shown = items.filter((i) => chosen.has(i.id) || i.words.toLowerCase().includes(needle));
  const set = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    change(next);
  };
  return (
    <fieldset>
      <legend>{title}</legend>
      <p class="muted">{hint}</p>
      {items.length >= findFrom && (
        <input
          type="search"
          aria-label={`Find in: ${title}`}
          placeholder="Find"
          value={wanted}
          onInput={(e) => setWanted(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === "Enter") e.preventDefault();
          }}
        />
      )}
      <div class="pick">
        {shown.map((item) => (
          <label key={item.id} class="tick">
            <input
              type="checkbox"
              checked={chosen.has(item.id)}
              onChange={(e) => set(item.id, e.currentTarget.checked)}
            />{" "}
            <span>{item.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function useExpectable(components: Set<string>): CheckWithNewest[] {
  const { value } = useReading<{ checks: CheckWithNewest[] }>("/checks");
  return useMemo(
    () => (value?.checks ?? []).filter((c) => components.has(c.component)),
    [value, components],
  );
}

const nameWithGroup = (c: Component): string => (c.group ? `${c.group} · ${c.name}` : c.name);

export function PlanMaintenance() {
  const key = useRef(newKey());
  const first = useRef<HTMLInputElement>(null);
  const draft = useDraft("candor-draft-maintenance");
  const [name, setName] = useState("");
  const [times, setTimes] = useState<Times>(() => {
    const start = firstStart();
    const end = fieldOf(new Date(new Date(start).getTime() + 60 * minute));
    return { fromNow: false, start, end };
  });
  const [components, setComponents] = useState<Set<string>>(new Set());
  const [expects, setExpects] = useState<Set<string>>(new Set());
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const checks = useExpectable(components);
  const all = now.value?.components ?? [];
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => first.current?.focus(), []);

  const publish = async (): Promise<void> => {
    const start = times.fromNow ? undefined : timeOf(times.start)?.toISOString();
    const made = await act<{ id: string }>(
      "/maintenances",
      {
        name,
        text: draft.text,
        components: [...components],
        expects: checks.filter((c) => expects.has(c.id)).map((c) => c.id),
        ...(start ? { start } : {}),
        end: timeOf(times.end)?.toISOString(),
      },
      key.current,
    );
    draft.clear();
    say("Planned. The public page announces it now.");
    go(`maintenance/${encodeURIComponent(made.id)}`);
  };
  const proceed = async (): Promise<void> => {
    if (busy || !form.current?.reportValidity()) return;
    setWrong("");
    if (components.size === 0) return setWrong("Choose at least one component.");
    if (!draft.text.trim()) return setWrong("Say what will be done, and what people will notice.");
    setBusy(true);
    try {
      await (draft.html === null ? draft.look() : publish());
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  const chosen = all.filter((c) => components.has(c.id));
  const span = [startOf(times), timeOf(times.end)] as const;

  return (
    <form
      ref={form}
      class="narrow"
      onSubmit={(e) => {
        e.preventDefault();
        void proceed();
      }}
    >
      <h1>Plan a maintenance</h1>
      <section class="card" aria-label="What and when">
        <label for="plan-name">What it is, in one line</label>
        <input
          id="plan-name"
          ref={first}
          maxLength={120}
          required
          value={name}
          placeholder="Database upgrade"
          onInput={(e) => setName(e.currentTarget.value)}
        />
        <label for="plan-text">What people will notice</label>
        <WordsBox
          id="plan-text"
          draft={draft}
          rows={4}
          placeholder="What you will do, what does not work meanwhile, and what people can do instead."
          onGo={() => void proceed()}
        />
        <When times={times} change={setTimes} />
      </section>
      <section class="card" aria-label="On what">
        <Pick
          title="Which components"
          hint="They are shown as under maintenance while it is on. We keep measuring."
          items={all.map((c) => ({ id: c.id, words: nameWithGroup(c) }))}
          chosen={components}
          change={setComponents}
        />
        {checks.length > 0 && (
          <Pick
            title="Which checks may fail meanwhile"
            hint="Nobody is called for these, on these components, until it is over. Any other that fails is an incident. Readers do not see this."
            items={checks.map((c) => ({ id: c.id, words: `${c.id} · ${c.kind}` }))}
            chosen={expects}
            change={setExpects}
          />
        )}
      </section>
      <AsPublic
        draft={draft}
        head={
          <>
            <strong>{name || "Maintenance"}</strong> ·{" "}
            {span[0] && span[1] ? spanWords(span[0], span[1]) : ""} ·{" "}
            {chosen.map((c) => c.name).join(", ")}
          </>
        }
      />
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <div class="buttons">
        <button class="primary" disabled={busy}>
          {draft.html === null ? "Preview" : "Announce it"}
        </button>
        <a class="button plain" href="#/maintenance">
          Cancel
        </a>
        <span class="muted hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {draft.html === null ? "shows it first" : "announces it"}
        </span>
      </div>
    </form>
  );
}
