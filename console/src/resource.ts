// A reading that a screen keeps fresh: again at every new position, never blank in between.
import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import { moves } from "./store";

export interface Reading<T> {
  value: T | null;
  wrong: string;
  again: () => void;
}

export const wrongWords = (e: unknown): string => (e instanceof Error ? e.message : String(e));

// Raised every `everyMs` while somebody looks: for what changes without a new position.
export function useTick(everyMs: number): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (everyMs === 0) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setCount((n) => n + 1);
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return count;
}

export function useReading<T>(path: string, everyMs = 0): Reading<T> {
  const [value, setValue] = useState<T | null>(null);
  const [wrong, setWrong] = useState("");
  const [count, setCount] = useState(0);
  const tick = useTick(everyMs);
  const position = moves.value;
  useEffect(() => {
    let current = true;
    read<T>(path).then(
      (v) => {
        if (!current) return;
        setValue(v);
        setWrong("");
      },
      (e: unknown) => {
        if (current) setWrong(wrongWords(e));
      },
    );
    return () => {
      current = false;
    };
  }, [path, position, count, tick]);
  return { value, wrong, again: () => setCount(count + 1) };
}
