// The door: a name and a password, or a token.
import { useState } from "preact/hooks";
import { hasSessions, signIn, useToken } from "./session";
import { problem } from "./store";

export function SignIn() {
  const [byToken, setByToken] = useState(!hasSessions.value);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [wantsCode, setWantsCode] = useState(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? "");
    setBusy(true);
    setWrong("");
    try {
      if (byToken) await useToken(field("token").trim());
      else await signIn(field("name"), field("password"), field("code"));
    } catch (e) {
      const words = e instanceof Error ? e.message : String(e);
      if (/code/i.test(words)) setWantsCode(true);
      setWrong(words);
    }
    setBusy(false);
  };

  return (
    <main class="door">
      <h1>Candor console</h1>
      {problem.value && !wrong && !problem.value.includes("token") && (
        <p class="wrong">{problem.value}</p>
      )}
      <form class="card" onSubmit={(e) => void submit(e as unknown as SubmitEvent)}>
        {byToken ? (
          <>
            <label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="off" required autofocus />
            <p class="hint">
              The local operator token stands in <code>operator.token</code> in the storage folder of
              this server. It stays in this tab only.
            </p>
          </>
        ) : (
          <>
            <label for="name">Name</label>
            <input id="name" name="name" autocomplete="username" required autofocus />
            <label for="password">Password</label>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
            />
            {wantsCode && (
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
        )}
        {wrong && (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        )}
        <div class="buttons">
          <button class="primary" disabled={busy}>
            {busy ? "One moment…" : "Sign in"}
          </button>
          {hasSessions.value && (
            <button type="button" class="plain" onClick={() => setByToken(!byToken)}>
              {byToken ? "Use name and password" : "Use a token"}
            </button>
          )}
        </div>
      </form>
    </main>
  );
}
