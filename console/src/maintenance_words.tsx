// A maintenance window in words: how far it is, when it is, whether its time counts.
import type { MaintenanceFacts } from "./model";
import { serverNow } from "./store";
import { durationWords } from "./words";
import { spanWords } from "./zone";

const phaseWords: Record<MaintenanceFacts["status"], string> = {
  scheduled: "Planned",
  in_progress: "In progress",
  completed: "Over",
  cancelled: "Called off",
};

export const maintenancePhase = (m: MaintenanceFacts): string =>
  m.overrun ? "Ended in trouble" : phaseWords[m.status];

export function MaintenancePill({ window: m }: { window: MaintenanceFacts }) {
  const tone = m.overrun ? "ma" : m.status === "in_progress" ? "mt" : "";
  return <span class={`pill ${tone}`}>{maintenancePhase(m)}</span>;
}

// When it was over rather than when it should have been.
export const spanOf = (m: MaintenanceFacts): string =>
  spanWords(m.start, m.status === "completed" && m.ended ? m.ended : m.end);

// "begins in 2 h", "30 min left".
export function nearWords(m: MaintenanceFacts): string {
  const until = (iso: string): number => new Date(iso).getTime() - serverNow.value.getTime();
  if (m.status === "scheduled") return `begins in ${durationWords(until(m.start))}`;
  if (m.status === "in_progress") return `${durationWords(until(m.end))} left`;
  return "";
}

export function uptimeWords(uptime: MaintenanceFacts["uptime"]): string {
  if (uptime === "left_out") return "left out of the uptime";
  return uptime === "partly" ? "left out of the uptime in part" : "counts in the uptime";
}
