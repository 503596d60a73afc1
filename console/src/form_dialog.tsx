// A button, and the dialog it opens: a form that is sent to the server and closes when that worked.
// What was written outlives a dialog that was closed by mistake, and not one that was sent.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  name: string; // of the title's element: unique on a screen
  open: string; // on the button that opens it
  label?: string; // of that button for who cannot see what stands beside it
  title: string;
  hint?: ComponentChildren;
  submit: string; // on the button that sends it
  sending?: string;
  ready?: boolean;
  opening?: () => void; // for what has to be read first
  // Sends it, and answers with what to do once the dialog is closed. An error it throws is shown,
  // and the dialog stays open.
  send: (form: FormData) => Promise<() => void>;
  children: ComponentChildren;
}

export function FormDialog(props: Props) {
  const { name, open, label, title, hint, submit, sending, ready, opening, send, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [openings, setOpenings] = useState(0);
  const [sendings, setSendings] = useState(0);
  // The fields are there before it opens, so that the first of them has the focus.
  useLayoutEffect(() => {
    if (openings > 0) dialog.current?.showModal();
  }, [openings]);
  const submitted = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setWrong("");
    try {
      const sent = await send(form);
      dialog.current?.close();
      setSendings(sendings + 1);
      sent();
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  return (
    <>
      <button
        aria-label={label}
        onClick={() => {
          opening?.();
          setWrong("");
          setOpenings(openings + 1);
        }}
      >
        {open}
      </button>
      <dialog ref={dialog} aria-labelledby={name}>
        {openings > 0 && (
          <>
            <h2 id={name}>{title}</h2>
            {hint && <p class="muted">{hint}</p>}
            <form key={sendings} onSubmit={(e) => void submitted(e)}>
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
          </>
        )}
      </dialog>
    </>
  );
}
