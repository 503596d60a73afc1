// Components with their checks: what is watched, and what each check believes.
import { useMemo, useState } from "preact/hooks";
import type { CheckWithNewest, Component } from "./model";
import { act } from "./api";
import { useReading } from "./resource";
import { may } from "./session";
import { StatusWord } from "./status";
import { now, refresh, say } from "./store";
import { verdictWord } from "./words";

const shownMax = 300;

function Accept({ component }: { component: Component }) {
  if (component.cause !== "monitoring_changed" || !may("respond")) return null;
  const accept = async (): Promise<void> => {
    try {
      await act(`/components/${encodeURIComponent(component.id)}/accept-monitoring`, {});
      say(`Accepted: ${component.name} follows its new checks.`);
      await refresh();
    } catch (e) {
      say(e instanceof Error ? e.message : String(e));
    }
  };
  return <button onClick={() => void accept()}>Accept the new monitoring</button>;
}

export function Components() {
  const [wanted, setWanted] = useState("");
  const { value, wrong } = useReading<{ checks: CheckWithNewest[] }>("/checks");
  const components = now.value?.components ?? [];
  const byComponent = useMemo(() => {
    const map = new Map<string, CheckWithNewest[]>();
    for (const check of value?.checks ?? []) {
      const list = map.get(check.component);
      if (list) list.push(check);
      else map.set(check.component, [check]);
    }
    return map;
  }, [value]);
  const needle = wanted.trim().toLowerCase();
  const matching = components.filter(
    (c) =>
      needle === "" ||
      c.name.toLowerCase().includes(needle) ||
      c.id.includes(needle) ||
      (byComponent.get(c.id) ?? []).some((check) => check.id.includes(needle)),
  );
  return (
    <>
      <h1>Components and checks</h1>
      <label class="search">
        Find{" "}
        <input type="search" value={wanted} onInput={(e) => setWanted(e.currentTarget.value)} />
      </label>
      {wrong && (
        <p class="card wrong" role="alert">
          {wrong}
        </p>
      )}
      <ul class="cards">
        {matching.slice(0, shownMax).map((c) => (
          <li key={c.id} class="card component">
            <h2>
              {c.group && <span class="muted">{c.group} · </span>}
              {c.name} <StatusWord status={c.status} />
            </h2>
            {c.words && <p class="muted">{c.words}</p>}
            <Accept component={c} />
            <ul class="rows">
              {(byComponent.get(c.id) ?? []).map((check) => (
                <li key={check.id}>
                  <a href={`#/checks/${check.id}`}>{check.id}</a>
                  <span class="muted"> · {check.kind}</span>
                  <span class={`verdict ${check.verdict}`}>{verdictWord(check.verdict)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {matching.length === 0 && <p class="card">No component has that name.</p>}
      {matching.length > shownMax && (
        <p class="muted">and {matching.length - shownMax} more; write more of the name</p>
      )}
    </>
  );
}
