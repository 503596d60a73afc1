// What stands around every screen: where one can go, whether the console hears the server, news.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { me, signOut } from "./session";
import { now, notice, place, problem, serverNow, stream } from "./store";
import { timeWords } from "./words";

const links: [string, string][] = [
  ["now", "Now"],
  ["incidents", "Incidents"],
  ["components", "Components"],
  ["maintenance", "Maintenance"],
  ["on-call", "On call"],
  ["deliveries", "Deliveries"],
  ["subscribers", "Subscribers"],
  ["people", "People"],
  ["audit", "Audit"],
];

function Hearing() {
  const state = now.value;
  const lost = stream.value === "lost" || problem.value !== "";
  if (!state) return null;
  return (
    <span class={lost ? "hearing lost" : "hearing"} role="status">
      {lost
        ? `Not connected; last heard ${timeWords(state.as_of, serverNow.value)}`
        : "Live"}
    </span>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const here = place.value[0] ?? "now";
  const screens = useRef<HTMLElement>(null);
  // On a phone the row of screens is wider than the display.
  useEffect(() => {
    const open = screens.current?.querySelector("[aria-current]");
    open?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => {
        e.preventDefault();
        document.getElementById("main")?.focus();
      }}>
        Skip to the content
      </a>
      <header class="top">
        <a class="name" href="#/now">
          {now.value?.page.name ?? "Candor"} <span class="muted">console</span>
        </a>
        <nav aria-label="Screens" ref={screens}>
          {links.map(([path, words]) => (
            <a
              key={path}
              href={`#/${path}`}
              aria-current={here === path || (here === "checks" && path === "components") ? "page" : undefined}
            >
              {words}
            </a>
          ))}
        </nav>
        <div class="who">
          <Hearing />
          {me.value && (
            <a class="muted" href="#/people">
              {me.value.name}
            </a>
          )}
          <button class="plain" onClick={() => void signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {problem.value && (
          <p class="card wrong" role="alert">
            {problem.value}
          </p>
        )}
        {now.value && !now.value.page.live && (
          <p class="card note">
            This page runs in shadow: everything is decided and shown here, and nothing to the public.
          </p>
        )}
        {now.value?.store_failed && (
          <p class="card wrong" role="alert">
            The journal's disk is full: Candor cannot write down what it sees. Free disk space.
          </p>
        )}
        {children}
      </main>
      <div class="notice" role="status" aria-live="polite">
        {notice.value}
      </div>
    </>
  );
}
