// The door: a mail address and a password, or a token; and the first admin's way in.
import { useState } from "preact/hooks";
import { setUp, setupKey, signIn, useToken, wantsCode } from "./session";
import { problem } from "./store";

type Way = "password" | "token" | "setup";

function PasswordFields({ code }: { code: boolean }) {
  return (
    <>
      <label for="mail">Mail address</label>
      <input id="mail" name="mail" type="email" autocomplete="username" required autofocus />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        required
      />
      {code && (
        <>
          <label for="code">Six-digit code from your authenticator</label>
          <input
            id="code"
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9 ]*"
            autofocus
          />
        </>
      )}
    </>
  );
}

function TokenFields() {
  return (
    <>
      <label for="token">Token</label>
      <input id="token" name="token" type="password" autocomplete="off" required autofocus />
      <p class="hint">
        The local operator token stands in <code>operator.token</code> in the storage folder of this
        server. It stays in this tab only.
      </p>
    </>
  );
}

function SetupFields() {
  return (
    <>
      <p class="hint">Nobody has an account here yet. You become the first admin.</p>
      <label for="name">Your name</label>
      <input id="name" name="name" autocomplete="name" required autofocus />
      <label for="mail">Mail address</label>
      <input id="mail" name="mail" type="email" autocomplete="username" required />
      <label for="password">Password, 8 characters or more</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        minLength={8}
        required
      />
    </>
  );
}

export function SignIn() {
  const [way, setWay] = useState<Way>(setupKey.value ? "setup" : "password");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? "");
    setBusy(true);
    setWrong("");
    try {
      if (way === "token") await useToken(field("token").trim());
      else if (way === "setup") await setUp(field("name"), field("mail"), field("password"));
      else await signIn(field("mail"), field("password"), field("code"));
    } catch (e) {
      if (wantsCode(e)) setCode(true);
      setWrong(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };

  return (
    <main class="door">
      <h1>Candor console</h1>
      {problem.value && !wrong && !problem.value.includes("credentials") && (
        <p class="wrong">{problem.value}</p>
      )}
      <form class="card" onSubmit={(e) => void submit(e as unknown as SubmitEvent)}>
        {way === "token" && <TokenFields />}
        {way === "setup" && <SetupFields />}
        {way === "password" && <PasswordFields code={code} />}
        {wrong && (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        )}
        <div class="buttons">
          <button class="primary" disabled={busy}>
            {busy ? "One moment…" : way === "setup" ? "Make my account" : "Sign in"}
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => {
              setWrong("");
              setWay(way === "password" ? "token" : "password");
            }}
          >
            {way === "password" ? "Use a token" : "Use mail address and password"}
          </button>
        </div>
      </form>
    </main>
  );
}
