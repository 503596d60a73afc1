#include "page/home_page.h"

#include <algorithm>
#include <utility>

#include "page/bars_svg.h"
#include "page/component_html.h"
#include "page/incident_html.h"
#include "page/layout.h"
#include "page/maintenance_html.h"
#include "page/status_words.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

Html banner(const view::PublicView& view) {
    Html detail = sentence_html(view.banner.detail, view.as_of);
    if (!detail.empty()) detail.add(" "_html);
    detail.add("<span class=asof>As of "_html, instant_html(view.as_of, view.as_of),
               ".</span>"_html);
    return banner_card(tone_of(view.banner), view.banner.headline, detail);
}

// "/at/2026-04-04T21:05Z".
Html at_link(Timestamp t, std::string_view words) {
    return html("<a href=\"/at/"_html, format_rfc3339(t).substr(0, 16), "Z\">"_html, words,
                "</a>"_html);
}

Html past_notice(Timestamp at) {
    return html(
        "<nav class=\"card past\" id=past aria-label=\"Time travel\"><p>This is the page as "
        "it was on "_html,
        full_instant_html(at), ".</p><p class=steps>"_html, at_link(at - hours(1), "← 1 hour"),
        " "_html, at_link(at - minutes(1), "← 1 minute"), " "_html,
        at_link(at + minutes(1), "1 minute →"), " "_html, at_link(at + hours(1), "1 hour →"),
        " <a href=\"/\">Back to now</a></p></nav>"_html);
}

// Closed incidents; those that a person still owes words about stand in a list of their own.
Html past_incidents(const view::PublicView& view) {
    Html rows;
    std::size_t shown = 0;
    for (const view::IncidentView& incident : view.recent) {
        if (incident.owed || incident.drill) continue;
        if (shown++ == kPastIncidentsShown) break;
        rows.add(incident_row(incident));
    }
    if (rows.empty()) return {};
    return html(
        "<section class=\"card group\" id=recent><header><h2>Past incidents</h2>"
        "<a href=\"/history\">All of them</a></header><ul class=rows>"_html,
        rows, "</ul></section>"_html);
}

Html owed(const view::PublicView& view) {
    if (view.owed.empty()) return {};
    Html out;
    out.add(
        "<section class=\"card group\" id=owed><header><h2>Explanations we still owe</h2>"
        "</header><ul class=rows>"_html);
    for (const view::IncidentView& incident : view.owed) out.add(incident_row(incident));
    out.add("</ul>"_html);
    if (view.owed_total > view.owed.size()) {
        out.add("<p class=none>"_html, view.owed_total - view.owed.size(),
                " more are in the <a href=\"/history\">history</a>.</p>"_html);
    }
    return std::move(out.add("</section>"_html));
}

}  // namespace

Html home_page(const view::PublicView& view) {
    const Density density =
        view.components.size() > kRoomyComponentsMax ? Density::kCompact : Density::kRoomy;
    Document document;
    document.description = view.banner.headline;
    document.title = view.banner.headline;
    document.tone = tone_of(view.banner);
    document.refresh = view.historical ? Refresh::kStill : Refresh::kLive;
    Html& main = document.main;
    main.reserve(view.components.size() * 512 + 16'384);
    main.add(bars_clip(view::kBarsShown));
    if (view.historical) main.add(past_notice(view.as_of));
    main.add(banner(view));
    for (const view::IncidentView& incident : view.open) {
        main.add(incident_card(incident, view.as_of));
    }
    main.add(owed(view));
    for (const view::GroupView& group : view.groups) main.add(group_card(view, group, density));
    main.add(maintenance_section(view));
    main.add(past_incidents(view));
    return render_document(view::frame_of(view), document);
}

}  // namespace candor::page
