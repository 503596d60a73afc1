// Declare an incident by hand: a person may make the light worse than the signals say.
import { useRef, useState } from "preact/hooks";
import { act, newKey } from "./api";
import { FormDialog } from "./form_dialog";
import type { Component, Status } from "./model";
import { go, say } from "./store";

interface Made {
  id: string;
}

export function DeclareButton({ components }: { components: Component[] }) {
  const key = useRef(newKey());
  const [chosen, setChosen] = useState<Record<string, Status>>({});

  const send = async (form: FormData): Promise<() => void> => {
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
    return () => {
      say("Declared. The public page shows it now.");
      go(`incidents/${made.id}`);
    };
  };

  return (
    <FormDialog
      name="declare-title"
      open="Declare an incident…"
      title="Declare an incident"
      hint="For trouble that no check sees. The page becomes at least as bad as you say, at once."
      submit="Declare publicly"
      sending="Declaring…"
      ready={Object.keys(chosen).length > 0}
      send={send}
    >
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
    </FormDialog>
  );
}
