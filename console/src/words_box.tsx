// Words for everybody, with a preview of exactly what they will see: shown first, then sent.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { act } from "./api";

interface Answer {
  html: string;
}

export interface Draft {
  text: string;
  html: string | null; // null: not looked at since the last change
  write: (text: string) => void;
  look: () => Promise<void>; // throws the server's sentence
  clear: () => void;
}

// `key` keeps the text in this tab, so that a wrong key loses nothing.
export function useDraft(key: string): Draft {
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  const [html, setHtml] = useState<string | null>(null);
  const newest = useRef(text);
  const write = (value: string): void => {
    newest.current = value;
    setText(value);
    setHtml(null);
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  };
  const look = async (): Promise<void> => {
    const asked = newest.current;
    const answer = await act<Answer>("/preview", { text: asked });
    if (newest.current === asked) setHtml(answer.html);
  };
  return { text, html, write, look, clear: () => write("") };
}

interface BoxProps {
  id: string;
  draft: Draft;
  rows: number;
  placeholder: string;
  onGo: () => void; // Ctrl+Enter
}

export function WordsBox({ id, draft, rows, placeholder, onGo }: BoxProps) {
  return (
    <textarea
      id={id}
      rows={rows}
      maxLength={16000}
      value={draft.text}
      placeholder={placeholder}
      onInput={(e) => draft.write(e.currentTarget.value)}
      onKeyDown={(e) => {
        if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
        e.preventDefault();
        onGo();
      }}
    />
  );
}

export function AsPublic({ draft, head }: { draft: Draft; head: ComponentChildren }) {
  return (
    <div class="preview" aria-live="polite">
      {draft.html !== null && (
        <>
          <p class="muted">Exactly this appears on the public page:</p>
          <div class="as-public">
            <p class="meta">{head}</p>
            <div dangerouslySetInnerHTML={{ __html: draft.html }} />
          </div>
        </>
      )}
    </div>
  );
}
