// The shifts to come as a strip of time: whose turn is when, at a glance. The table under it says
// the same with times and channels, so the strip needs one sentence only for who cannot see it.
import type { Rotation } from "./model";
import { serverNow } from "./store";
import { dueWords } from "./words";

const dayMs = 86_400_000;
// A shift that ends in years would leave no room for the others.
const spanMaxMs = 42 * dayMs;
const tones = 4;

const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

interface Piece {
  name: string;
  from: number; // in ms, inside the strip
  to: number;
  overridden: boolean;
}

function pieces(rotation: Rotation, start: number, end: number): Piece[] {
  return rotation.shifts
    .map((s) => ({
      name: s.name,
      from: Math.max(start, new Date(s.from).getTime()),
      to: Math.min(end, new Date(s.to).getTime()),
      overridden: s.overridden,
    }))
    .filter((p) => p.to > p.from);
}

// Midnights of this browser, so few that their dates do not touch each other on a phone.
function marks(start: number, end: number): number[] {
  const days = Math.max(1, Math.ceil((end - start) / dayMs / 4));
  const at = new Date(start);
  at.setHours(24, 0, 0, 0);
  const out: number[] = [];
  while (at.getTime() < end - (end - start) / 8) {
    out.push(at.getTime());
    at.setDate(at.getDate() + days);
  }
  return out;
}

export function ShiftStrip({ rotation }: { rotation: Rotation }) {
  const now = serverNow.value;
  const start = now.getTime();
  const last = rotation.shifts.at(-1);
  if (!last) return null;
  const end = Math.min(new Date(last.to).getTime(), start + spanMaxMs);
  const shown = pieces(rotation, start, end);
  const share = (t: number): number => ((t - start) / (end - start)) * 100;
  const percent = (t: number): string => `${share(t).toFixed(3)}%`;
  const width = (p: Piece): string => `${(share(p.to) - share(p.from)).toFixed(3)}%`;
  const words = shown
    .map((p) => `${p.name} until ${dueWords(new Date(p.to).toISOString(), now)}`)
    .join(", then ");
  return (
    <div class="shift-strip" role="img" aria-label={`Shifts to come: ${words}`}>
      {shown.map((p) => (
        <span
          key={p.from}
          class={`piece tone-${Math.max(0, rotation.people.indexOf(p.name)) % tones}${
            p.overridden ? " instead" : ""
          }`}
          style={{ left: percent(p.from), width: width(p) }}
        >
          {p.name}
        </span>
      ))}
      {marks(start, end).map((t) => (
        <span key={t} class="mark" style={{ left: percent(t) }}>
          {dayAndMonth.format(new Date(t))}
        </span>
      ))}
    </div>
  );
}
