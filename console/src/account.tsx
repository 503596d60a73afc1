// One's own account: the password, and the second factor on a phone.
import { useState } from "preact/hooks";
import { act } from "./api";
import { FormDialog } from "./form_dialog";
import type { Person, Session } from "./model";
import { NewPassword } from "./password";
import { QrCode } from "./qr_code";
import { adopt } from "./session";
import { say } from "./store";

interface Proposal {
  secret: string;
  uri: string;
}

// The answer to a change of one's own secrets opens a new session: every other one has ended.
async function changeOwn(path: string, body: unknown, words: string): Promise<() => void> {
  const session = await act<Session>(path, body);
  return () => {
    adopt(session);
    say(words);
  };
}

function Present({ id }: { id: string }) {
  return (
    <>
      <label for={id}>Your present password</label>
      <input id={id} name="present" type="password" autocomplete="current-password" required />
    </>
  );
}

function ChangePassword() {
  return (
    <FormDialog
      name="own-password-title"
      open="Change password…"
      title="Change your password"
      hint="Every other session of yours ends."
      submit="Change it"
      send={(form) =>
        changeOwn(
          "/session/password",
          { present: form.get("present"), new: form.get("password") },
          "Your password is changed.",
        )
      }
    >
      <Present id="own-present" />
      <NewPassword id="own-new" label="New password, 8 characters or more" />
    </FormDialog>
  );
}

// In groups of four, as people read it off one screen and type it into another.
const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, "$1 ");

function TurnOn() {
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [wrong, setWrong] = useState("");
  const propose = async (): Promise<void> => {
    setWrong("");
    setProposal(null);
    try {
      setProposal(await act<Proposal>("/session/totp", {}));
    } catch (e) {
      setWrong(e instanceof Error ? e.message : String(e));
    }
  };
  const send = (form: FormData): Promise<() => void> =>
    changeOwn(
      "/session/totp/confirm",
      {
        secret: proposal?.secret,
        code: String(form.get("code")).replace(/\s/g, ""),
        password: form.get("present"),
      },
      "From now on, signing in asks for a code of your phone.",
    );
  return (
    <FormDialog
      name="factor-title"
      open="Turn on a second factor…"
      title="Codes from your phone"
      submit="Turn it on"
      ready={proposal !== null}
      opening={() => void propose()}
      send={send}
    >
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      {proposal && (
        <ol class="steps">
          <li>
            Scan this with your authenticator app, type the secret in, or, on the phone itself,{" "}
            <a href={proposal.uri}>open the app with it</a>.
            <QrCode text={proposal.uri} label="The secret below, to be scanned" />
            <code class="secret">{inFours(proposal.secret)}</code>
          </li>
          <li>Enter the code that the app shows, and your password.</li>
        </ol>
      )}
      <label for="factor-code">Six-digit code</label>
      <input
        id="factor-code"
        name="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]*"
        required
      />
      <Present id="factor-present" />
    </FormDialog>
  );
}

function TurnOff() {
  return (
    <FormDialog
      name="factor-off-title"
      open="Turn the second factor off…"
      title="Turn the second factor off"
      hint="Your password alone will open the console. Every other session of yours ends."
      submit="Turn it off"
      send={(form) =>
        changeOwn(
          "/session/totp/remove",
          { password: form.get("present") },
          "The second factor is off.",
        )
      }
    >
      <Present id="factor-off-present" />
    </FormDialog>
  );
}

export function Account({ person }: { person: Person }) {
  return (
    <section class="card" aria-labelledby="account-title">
      <h2 id="account-title">Your account</h2>
      <p>
        {person.name} <span class="muted">· {person.mail}</span>{" "}
        <span class="tag">{person.role}</span>
      </p>
      <p class="muted">
        {person.second_factor
          ? "Signing in asks for your password and a code from your phone."
          : "Signing in asks for your password only. A second factor keeps out who learns it."}
      </p>
      <div class="buttons">
        <ChangePassword />
        {person.second_factor ? <TurnOff /> : <TurnOn />}
      </div>
    </section>
  );
}
