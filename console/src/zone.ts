// Times that a person plans with: in the zone of this browser, and always with its name.

export const zoneName = Intl.DateTimeFormat().resolvedOptions().timeZone;

const dayAndTime = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const time = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const named = new Intl.DateTimeFormat(undefined, { hour: "2-digit", timeZoneName: "short" });

// "CEST", "GMT+2": what the clock of this browser is called at that time.
export const zoneAt = (t: Date): string =>
  named.formatToParts(t).find((p) => p.type === "timeZoneName")?.value ?? zoneName;

// "Fri, 1 May 2026, 22:00 – 23:30 CEST"; the second date only where it is another.
export function spanWords(start: string | Date, end: string | Date): string {
  const from = new Date(start);
  const to = new Date(end);
  const until = (from.toDateString() === to.toDateString() ? time : dayAndTime).format(to);
  const zones = zoneAt(from) === zoneAt(to) ? "" : ` ${zoneAt(from)}`;
  return `${dayAndTime.format(from)}${zones} – ${until} ${zoneAt(to)}`;
}

// "2026-05-01T22:00", as a field for a date and a time holds it.
export function fieldOf(t: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())}`;
  return `${day}T${two(t.getHours())}:${two(t.getMinutes())}`;
}

// The field of an end goes along with that of a beginning: moving a window keeps its length.
export function movedAlong(end: string, before: string, after: string): string {
  const [last, from, to] = [timeOf(end), timeOf(before), timeOf(after)];
  if (!last || !from || !to) return end;
  return fieldOf(new Date(last.getTime() + to.getTime() - from.getTime()));
}

// Nothing while the field is half filled in.
export function timeOf(field: string): Date | null {
  const t = new Date(field);
  return field === "" || Number.isNaN(t.getTime()) ? null : t;
}
