// One check: what it believes, why, and what it saw most recently.
import type { CheckDetail, Observation } from "./model";
import { useReading } from "./resource";
import { serverNow } from "./store";
import { durationWords, millisecondsWords, timeWords, verdictWord, wordsFor } from "./words";

const width = 640;
const height = 96;

// Time taken by each observation, oldest at the left; failures stand as bars of full height.
function Plot({ observations }: { observations: Observation[] }) {
  const shown = [...observations].reverse().filter((o) => o.result !== "log");
  const most = Math.max(1, ...shown.map((o) => o.total_us));
  if (shown.length < 2) return null;
  const step = width / shown.length;
  const failed = shown.filter((o) => o.result !== "pass").length;
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${shown.length} results, ${failed} of them not good; slowest ${millisecondsWords(most)}`}
        class="plot"
      >
        {shown.map((o, i) => {
          const bad = o.result !== "pass";
          const h = bad ? height : Math.max(2, (o.total_us / most) * (height - 4));
          return (
            <rect
              key={o.number}
              x={i * step}
              y={height - h}
              width={Math.max(1, step - 1)}
              height={h}
              class={o.blind ? "blind" : bad ? "bad" : "good"}
            />
          );
        })}
      </svg>
      <figcaption class="muted">
        The newest {shown.length} results, newest at the right; height is the time taken, at most{" "}
        {millisecondsWords(most)}.
      </figcaption>
    </figure>
  );
}

export function CheckScreen({ id }: { id: string }) {
  const { value: check, wrong } = useReading<CheckDetail>(`/checks/${encodeURIComponent(id)}`);
  if (!check) {
    return wrong ? (
      <p class="card wrong" role="alert">
        {wrong} <a href="#/components">All checks</a>
      </p>
    ) : (
      <p class="loading">Reading the check…</p>
    );
  }
  const [failK, failN] = check.fail_after;
  const [passK, passN] = check.pass_after;
  return (
    <>
      <h1>
        {check.id} <span class={`verdict ${check.verdict}`}>{verdictWord(check.verdict)}</span>
      </h1>
      <section class="card" aria-labelledby="why-title">
        <h2 id="why-title">Why is it in this state?</h2>
        <p>{check.why}</p>
        <p class="muted">
          {check.kind} check of {check.component_name}, every {durationWords(check.every_ms)}. It fails
          after {failK} bad of {failN}, passes after {passK} good of {passN}, and shows{" "}
          {wordsFor(check.severity).toLowerCase()} while it fails.
        </p>
        <Plot observations={check.observations} />
      </section>
      <section class="card" aria-labelledby="seen-title">
        <h2 id="seen-title">What it saw</h2>
        {check.observations.length === 0 && <p>Nothing yet.</p>}
        <div class="scroll" tabIndex={0} role="group" aria-label="Newest results, scrolls sideways">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Result</th>
                <th scope="col">Took</th>
                <th scope="col">Detail</th>
              </tr>
            </thead>
            <tbody>
              {check.observations.map((o) => (
                <tr key={o.number}>
                  <td>{timeWords(o.at, serverNow.value)}</td>
                  <td class={`result ${o.result}`}>{o.blind ? "blind" : o.result}</td>
                  <td>{o.total_us > 0 ? millisecondsWords(o.total_us) : ""}</td>
                  <td>{o.detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}
