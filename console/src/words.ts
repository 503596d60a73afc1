// Words, classes and times: the same for every screen. Colour is only ever an accent beside a word.
import type { Check, Phase, Status } from "./model";

const statusWords: Record<Status, string> = {
  operational: "Operational",
  under_maintenance: "Maintenance",
  unknown: "Not measured",
  degraded_performance: "Degraded",
  partial_outage: "Partial outage",
  major_outage: "Major outage",
};
export const wordsFor = (status: Status): string => statusWords[status];

const statusClass: Record<Status, string> = {
  operational: "op",
  under_maintenance: "mt",
  unknown: "un",
  degraded_performance: "dg",
  partial_outage: "pa",
  major_outage: "ma",
};
export const classFor = (status: Status): string => statusClass[status];

const phaseWords: Record<Phase, string> = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
  postmortem: "Postmortem",
};
export const phaseWord = (phase: Phase): string => phaseWords[phase];

const verdictWords: Record<Check["verdict"], string> = {
  none: "no result yet",
  pass: "passes",
  suspect: "suspect",
  fail: "fails",
  no_data: "silent",
  blind: "cannot be judged",
};
export const verdictWord = (verdict: Check["verdict"]): string => verdictWords[verdict];

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const shortClock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

// "21:00:04", with the date when it is not today.
export function timeWords(iso: string, now: Date): string {
  const t = new Date(iso);
  return sameDay(t, now) ? clock.format(t) : `${day.format(t)}, ${clock.format(t)}`;
}

// "21:30", with the date when it is not today.
export function dueWords(iso: string, now: Date): string {
  const t = new Date(iso);
  return sameDay(t, now) ? shortClock.format(t) : `${day.format(t)}, ${shortClock.format(t)}`;
}

// "4 Apr 2026".
export const dayWords = (iso: string): string => day.format(new Date(iso));

// "00:07:52", "3 d 04:12:09": how long, for a figure that counts.
export function durationFigure(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const days = Math.floor(s / 86400);
  const rest = `${two(Math.floor(s / 3600) % 24)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return days > 0 ? `${days} d ${rest}` : rest;
}

// "7 min", "2 h 5 min", "3 d": how long, in a sentence.
export function durationWords(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60000);
  if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

export const millisecondsWords = (us: number): string =>
  us < 10_000 ? `${(us / 1000).toFixed(1)} ms` : `${Math.round(us / 1000)} ms`;

export const plural = (n: number, one: string, many: string): string =>
  `${n} ${n === 1 ? one : many}`;
