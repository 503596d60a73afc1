// What the public page does beyond showing itself: times in the reader's zone, fresh content
// without flicker, and saying so when it is no longer being fed. Works on the same HTML that
// readers without script get; adds no content of its own except the staleness notice.
(function () {
  "use strict";
  var BURST_MS = 1000; // readers told at once spread over this long
  var main = document.getElementById("main");
  var REFRESH_MS = 1000 * main.dataset.refresh; // not a number on a page of the past
  var STALE_MS = 3 * REFRESH_MS;
  var asOf = main.dataset.asOf ? Date.parse(main.dataset.asOf) : 0;
  var skew = 0; // server's clock minus ours
  var known = {}; // id -> HTML as the server sent it, before times were localised
  var busy = false;
  var again = false;

  var minute = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  var clock = Object.assign({ second: "2-digit" }, minute);
  var day = { day: "numeric", month: "long", year: "numeric" };
  function format(date, options) {
    return new Intl.DateTimeFormat("en-GB", options).format(date);
  }
  // Without its date on the day of `from`, which is today for all but the end of a span.
  function words(kind, date, from) {
    if (kind === "d") return format(date, day);
    var today = format(date, day) === format(new Date(from || asOf || Date.now()), day);
    var withDate = kind === "f" || kind === "k" || !today;
    var time = format(date, kind === "m" || kind === "k" ? minute : clock);
    return (withDate ? format(date, day) + ", " : "") + time;
  }
  function localise(root) {
    root.querySelectorAll("time[data-t]").forEach(function (element) {
      var date = new Date(element.dateTime);
      element.title = element.textContent;
      element.textContent = words(element.dataset.t, date, element.dataset.from);
    });
  }

  function parts(root) {
    return Array.prototype.filter.call(root.children, function (child) { return child.id; });
  }
  function remember(root) {
    parts(root).forEach(function (part) { known[part.id] = part.outerHTML; });
  }

  // Replaces `old` by `fresh`, keeping what the reader opened and where the keyboard is.
  function replace(old, fresh) {
    var html = fresh.outerHTML;
    if (known[fresh.id] === html) return;
    old.querySelectorAll("details[id]").forEach(function (details) {
      var twin = fresh.querySelector("#" + CSS.escape(details.id));
      if (twin) twin.open = details.open;
    });
    var active = document.activeElement;
    var path = old.contains(active) ? locate(old, active) : null;
    known[fresh.id] = html;
    localise(fresh);
    old.replaceWith(fresh);
    if (path) {
      var target = follow(fresh, path);
      if (target) target.focus({ preventScroll: true });
    }
  }
  // The focused element as "the nth link or summary under the nearest id".
  function locate(root, element) {
    var holder = element.closest("[id]");
    var inside = holder && root.contains(holder) ? holder : root;
    var all = Array.prototype.slice.call(inside.querySelectorAll("a,summary"));
    return { id: inside.id, index: all.indexOf(element) };
  }
  function follow(root, path) {
    var holder = root.id === path.id ? root : root.querySelector("#" + CSS.escape(path.id));
    if (!holder) return null;
    return path.index < 0 ? holder : holder.querySelectorAll("a,summary")[path.index];
  }

  function merge(root, freshRoot) {
    var wanted = {};
    var before = null;
    parts(freshRoot).forEach(function (fresh) {
      wanted[fresh.id] = true;
      var old = document.getElementById(fresh.id);
      if (old && old.parentNode === root) {
        replace(old, fresh);
      } else {
        known[fresh.id] = fresh.outerHTML;
        localise(fresh);
        if (before) before.after(fresh); else root.insertBefore(fresh, parts(root)[0] || null);
      }
      before = document.getElementById(fresh.id);
    });
    parts(root).forEach(function (part) {
      if (!wanted[part.id] && part.id !== "staleness") {
        delete known[part.id];
        part.remove();
      }
    });
  }

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var freshMain = fresh.getElementById("main");
    if (!freshMain || !freshMain.dataset.asOf) return;
    var freshAsOf = Date.parse(freshMain.dataset.asOf);
    if (freshAsOf < asOf) return; // an older copy from a cache
    asOf = freshAsOf;
    main.dataset.asOf = freshMain.dataset.asOf;
    merge(main, freshMain);
    var foot = fresh.getElementById("foot");
    if (foot) replace(document.getElementById("foot"), foot);
    document.title = fresh.title;
    var icon = document.querySelector("link[rel=icon]");
    var freshIcon = fresh.querySelector("link[rel=icon]");
    if (icon && freshIcon && icon.getAttribute("href") !== freshIcon.getAttribute("href")) {
      icon.setAttribute("href", freshIcon.getAttribute("href"));
    }
  }

  function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    fetch(location.href, { cache: "no-cache", credentials: "omit" }).then(function (answer) {
      var date = Date.parse(answer.headers.get("Date") || "");
      if (date) skew = date - Date.now();
      return answer.ok ? answer.text() : "";
    }).then(function (text) { if (text) show(text); }, function () {}).then(function () {
      busy = false;
      judge();
      if (again) { again = false; refresh(); }
    });
  }

  // Says by the reader's own clock, set right by the server's, that this page has stopped.
  function judge() {
    var stale = Date.now() + skew - asOf > STALE_MS;
    var notice = document.getElementById("staleness");
    document.body.classList.toggle("stale", stale);
    if (stale && !notice) {
      notice = document.createElement("p");
      notice.id = "staleness";
      notice.className = "staleness";
      notice.setAttribute("role", "alert");
      main.insertBefore(notice, parts(main)[0] || null);
    }
    if (!stale && notice) notice.remove();
    if (stale) {
      var text = "This page has not been updated since " + words("c", new Date(asOf)) +
        ". What stands below may no longer be true; we keep trying.";
      if (notice.textContent !== text) notice.textContent = text;
    }
  }

  remember(main);
  var foot = document.getElementById("foot");
  if (foot) known.foot = foot.outerHTML;
  localise(document);
  if (!asOf) return; // a page of the past
  var wait = 0;
  function soon() {
    clearTimeout(wait);
    wait = setTimeout(refresh, Math.random() * BURST_MS);
  }
  setInterval(function () { if (!document.hidden) refresh(); }, REFRESH_MS);
  setInterval(judge, 1000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) refresh(); });
  addEventListener("online", refresh);
  if (Date.now() - asOf > STALE_MS || Date.now() < asOf) refresh(); // perhaps only our clock is off
  if (window.EventSource) {
    var events = new EventSource("/events");
    events.onmessage = soon;
    events.addEventListener("position", soon);
  }
})();
