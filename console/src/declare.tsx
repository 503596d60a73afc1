// Declare an incident by hand: a person may make the light worse than the signals say.
import { useRef, useState } from "preact/hooks";
import { act, newKey } from "./api";
import type { Component, Status } from "./model";
import { go, say } from "./store";

interface Made {
  id: string;
}

export function DeclareButton({ components }: { components: Component[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const key = useRef(newKey());
  const [chosen, setChosen] = useState<Record<string, Status>>({});
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setWrong("");
    try {
      const made = await act<Made>(
        "/incidents",
        {
          title: form.get("title"),
          text: form.get("text"),
          components: chosen,
          drill: form.get("drill") !== null,
        },
        key.current,
      );
      key.current = newKey();
      dialog.current?.close();
      say("Declared. The public page shows it now.");
      go(`incidents/${made.id}`);
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };

  return (
    <>
      <button onClick={() => dialog.current?.showModal()}>Declare an incident…</button>
      <dialog ref={dialog} aria-labelledby="declare-title">
        <h2 id="declare-title">Declare an incident</h2>
        <p class="muted">
          For trouble that no check sees. The page becomes at least as bad as you say, at once.
        </p>
        <form onSubmit={(e) => void submit(e)}>
          <label for="declare-heading">What is wrong, in one line</label>
          <input id="declare-heading" name="title" maxLength={120} required />
          <label for="declare-words">What people notice, and what you know so far</label>
          <textarea id="declare-words" name="text" rows={4} maxLength={16000} required />
          <fieldset>
            <legend>Which components, and how badly</legend>
            <div class="pick">
              {components.map((c) => (
                <label key={c.id}>
                  <span>{c.name}</span>
                  <select
                    value={chosen[c.id] ?? ""}
                    onChange={(e) => {
                      const next = { ...chosen };
                      if (e.currentTarget.value) next[c.id] = e.currentTarget.value as Status;
                      else delete next[c.id];
                      setChosen(next);
                    }}
                  >
                    <option value="">not touched</option>
                    <option value="degraded_performance">degraded</option>
                    <option value="partial_outage">partial outage</option>
                    <option value="major_outage">major outage</option>
                  </select>
                </label>
              ))}
            </div>
          </fieldset>
          <label class="tick">
            <input type="checkbox" name="drill" /> A drill: shown and labelled, and never counted
          </label>
          {wrong && (
            <p class="wrong" role="alert">
              {wrong}
            </p>
          )}
          <div class="buttons">
            <button class="primary" disabled={busy || Object.keys(chosen).length === 0}>
              {busy ? "Declaring…" : "Declare publicly"}
            </button>
            <button type="button" class="plain" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
