// Readers who asked for mails: how many, who, of what; an admin may find one and remove them.
import { useState } from "preact/hooks";
import { remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { IncidentFacts, Subscriber } from "./model";
import { usePages, type Page, type Pages } from "./pages";
import { may } from "./session";
import { now, say, serverNow } from "./store";
import { plural, timeWords } from "./words";

interface SubscriberPage extends Page<Subscriber> {
  total: number;
  disabled: number;
}

// The list follows the journal a moment later.
const everyMs = 5000;

const impactWords: Record<IncidentFacts["impact"], string> = {
  none: "all trouble",
  minor: "minor and worse trouble",
  major: "major and critical trouble",
  critical: "critical trouble",
};

function choiceWords(s: Subscriber): string {
  const names = s.components.map(
    (id) => now.value?.components.find((c) => c.id === id)?.name ?? id,
  );
  const what = impactWords[s.min_impact];
  return names.length === 0 ? what : `${what} with ${names.join(", ")}`;
}

function stateWords(s: Subscriber): string {
  if (s.disabled) return "gets no more: their server refused three mails in a row";
  if (s.failures > 0) return `${plural(s.failures, "mail was", "mails were")} refused lately`;
  return "";
}

function Remove({ subscriber, done }: { subscriber: Subscriber; done: () => void }) {
  const send = async (): Promise<() => void> => {
    await remove(`/subscribers/${encodeURIComponent(subscriber.id)}`);
    return () => {
      say("Removed. The address is erased.");
      done();
    };
  };
  return (
    <FormDialog
      name={`remove-${subscriber.id}`}
      open="Remove…"
      title={`Remove ${subscriber.address}`}
      hint="They get no more mails, and the address is erased from this machine. To come back they have to ask and confirm anew."
      submit="Remove them"
      send={send}
    >
      {null}
    </FormDialog>
  );
}

function Line({ subscriber: s, done }: { subscriber: Subscriber; done: () => void }) {
  const state = stateWords(s);
  return (
    <li class="subscriber">
      <div>
        <p class="address">{s.address}</p>
        <p class="muted">
          {choiceWords(s)}
          {s.confirmed && ` · since ${timeWords(s.confirmed, serverNow.value)}`}
        </p>
        {state && <p class={s.disabled ? "late" : "soon"}>{state}</p>}
      </div>
      {may("admin") && <Remove subscriber={s} done={done} />}
    </li>
  );
}

function Find({ change }: { change: (mail: string) => void }) {
  return (
    <form
      class="search"
      onSubmit={(e) => {
        e.preventDefault();
        change(String(new FormData(e.currentTarget).get("mail") ?? "").trim());
      }}
    >
      <label for="find-mail">Find one by the whole address</label>
      <div class="buttons">
        <input id="find-mail" name="mail" type="search" autocomplete="off" />
        <button>Find</button>
      </div>
    </form>
  );
}

function Wrong({ pages }: { pages: Pages<Subscriber, SubscriberPage> }) {
  if (!pages.wrong) return null;
  // Nothing is broken: this page just has no form.
  if (pages.status === 404) {
    return (
      <p class="card">
        Readers cannot ask for mails yet: the configuration has no <code>subscribers</code> section.
      </p>
    );
  }
  return (
    <p class="card wrong" role="alert">
      {pages.wrong}
    </p>
  );
}

export function Subscribers() {
  const [mail, setMail] = useState("");
  const query = mail ? `mail=${encodeURIComponent(mail)}` : "limit=50";
  const pages = usePages<Subscriber, SubscriberPage>(`/subscribers?${query}`, everyMs);
  const { head, items } = pages;
  return (
    <>
      <h1>Subscribers</h1>
      {head && (
        <p class="meta lead">
          {plural(head.total, "reader gets", "readers get")} mails about trouble
          {head.disabled > 0 && (
            <>
              {" · "}
              <span class="soon">{head.disabled} of them no more, until they confirm anew</span>
            </>
          )}
        </p>
      )}
      {head && !may("admin") && <p class="muted lead">Whole addresses are for admins.</p>}
      {may("admin") && (head || mail) && <Find change={setMail} />}
      <Wrong pages={pages} />
      {items.length > 0 && (
        <section class="card" aria-label="Who gets mails">
          <ul class="rows">
            {items.map((s) => (
              <Line key={s.id} subscriber={s} done={pages.again} />
            ))}
          </ul>
        </section>
      )}
      {head && items.length === 0 && (
        <p class="card">
          {mail
            ? "Nobody with this address gets mails."
            : "Nobody yet. Readers ask for mails on the public page, under Get updates."}
        </p>
      )}
      {!mail && pages.more && (
        <button class="more" disabled={pages.reading} onClick={() => void pages.more?.()}>
          More of them
        </button>
      )}
    </>
  );
}
