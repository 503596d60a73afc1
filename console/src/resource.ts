// A reading that a screen keeps fresh: again at every new position, never blank in between.
import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import { moves } from "./store";

export interface Reading<T> {
  value: T | null;
  wrong: string;
  again: () => void;
}

export function useReading<T>(path: string): Reading<T> {
  const [value, setValue] = useState<T | null>(null);
  const [wrong, setWrong] = useState("");
  const [count, setCount] = useState(0);
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
        if (current) setWrong(e instanceof Error ? e.message : String(e));
      },
    );
    return () => {
      current = false;
    };
  }, [path, position, count]);
  return { value, wrong, again: () => setCount(count + 1) };
}
