// A button, and the dialog it opens: a form that is sent to the server and closes when that worked.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

interface Props {
  name: string; // of the title's element: unique on a screen
  open: string; // on the button that opens it
  title: string;
  hint?: ComponentChildren;
  submit: string; // on the button that sends it
  sending?: string;
  ready?: boolean;
  // Sends it, and answers with what to do once the dialog is closed. An error it throws is shown,
  // and the dialog stays open.
  send: (form: FormData) => Promise<() => void>;
  children: ComponentChildren;
}

export function FormDialog({ name, open, title, hint, submit, sending, ready, send, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const submitted = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setWrong("");
    try {
      const sent = await send(form);
      dialog.current?.close();
      sent();
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  return (
    <>
      <button onClick={() => dialog.current?.showModal()}>{open}</button>
      <dialog ref={dialog} aria-labelledby={name}>
        <h2 id={name}>{title}</h2>
        {hint && <p class="muted">{hint}</p>}
        <form onSubmit={(e) => void submitted(e)}>
          {children}
          {wrong && (
            <p class="wrong" role="alert">
              {wrong}
            </p>
          )}
          <div class="buttons">
            <button class="primary" disabled={busy || ready === false}>
              {busy && sending ? sending : submit}
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
