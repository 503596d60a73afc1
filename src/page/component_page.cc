#include "page/component_page.h"

#include <utility>

#include "page/bars_svg.h"
#include "page/component_html.h"
#include "page/incident_html.h"
#include "page/latency_svg.h"
#include "page/layout.h"
#include "page/status_words.h"
#include "page/time_html.h"
#include "view/bars.h"

namespace candor::page {
namespace {

std::string_view range_words(view::Range range) {
    switch (range) {
        case view::Range::k24Hours: return "24 hours";
        case view::Range::k7Days: return "7 days";
        case view::Range::k30Days: return "30 days";
        case view::Range::k90Days: return "90 days";
        case view::Range::k365Days: return "1 year";
    }
    return "90 days";
}

Html range_nav(const view::ComponentDetailView& view) {
    Html out;
    out.add("<nav class=ranges aria-label=\"Range\">"_html);
    for (const view::Range range : view::kRanges) {
        out.add("<a href=\"?range="_html, name_of(range), "\""_html,
                range == view.range ? " aria-current=page>"_html : ">"_html, range_words(range),
                "</a>"_html);
    }
    return std::move(out.add("</nav>"_html));
}

Html time_row(std::string_view what, std::int64_t ms) {
    if (ms == 0) return {};
    return html("<div><dt>"_html, what, "</dt><dd>"_html, format_duration_words(milliseconds(ms)),
                "</dd></div>"_html);
}

Html times(const core::Tally& tally) {
    return html("<dl class=times>"_html, time_row("Operational", tally.operational_ms),
                time_row("Degraded performance", tally.degraded_ms),
                time_row("Partial outage", tally.partial_ms),
                time_row("Major outage", tally.major_ms),
                time_row("Maintenance", tally.maintenance_ms),
                time_row("Not measured", tally.unmeasured_ms), "</dl>"_html);
}

Html history_card(const view::ComponentDetailView& view) {
    const view::ComponentView& component = view.component;
    const Duration step = view::bar_scale(view.range).step;
    Html out;
    out.add("<section class=card id=bars><header><h2>Uptime</h2>"_html, range_nav(view),
            "</header><p class=big>"_html, uptime_words(component), "</p>"_html);
    add_bars_svg(out, component.bars, step);
    out.add("<p class=f><span>"_html, range_words(view.range),
            " ago</span><span>now</span></p>"_html, times(component.total), "</section>"_html);
    return out;
}

Html latency_card(const view::ComponentDetailView& view) {
    const Html plot = latency_svg(view.latency, view.latency_step, view.frame.as_of);
    if (plot.empty()) return {};
    return html(
        "<section class=card id=latency><header><h2>How long answers take</h2>"
        "<p class=legend><span class=med>median</span> <span class=p95>95 % are faster "
        "than</span></p></header>"_html,
        plot, "</section>"_html);
}

Html incidents_card(const view::ComponentDetailView& view) {
    Html out;
    out.add("<section class=\"card group\" id=incidents><header><h2>Incidents</h2></header>"_html);
    if (view.incidents.empty()) {
        out.add("<p class=none>None in this range.</p>"_html);
    } else {
        out.add("<ul class=rows>"_html);
        for (const view::IncidentView& incident : view.incidents) out.add(incident_row(incident));
        out.add("</ul>"_html);
    }
    return std::move(out.add("</section>"_html));
}

}  // namespace

Html component_page(const view::ComponentDetailView& view) {
    const view::ComponentView& component = view.component;
    const Timestamp as_of = view.frame.as_of;
    Document document;
    document.title = component.name + ": " + std::string(words_for(component.status));
    document.description = document.title;
    document.tone = class_of(component);
    Html& main = document.main;
    main.add("<div id=head><p class=back><a href=\"/\">← Status</a></p><h1>"_html, component.name,
             "</h1><p class=summary><strong class="_html, class_of(component), ">"_html,
             component.drilled ? "Drill: "_html : ""_html, words_for(component.status),
             "</strong>"_html);
    if (!component.description.empty()) main.add(" · "_html, component.description);
    main.add("</p>"_html);
    if (!component.sentence.empty()) {
        main.add("<p class=n>"_html, sentence_html(component.sentence, as_of), "</p>"_html);
    }
    main.add("</div>"_html, bars_clip(view::bar_count(component.bars)), history_card(view),
             latency_card(view), incidents_card(view));
    return render_document(view.frame, document);
}

}  // namespace candor::page
