// The one box to explain: words for everybody, with a preview of exactly what they will see.
import { useEffect, useRef, useState } from "preact/hooks";
import { act, newKey } from "./api";
import type { Incident, Phase, Status } from "./model";
import { say } from "./store";
import { classFor, phaseWord, wordsFor } from "./words";

const openPhases: Phase[] = ["investigating", "identified", "monitoring", "resolved"];

// Beginnings for a tired person; each leaves the facts to be filled in.
const snippets: [string, string][] = [
  ["Looking into it", "We see that … does not work for …. We are looking into it and will write again by …."],
  ["Found the cause", "We found the cause: …. We are … and expect to write again by …."],
  ["Mended", "… works again since …. The cause was …. We are watching it and are sorry for the trouble."],
];

const draftKey = (id: string): string => `candor-draft-${id}`;

interface Answer {
  html: string;
}

export function Explain({ incident, done }: { incident: Incident; done: () => void }) {
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(incident.id)) ?? "");
  const [phase, setPhase] = useState<Phase | "">("");
  const [declared, setDeclared] = useState<Record<string, Status>>({});
  const [preview, setPreview] = useState<string | null>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const box = useRef<HTMLTextAreaElement>(null);
  const isOpen = incident.resolved === null;

  useEffect(() => {
    if (text) sessionStorage.setItem(draftKey(incident.id), text);
    else sessionStorage.removeItem(draftKey(incident.id));
  }, [text, incident.id]);

  const shownPhase = phase || incident.status;

  const show = async (): Promise<void> => {
    setWrong("");
    if (!text.trim()) {
      setWrong("Write what you see, what you know, and what you do not know yet.");
      box.current?.focus();
      return;
    }
    try {
      setPreview((await act<Answer>("/preview", { text })).html);
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
  };

  const publish = async (): Promise<void> => {
    if (preview === null) {
      await show();
      return;
    }
    setBusy(true);
    setWrong("");
    try {
      const body: Record<string, unknown> = { text };
      if (phase) body.status = phase;
      if (Object.keys(declared).length > 0) body.components = declared;
      await act(`/incidents/${encodeURIComponent(incident.id)}/updates`, body, key.current);
      key.current = newKey();
      setText("");
      setPhase("");
      setDeclared({});
      setPreview(null);
      say("Published. Everybody who reads the page sees it now.");
      done();
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };

  return (
    <section class="card" aria-labelledby="explain-title">
      <h2 id="explain-title">
        <label for="explain">{isOpen ? "Explain it to everybody" : "Add words for everybody"}</label>
      </h2>
      <textarea
        id="explain"
        ref={box}
        rows={5}
        maxLength={16000}
        value={text}
        placeholder="What people notice, what you know, what you do not know yet, when you write again."
        onInput={(e) => {
          setText(e.currentTarget.value);
          setPreview(null);
        }}
        onKeyDown={(e) => {
          if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            void publish();
          }
        }}
      />
      {text === "" && (
        <div class="snippets" role="group" aria-label="Beginnings">
          {snippets.map(([name, words]) => (
            <button
              key={name}
              type="button"
              class="chip"
              onClick={() => {
                setText(words);
                box.current?.focus();
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {isOpen && (
        <div class="choices">
          <label>
            Incident is{" "}
            <select value={phase} onChange={(e) => setPhase(e.currentTarget.value as Phase | "")}>
              <option value="">{phaseWord(incident.status)} (as it is)</option>
              {openPhases
                .filter((p) => p !== incident.status)
                .map((p) => (
                  <option key={p} value={p}>
                    {phaseWord(p)}
                  </option>
                ))}
            </select>
          </label>
          {incident.components.map((c) => (
            <label key={c.id}>
              {c.name}{" "}
              <select
                value={declared[c.id] ?? ""}
                onChange={(e) => {
                  const next = { ...declared };
                  if (e.currentTarget.value) next[c.id] = e.currentTarget.value as Status;
                  else delete next[c.id];
                  setDeclared(next);
                }}
              >
                <option value="">{wordsFor(c.status)} (as it is)</option>
                <option value="degraded_performance">declare degraded</option>
                <option value="partial_outage">declare partial outage</option>
                <option value="major_outage">declare major outage</option>
                <option value="operational">withdraw what was declared</option>
              </select>
            </label>
          ))}
        </div>
      )}
      {preview !== null && (
        <div class="preview" aria-live="polite">
          <p class="muted">Exactly this appears on the public page:</p>
          <div class="as-public">
            <p class="meta">
              <strong>{phaseWord(shownPhase)}</strong> · written by a person · now
            </p>
            <div dangerouslySetInnerHTML={{ __html: preview }} />
            {Object.entries(declared).map(([id, status]) => (
              <p key={id} class={`s ${classFor(status)}`}>
                {incident.components.find((c) => c.id === id)?.name ?? id}: {wordsFor(status)}
              </p>
            ))}
          </div>
        </div>
      )}
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <div class="buttons">
        <button class="primary" disabled={busy} onClick={() => void publish()}>
          {busy ? "Publishing…" : preview === null ? "Preview" : "Publish"}
        </button>
        {preview !== null && (
          <button class="plain" onClick={() => setPreview(null)}>
            Go on writing
          </button>
        )}
        <span class="muted hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> {preview === null ? "shows it first" : "publishes"}
        </span>
      </div>
    </section>
  );
}
