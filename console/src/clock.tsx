// What is owed of an incident, counting: the time until a person's words are due, or since.
import type { IncidentFacts } from "./model";
import { serverNow } from "./store";
import { dueWords, durationFigure, durationWords } from "./words";

interface Owed {
  overdue: boolean;
  what: "explanation" | "update";
  due: string;
  leftMs: number;
}

export function owedOf(incident: IncidentFacts): Owed | null {
  if (incident.next_update_due === null) return null;
  const leftMs = new Date(incident.next_update_due).getTime() - serverNow.value.getTime();
  return {
    overdue: leftMs < 0,
    what: incident.explained ? "update" : "explanation",
    due: incident.next_update_due,
    leftMs,
  };
}

export function OwedFigure({ incident }: { incident: IncidentFacts }) {
  const owed = owedOf(incident);
  if (!owed) return null;
  const article = owed.what === "update" ? "an update" : "an explanation";
  const tone = owed.overdue ? "late" : owed.leftMs < 5 * 60_000 ? "soon" : "";
  return (
    <div class={`figure ${tone}`}>
      <strong>{owed.overdue ? `${durationFigure(-owed.leftMs)}` : durationFigure(owed.leftMs)}</strong>
      <span>
        {owed.overdue ? `${owed.what} overdue` : `until ${article} is owed`} ·{" "}
        {dueWords(owed.due, serverNow.value)}
      </span>
    </div>
  );
}

export function OwedWords({ incident }: { incident: IncidentFacts }) {
  const owed = owedOf(incident);
  if (!owed) return null;
  if (owed.overdue) {
    return (
      <span class="late">
        {owed.what} overdue by {durationWords(-owed.leftMs)}
      </span>
    );
  }
  return (
    <span class={owed.leftMs < 5 * 60_000 ? "soon" : "muted"}>
      {owed.what} due in {durationWords(owed.leftMs)}
    </span>
  );
}
