#include "page/history_page.h"

#include <utility>

#include "page/incident_html.h"
#include "page/layout.h"
#include "page/maintenance_html.h"
#include "page/status_words.h"

namespace candor::page {
namespace {

// "April 2026".
std::string month_words(Timestamp month) {
    const std::string date = format_long_date(month);  // "1 April 2026"
    return date.substr(date.find(' ') + 1);
}

Timestamp month_before(Timestamp month) {
    const CivilTime civil = civil_from(month - days(1));
    return timestamp_from({.year = civil.year, .month = civil.month, .day = 1});
}

Timestamp month_after(Timestamp month) {
    const CivilTime civil = civil_from(month + days(32));
    return timestamp_from({.year = civil.year, .month = civil.month, .day = 1});
}

Html month_link(Timestamp month, Markup before, Markup after, Markup rel) {
    return html("<a rel="_html, rel, " href=\"/history?month="_html, format_month(month),
                "\">"_html, before, month_words(month), after, "</a>"_html);
}

Html month_nav(const view::HistoryView& view) {
    Html out;
    out.add("<nav class=months aria-label=\"Months\">"_html);
    if (view.month > view.earliest) {
        out.add(month_link(month_before(view.month), "← "_html, ""_html, "prev"_html));
    }
    const Timestamp next = month_after(view.month);
    if (next <= view.frame.as_of) out.add(month_link(next, ""_html, " →"_html, "next"_html));
    return std::move(out.add("</nav>"_html));
}

Html incidents_card(const view::HistoryView& view) {
    const std::size_t count = view.incidents.size();
    if (count == 0) return {};
    Html out;
    out.add("<section class=\"card group\"><header><h2>"_html, count,
            count == 1 ? " incident"_html : " incidents"_html,
            "</h2></header><ul class=rows>"_html);
    for (const view::IncidentView& incident : view.incidents) out.add(incident_row(incident));
    out.add("</ul></section>"_html);
    if (count == view::kHistoryIncidentsMax) {
        out.add("<p class=muted>Only the newest "_html, view::kHistoryIncidentsMax,
                " are shown.</p>"_html);
    }
    return out;
}

Html maintenances_card(const view::HistoryView& view) {
    const std::size_t count = view.maintenances.size();
    if (count == 0) return {};
    Html out;
    out.add("<section class=\"card group\"><header><h2>"_html, count,
            count == 1 ? " maintenance"_html : " maintenances"_html,
            "</h2></header><ul class=rows>"_html);
    for (const view::MaintenanceView& m : view.maintenances) out.add(maintenance_row(m, m.start));
    return std::move(out.add("</ul></section>"_html));
}

}  // namespace

Html history_page(const view::HistoryView& view) {
    const std::string month = month_words(view.month);
    Document document;
    document.title = "History, " + month;
    document.description = "Incidents in " + month;
    document.refresh = Refresh::kStill;
    Html& main = document.main;
    main.add("<p class=back><a href=\"/\">← Status</a></p><h1>"_html, month, "</h1>"_html,
             month_nav(view));
    if (view.incidents.empty() && view.maintenances.empty()) {
        const bool before = view.month < view.earliest;
        main.add("<section class=card><p>"_html,
                 before ? "Nothing was recorded yet in this month."_html
                        : "No incident began in this month."_html,
                 "</p></section>"_html);
        return render_document(view.frame, document);
    }
    main.add(incidents_card(view), maintenances_card(view));
    return render_document(view.frame, document);
}

}  // namespace candor::page
