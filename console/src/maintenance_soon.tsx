// On the first screen: the maintenance that is on, and what begins within a day.
import { MaintenancePill, nearWords, spanOf } from "./maintenance_words";
import type { MaintenanceCard } from "./model";
import type { Page } from "./pages";
import { useReading } from "./resource";
import { serverNow } from "./store";

const aheadMs = 24 * 60 * 60_000;

export function MaintenanceSoon() {
  const { value } = useReading<Page<MaintenanceCard>>("/maintenances?state=open&limit=20");
  const soon = (value?.items ?? []).filter(
    (m) => new Date(m.start).getTime() - serverNow.value.getTime() < aheadMs,
  );
  if (soon.length === 0) return null;
  return (
    <section class="card" aria-labelledby="soon-title">
      <h2 id="soon-title">Maintenance</h2>
      <ul class="rows">
        {soon.map((m) => (
          <li key={m.id}>
            <a href={`#/maintenance/${encodeURIComponent(m.id)}`}>{m.name}</a>{" "}
            <MaintenancePill window={m} />
            <p class="muted">
              {spanOf(m)} · {nearWords(m)} · {m.components.map((c) => c.name).join(", ")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
