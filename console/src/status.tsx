// A status in words with its colour beside it.
import type { Status } from "./model";
import { classFor, wordsFor } from "./words";

export function Pill({ status }: { status: Status }) {
  return <span class={`pill ${classFor(status)}`}>{wordsFor(status)}</span>;
}

export function StatusWord({ status }: { status: Status }) {
  return <span class={`s ${classFor(status)}`}>{wordsFor(status)}</span>;
}
