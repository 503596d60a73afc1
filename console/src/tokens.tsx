// Tokens of programs: made with scopes and an end, shown once, revoked.
import { useState } from "preact/hooks";
import { act, remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { Person, Scope, Token } from "./model";
import { usePages, type Page } from "./pages";
import { say, serverNow } from "./store";
import { dayWords } from "./words";

const scopes: [Scope, string][] = [
  ["read", "read: see everything that the console shows"],
  ["intake", "intake: report outcomes, changes and alerts"],
  ["respond", "respond: declare, post, maintain; includes read"],
  ["admin", "admin: people and tokens; includes respond"],
];

const dayMs = 86_400_000;
const lives: [number, string][] = [
  [30, "30 days"],
  [90, "90 days"],
  [365, "a year"],
  [3649, "ten years"],
];
const soonMs = 14 * dayMs;

type Made = Token & { token: string };

function Once({ made, done }: { made: Made; done: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(made.token);
      setCopied(true);
    } catch {
      say("This browser does not let the console copy. Select the token by hand.");
    }
  };
  return (
    <div class="once" role="status">
      <p>
        <strong>{made.label}</strong>: this token is shown now and never again. Candor keeps only
        its digest.
      </p>
      <code class="secret">{made.token}</code>
      <div class="buttons">
        <button onClick={() => void copy()}>{copied ? "Copied" : "Copy"}</button>
        <button class="plain" onClick={done}>
          I have kept it
        </button>
      </div>
    </div>
  );
}

function Make({ made }: { made: (token: Made) => void }) {
  const send = async (form: FormData): Promise<() => void> => {
    const days = Number(form.get("days"));
    const token = await act<Made>("/tokens", {
      label: form.get("label"),
      scopes: form.getAll("scope"),
      expires: new Date(serverNow.value.getTime() + days * dayMs).toISOString(),
    });
    return () => made(token);
  };
  return (
    <FormDialog
      name="token-title"
      open="Make a token…"
      title="Make a token"
      hint="For a program. It never does more than whoever made it may do."
      submit="Make it"
      send={send}
    >
      <label for="token-label">What it is for</label>
      <input id="token-label" name="label" autocomplete="off" maxLength={120} required />
      <fieldset>
        <legend>What it may do</legend>
        {scopes.map(([scope, words]) => (
          <label class="tick" key={scope}>
            <input type="checkbox" name="scope" value={scope} /> {words}
          </label>
        ))}
      </fieldset>
      <label for="token-days">It ends after</label>
      <select id="token-days" name="days">
        {lives.map(([days, words]) => (
          <option key={days} value={days} selected={days === 90}>
            {words}
          </option>
        ))}
      </select>
    </FormDialog>
  );
}

function Revoke({ token, done }: { token: Token; done: () => void }) {
  const send = async (): Promise<() => void> => {
    await remove(`/tokens/${encodeURIComponent(token.id)}`);
    return () => {
      say(`Revoked: ${token.label}.`);
      done();
    };
  };
  return (
    <FormDialog
      name={`revoke-${token.id}-title`}
      open="Revoke…"
      label={`Revoke ${token.label}…`}
      title={`Revoke ${token.label}?`}
      hint="Whatever uses it is refused from the next call on, and its open streams end."
      submit="Revoke"
      send={send}
    >
      {null}
    </FormDialog>
  );
}

function Ends({ expires }: { expires: string | null }) {
  if (!expires) return <span>never ends</span>;
  const left = new Date(expires).getTime() - serverNow.value.getTime();
  if (left <= 0) return <span class="late">ended {dayWords(expires)}</span>;
  return <span class={left < soonMs ? "soon" : ""}>ends {dayWords(expires)}</span>;
}

function Row({ token, owner, done }: { token: Token; owner: string; done: () => void }) {
  return (
    <li class="person-row">
      <div>
        <strong>{token.label}</strong>{" "}
        {token.scopes.map((scope) => (
          <span class="tag" key={scope}>
            {scope}
          </span>
        ))}
        <p class="muted">
          {owner} · made {token.created ? dayWords(token.created) : "some time ago"} ·{" "}
          <Ends expires={token.expires} />
        </p>
      </div>
      <div class="buttons">
        <Revoke token={token} done={done} />
      </div>
    </li>
  );
}

export function Tokens({ people }: { people: Person[] }) {
  const tokens = usePages<Token, Page<Token>>("/tokens?limit=200");
  const [made, setMade] = useState<Made | null>(null);
  const ownerOf = (token: Token): string =>
    token.owner
      ? `of ${people.find((p) => p.id === token.owner)?.name ?? "a person"}`
      : "of the operator of this machine";
  const sorted = [...tokens.items].sort((a, b) => a.label.localeCompare(b.label));
  return (
    <section class="card" aria-labelledby="tokens-title">
      <h2 id="tokens-title">Tokens</h2>
      {tokens.wrong && (
        <p class="wrong" role="alert">
          {tokens.wrong}
        </p>
      )}
      {made && <Once made={made} done={() => setMade(null)} />}
      {tokens.head && sorted.length === 0 && <p class="muted">No program has a token yet.</p>}
      <ul class="rows">
        {sorted.map((t) => (
          <Row key={t.id} token={t} owner={ownerOf(t)} done={tokens.again} />
        ))}
      </ul>
      <div class="buttons">
        <Make
          made={(token) => {
            setMade(token);
            tokens.again();
          }}
        />
        {tokens.more && <button onClick={() => void tokens.more?.()}>More tokens</button>}
      </div>
    </section>
  );
}
