#include "page/layout.h"

#include "page/assets.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

// How often an open page asks for a newer one, with and without script.
constexpr std::int64_t kRefreshSeconds = 30;

std::string status_title(const view::PageFacts& page) {
    return page.name == "Status" ? page.name : page.name + " status";
}

Html head(const view::PageFrame& frame, const Document& document) {
    const std::string title = document.title.empty()
                                  ? status_title(frame.page)
                                  : document.title + " – " + status_title(frame.page);
    Html out;
    out.add("<!doctype html><html lang=en><head><meta charset=utf-8><title>"_html, title,
            "</title><meta name=viewport content=\"width=device-width,initial-scale=1\">"
            "<meta name=color-scheme content=\"light dark\"><meta name=description content=\""_html,
            document.description, "\"><meta property=\"og:title\" content=\""_html, title,
            "\"><meta property=\"og:description\" content=\""_html, document.description,
            "\"><link rel=stylesheet href=\""_html, asset_path(Asset::kStyle),
            "\"><link rel=icon type=\"image/svg+xml\" href=\"/assets/icon-"_html, document.tone,
            ".svg\"><link rel=alternate type=\"application/atom+xml\" href=\"/history.atom\" "
            "title=\"Incidents\"><link rel=alternate type=\"application/rss+xml\" "
            "href=\"/history.rss\" title=\"Incidents\">"_html);
    if (document.refresh == Refresh::kLive) {
        out.add("<noscript><meta http-equiv=refresh content="_html, kRefreshSeconds,
                "></noscript>"_html);
    }
    return std::move(out.add("<script src=\""_html, asset_path(Asset::kScript),
                             "\" defer></script></head>"_html));
}

Html header(const view::PageFrame& frame) {
    Html out;
    out.add(
        "<body><a class=skip href=\"#main\">Skip to status</a><header class=top>"
        "<a class=name href=\"/\">"_html,
        status_title(frame.page),
        "</a><nav aria-label=\"Page\"><a href=\"/history\">History</a>"
        "<a href=\"/history.atom\">Feed</a>"_html);
    if (frame.page.subscribable) out.add("<a href=\"/subscribe\">Get updates</a>"_html);
    if (!frame.page.support_url.empty()) {
        out.add("<a href=\""_html, frame.page.support_url, "\" rel=noopener>Get help</a>"_html);
    }
    return std::move(out.add("</nav></header>"_html));
}

std::string customers_words(std::int64_t n) {
    return n == 1 ? "1 customer" : std::to_string(n) + " customers";
}

// "30 min", or "10 min, 20 min or 1 h by how bad it is".
std::string promise_words(const PerImpact& p) {
    if (p == PerImpact::all(p.critical)) return format_duration_words(p.critical);
    return format_duration_words(p.critical) + ", " + format_duration_words(p.major) + " or " +
           format_duration_words(p.minor) + " by how bad it is";
}

Html rules(const IncidentSettings& s, const ClockRules& clocks) {
    Html out;
    out.add(
        "<details id=rules><summary>How this page decides</summary><p>Checks turn a component "
        "red and green, never a hand; a person can add trouble that no check sees, and hide none. "
        "Trouble that hits "_html,
        customers_words(s.min_customers),
        " or more, or an unknown number, opens an incident by itself. Red stays for at least "_html,
        format_duration_words(s.min_red), "; an incident closes after "_html,
        format_duration_words(s.resolve_after),
        " of passing checks. A person explains each incident within "_html,
        promise_words(clocks.explain_within), " and writes again at least every "_html,
        promise_words(clocks.update_every),
        ". Uptime is 1 − (major + partial outage) ÷ measured time; degraded time counts as up; "
        "time that was not measured, and maintenance announced a day ahead, is left out."
        "</p></details>"_html);
    return out;
}

Html footer(const view::PageFrame& frame, const Document& document) {
    Html out;
    out.add("<footer id=foot>"_html);
    if (document.as_of_in_footer) {
        out.add("<p>As of "_html, full_instant_html(frame.as_of), " · record "_html, frame.position,
                " · numbers from our own signals, never typed in</p>"_html);
    }
    out.add(rules(frame.settings, frame.clocks),
            "<p><a href=\"/api/v2/summary.json\">JSON</a> · <a href=\"/history.atom\">Atom</a> · "
            "<a href=\"/history.rss\">RSS</a> · <a href=\"/badge.svg\">Badge</a> · Candor "_html,
            frame.version, "</p></footer></body></html>\n"_html);
    return out;
}

}  // namespace

Html render_document(const view::PageFrame& frame, const Document& document) {
    Html out;
    out.reserve(document.main.bytes().size() + 8192);
    out.add(head(frame, document), header(frame), "<main id=main"_html);
    if (document.refresh == Refresh::kLive) {
        out.add(" data-as-of=\""_html, format_rfc3339(frame.as_of), "\" data-refresh="_html,
                kRefreshSeconds);
    }
    return std::move(out.add(">"_html, document.main, "</main>"_html, footer(frame, document)));
}

Html banner_card(Markup tone, std::string_view headline, const Html& detail) {
    Html out;
    out.add("<section class=\"card banner "_html, tone, "\" id=banner role=status><h1>"_html,
            headline, "</h1>"_html);
    if (!detail.empty()) out.add("<p>"_html, detail, "</p>"_html);
    return std::move(out.add("</section>"_html));
}

std::string absolute_url(const view::PageFacts& page, std::string_view path) {
    return page.url + std::string(path);
}

}  // namespace candor::page
