// A long list that a screen reads a page at a time: its head stays fresh, what was added below it
// is history.
import { useEffect, useState } from "preact/hooks";
import { ApiError, read } from "./api";
import { useTick, wrongWords } from "./resource";
import { moves } from "./store";

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T, P extends Page<T>> {
  items: T[];
  head: P | null; // the newest page, with what else it says
  wrong: string;
  status: number; // of what is wrong; 0: nothing is, or the server cannot be reached
  reading: boolean;
  more: (() => Promise<void>) | null; // null: that was all
  again: () => void;
}

const withCursor = (path: string, cursor: string): string =>
  `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;

export function usePages<T, P extends Page<T>>(path: string, everyMs = 0): Pages<T, P> {
  const [head, setHead] = useState<P | null>(null);
  const [older, setOlder] = useState<Page<T> | null>(null);
  const [wrong, setWrong] = useState("");
  const [status, setStatus] = useState(0);
  const [reading, setReading] = useState(true);
  const [count, setCount] = useState(0);
  const tick = useTick(everyMs);
  const position = moves.value;
  useEffect(() => {
    setHead(null);
    setOlder(null);
    setReading(true);
  }, [path]);
  useEffect(() => {
    // A head that moves would leave a gap before what was added below it.
    if (older) return;
    let current = true;
    read<P>(path)
      .then(
        (page) => {
          if (!current) return;
          setHead(page);
          setWrong("");
        },
        (e: unknown) => {
          if (!current) return;
          setWrong(wrongWords(e));
          setStatus(e instanceof ApiError ? e.status : 0);
        },
      )
      .finally(() => {
        if (current) setReading(false);
      });
    return () => {
      current = false;
    };
  }, [path, position, count, tick, older === null]);
  const next = older ? older.next : (head?.next ?? null);
  const more = async (cursor: string): Promise<void> => {
    setReading(true);
    try {
      const page = await read<Page<T>>(withCursor(path, cursor));
      setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next });
      setWrong("");
    } catch (e) {
      setWrong(wrongWords(e));
    }
    setReading(false);
  };
  return {
    items: [...(head?.items ?? []), ...(older?.items ?? [])],
    head,
    wrong,
    status: wrong ? status : 0,
    reading,
    more: next === null ? null : () => more(next),
    again: () => {
      setOlder(null);
      setCount((n) => n + 1);
    },
  };
}
