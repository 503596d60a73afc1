// Calls that wait for a while: said wherever somebody might believe that a person is being called.
import { useState } from "preact/hooks";
import { act, remove } from "./api";
import { FormDialog } from "./form_dialog";
import type { OnCallFacts } from "./model";
import { actorName } from "./names";
import { useReading, wrongWords } from "./resource";
import { may } from "./session";
import { say, serverNow } from "./store";
import { dueWords } from "./words";
import { fieldOf, timeOf, zoneName } from "./zone";

// A mute ends without a new position of the journal.
const everyMs = 30_000;

const choices: [string, string][] = [
  ["1800", "30 minutes"],
  ["3600", "1 hour"],
  ["14400", "4 hours"],
  ["43200", "12 hours"],
  ["", "until a time"],
];

const until = (iso: string): string => dueWords(iso, serverNow.value);

// Nobody is called now, and until when.
export function MutedNote({ muted, again }: { muted: OnCallFacts["muted"]; again: () => void }) {
  if (!muted) return null;
  const unmute = (): void => {
    remove("/on_call/mute").then(
      () => {
        say("Calls come again.");
        again();
      },
      (e: unknown) => say(wrongWords(e)),
    );
  };
  return (
    <section class="card muted-calls" aria-label="Calls are muted">
      <p>
        <strong>Calls are muted until {until(muted.until)}: nobody is called.</strong>
      </p>
      <p>
        {actorName(muted.actor)} muted them at {until(muted.since)}. When it ends, Candor
        calls about whatever nobody has answered for.
      </p>
      {may("respond") && (
        <div class="buttons">
          <button onClick={unmute}>Unmute now</button>
          <Mute again={again} running={muted.until} />
        </div>
      )}
    </section>
  );
}

// The same on the first screen.
export function MutedNow() {
  const { value, again } = useReading<OnCallFacts>("/on_call", everyMs);
  return <MutedNote muted={value?.muted ?? null} again={again} />;
}

function secondsOf(form: FormData): number {
  const chosen = String(form.get("for_s"));
  if (chosen !== "") return Number(chosen);
  const end = timeOf(String(form.get("until") ?? ""));
  const seconds = end ? Math.ceil((end.getTime() - serverNow.value.getTime()) / 1000) : 0;
  if (seconds < 60) throw new Error("That time is over already, or less than a minute away.");
  if (seconds > 7 * 86_400) throw new Error("Calls can be muted for seven days at most.");
  return seconds;
}

interface MuteProps {
  again: () => void;
  running?: string; // until when they are muted already
}

export function Mute({ again, running }: MuteProps) {
  const [chosen, setChosen] = useState(running ? "" : "3600");
  const guess = running ?? new Date(serverNow.value.getTime() + 2 * 3_600_000);
  const send = async (form: FormData): Promise<() => void> => {
    await act("/on_call/mute", { for_s: secondsOf(form) });
    return () => {
      say("Calls are muted.");
      again();
    };
  };
  return (
    <FormDialog
      name="mute-title"
      open={running ? "Change how long…" : "Mute calls…"}
      title={running ? "Until when calls are muted" : "Mute calls for a while"}
      hint={
        running
          ? "Counted from now. Calls stay muted all the while."
          : "Nobody is called meanwhile. The page, its incidents and the channels' news go on as " +
            "ever, and calls that nobody answered come when it ends."
      }
      submit={running ? "Mute until then" : "Mute calls"}
      send={send}
    >
      <label for="mute-for">For how long</label>
      <select
        id="mute-for"
        name="for_s"
        value={chosen}
        onChange={(e) => setChosen(e.currentTarget.value)}
      >
        {choices.map(([seconds, words]) => (
          <option key={seconds} value={seconds}>
            {words}
          </option>
        ))}
      </select>
      {chosen === "" && (
        <>
          <label for="mute-until">Until ({zoneName})</label>
          <input
            id="mute-until"
            name="until"
            type="datetime-local"
            required
            defaultValue={fieldOf(new Date(guess))}
          />
        </>
      )}
    </FormDialog>
  );
}
