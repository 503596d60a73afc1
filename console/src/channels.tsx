// Channels that get nothing more after repeated failure: why, and the button that lets them again.
import type { Channel } from "./model";
import { act } from "./api";
import { useReading, wrongWords } from "./resource";
import { may } from "./session";
import { say, serverNow } from "./store";
import { plural, timeWords } from "./words";

// A channel is switched off without a new position of the journal.
const everyMs = 5000;

interface Off extends Channel {
  switched_off: { since: string; reason: string };
}

const isOff = (channel: Channel): channel is Off => channel.switched_off !== null;

function OffChannel({ channel, again }: { channel: Off; again: () => void }) {
  const { since, reason } = channel.switched_off;
  const switchOn = (): void => {
    act(`/channels/${encodeURIComponent(channel.id)}/switch_on`, {}).then(
      () => {
        say(`${channel.id} gets messages again.`);
        again();
      },
      (e: unknown) => say(wrongWords(e)),
    );
  };
  return (
    <li class="channel-off">
      <p>
        <strong>{channel.id}</strong> ({channel.kind}) gets nothing more since{" "}
        {timeWords(since, serverNow.value)}
      </p>
      <p class="muted">
        {plural(channel.given_up_in_a_row, "message was", "messages were")} given up in a row; the
        last answer: {reason}
      </p>
      {may("respond") && (
        <div class="buttons">
          <button aria-label={`Switch ${channel.id} on again`} onClick={switchOn}>
            Switch on again
          </button>
        </div>
      )}
    </li>
  );
}

export function ChannelsOff() {
  const { value, again } = useReading<{ items: Channel[] }>("/channels", everyMs);
  const off = value?.items.filter(isOff) ?? [];
  if (off.length === 0) return null;
  return (
    <section class="card channels-off" aria-labelledby="channels-off">
      <h2 id="channels-off">{plural(off.length, "channel is", "channels are")} switched off</h2>
      <ul class="rows">
        {off.map((channel) => (
          <OffChannel key={channel.id} channel={channel} again={again} />
        ))}
      </ul>
      <p class="muted below">
        Mend what is wrong first. A channel also comes back when its entry under{" "}
        <code>notify</code> is changed; a restart does not bring it back.
      </p>
    </section>
  );
}
