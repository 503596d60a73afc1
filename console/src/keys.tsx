// Keyboard first: one letter goes where one wants to be; "?" tells the letters.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { go, now } from "./store";

interface Key {
  letter: string;
  words: string;
  run: () => void;
}

// Keys of the screen that is open; a screen sets them while it is shown.
export const screenKeys = signal<Key[]>([]);
const helpOpen = signal(false);

function firstTrouble(): void {
  const open = now.value?.incidents ?? [];
  const owed = open.find((i) => !i.explained) ?? open[0];
  if (owed) go(`incidents/${owed.id}`);
}

const everywhere: Key[] = [
  { letter: "n", words: "What is going on now", run: () => go("now") },
  { letter: "i", words: "The incident that waits for words", run: firstTrouble },
  { letter: "l", words: "All incidents", run: () => go("incidents") },
  { letter: "c", words: "Components and checks", run: () => go("components") },
  { letter: "d", words: "Who was told", run: () => go("deliveries") },
  { letter: "m", words: "Maintenance", run: () => go("maintenance") },
  { letter: "o", words: "Who is on call", run: () => go("on-call") },
  { letter: "s", words: "Subscribers", run: () => go("subscribers") },
  { letter: "u", words: "People, tokens and your account", run: () => go("people") },
  { letter: "?", words: "These keys", run: () => (helpOpen.value = !helpOpen.value) },
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;

export function useKeys(keys: Key[]): void {
  useEffect(() => {
    screenKeys.value = keys;
    return () => {
      screenKeys.value = [];
    };
  });
}

export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const key = [...screenKeys.value, ...everywhere].find((k) => k.letter === event.key);
      if (!key) return;
      event.preventDefault();
      key.run();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  useEffect(() => {
    const d = dialog.current;
    if (helpOpen.value && d && !d.open) d.showModal();
    if (!helpOpen.value && d?.open) d.close();
  }, [helpOpen.value]);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={() => (helpOpen.value = false)}>
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {[...screenKeys.value, ...everywhere].map((k) => (
          <div key={k.letter}>
            <dt>
              <kbd>{k.letter}</kbd>
            </dt>
            <dd>{k.words}</dd>
          </div>
        ))}
      </dl>
      <button class="plain" onClick={() => (helpOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
