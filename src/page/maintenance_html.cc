#include "page/maintenance_html.h"

#include <string>
#include <utility>

#include "page/layout.h"
#include "page/markdown.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

Markup class_of(MaintenancePhase phase) {
    switch (phase) {
        case MaintenancePhase::kScheduled:
        case MaintenancePhase::kInProgress: return "mt"_html;
        // Not green: it may have ended with checks that still fail.
        case MaintenancePhase::kCompleted:
        case MaintenancePhase::kCancelled: return "un"_html;
    }
    return "un"_html;
}

// When it really ended, where that differs from the plan.
Timestamp end_of(const view::MaintenanceView& m) {
    return m.phase == MaintenancePhase::kCompleted ? m.ended : m.end;
}

Html span(const view::MaintenanceView& m, Timestamp as_of) {
    return html(minute_html(m.start, as_of), " – "_html, minute_after_html(end_of(m), m.start),
                " ("_html, format_duration_words(end_of(m) - m.start), ")"_html);
}

Html component_list(const view::MaintenanceView& m) {
    constexpr std::size_t kListed = 8;
    Html out;
    for (std::size_t i = 0; i < m.components.size() && i < kListed; ++i) {
        const view::MaintenanceComponentView& c = m.components[i];
        if (!out.empty()) out.add(", "_html);
        out.add("<a href=\"/components/"_html, c.id.value, "\">"_html, c.name, "</a>"_html);
    }
    if (m.components.size() > kListed) {
        out.add(" and "_html, m.components.size() - kListed, " more"_html);
    }
    return out;
}

Html fact(const Html& value, std::string_view meaning) {
    return html("<div><dt>"_html, meaning, "</dt><dd>"_html, value, "</dd></div>"_html);
}

Html facts(const view::MaintenanceView& m) {
    Html out;
    const bool over = m.phase == MaintenancePhase::kCompleted;
    const bool off = m.phase == MaintenancePhase::kCancelled;
    const std::string_view start = off ? "was to begin" : m.started.ms == 0 ? "begins" : "began";
    const std::string_view end = off ? "was to end" : over ? "ended" : "ends";
    // The line above says the day of its beginning.
    out.add("<dl class=facts>"_html, fact(minute_after_html(m.start, m.start), start),
            fact(minute_after_html(end_of(m), m.start), end),
            fact(html(format_duration_words(end_of(m) - m.start)), over ? "it took" : "planned"));
    return std::move(out.add("</dl>"_html));
}

Html counting_note(const view::MaintenanceView& m) {
    if (m.phase == MaintenancePhase::kCancelled) return {};
    Html out;
    out.add("<p class=muted>Announced "_html, full_instant_html(m.announced), ". "_html);
    switch (m.counting) {
        case view::Counting::kLeftOut:
            out.add(
                "That is at least 24 hours ahead, so this time is left out of the uptime."_html);
            break;
        case view::Counting::kPartly:
            out.add("What was added less than 24 hours ahead counts in the uptime."_html);
            break;
        case view::Counting::kCounted:
            out.add("That is less than 24 hours ahead, so this time counts in the uptime."_html);
            break;
    }
    return std::move(out.add(" We keep measuring throughout.</p>"_html));
}

Html timeline(const view::MaintenanceView& m, Timestamp as_of) {
    Html out;
    out.add("<ol class=timeline reversed>"_html);
    for (const view::MaintenanceUpdateView& u : m.updates) {
        const std::string_view by =
            u.origin == Origin::kMachine ? std::string_view("automatic") : "by a person";
        out.add("<li id=\"u-"_html, u.id.value, "\" class="_html,
                u.origin == Origin::kHuman ? "by"_html : class_of(u.phase), "><p class=meta>"_html,
                instant_html(u.at, as_of), " <span class=tag>"_html, by,
                "</span></p><div class=post><h3>"_html, words_for(u.phase), "</h3>"_html,
                maintenance_words(u, false), "</div></li>"_html);
    }
    return std::move(out.add("</ol>"_html));
}

}  // namespace

std::string_view words_for(MaintenancePhase phase) {
    switch (phase) {
        case MaintenancePhase::kScheduled: return "Planned";
        case MaintenancePhase::kInProgress: return "In progress";
        case MaintenancePhase::kCompleted: return "Over";
        case MaintenancePhase::kCancelled: return "Called off";
    }
    return "Planned";
}

Html maintenance_words(const view::MaintenanceUpdateView& update, bool inline_only) {
    if (!update.missing.empty()) {
        return inline_only ? html(update.missing)
                           : html("<p class=muted>"_html, update.missing, "</p>"_html);
    }
    if (update.origin == Origin::kHuman) {
        return render_markdown(update.text,
                               inline_only ? MarkdownForm::kInline : MarkdownForm::kBlocks);
    }
    return inline_only ? html(update.text) : html("<p>"_html, update.text, "</p>"_html);
}

Html maintenance_row(const view::MaintenanceView& m, Timestamp as_of) {
    Html out;
    out.add("<li><div class=h><h3><a href=\"/maintenance/"_html, m.id.value, "\">"_html, m.name,
            "</a></h3><span class=\"s "_html, class_of(m.phase), "\">"_html, words_for(m.phase),
            "</span></div><p class=n>"_html, span(m, as_of));
    if (!m.components.empty()) out.add(" · "_html, component_list(m));
    return std::move(out.add("</p></li>"_html));
}

Html maintenance_section(const view::PublicView& view) {
    std::size_t soon = 0;
    while (soon < view.upcoming.size() &&
           view.upcoming[soon].start <= view.as_of + kUpcomingShownAhead) {
        ++soon;
    }
    if (view.maintenances.empty() && soon == 0) return {};
    Html out;
    out.add(
        "<section class=\"card group\" id=maintenance><header><h2>Scheduled maintenance</h2>"
        "<a href=\"/maintenance.ics\">Calendar</a></header><ul class=rows>"_html);
    for (const view::MaintenanceView& m : view.maintenances)
        out.add(maintenance_row(m, view.as_of));
    for (std::size_t i = 0; i < soon && i < kUpcomingShown; ++i) {
        out.add(maintenance_row(view.upcoming[i], view.as_of));
    }
    out.add("</ul>"_html);
    if (soon > kUpcomingShown) {
        out.add("<p class=none>"_html, soon - kUpcomingShown,
                " more stand in the calendar.</p>"_html);
    }
    return std::move(out.add("</section>"_html));
}

Html maintenance_page(const view::PageFrame& frame, const view::MaintenanceView& m) {
    // Only a window that is on changes without a fact: its page says as of when.
    const bool on = m.phase == MaintenancePhase::kInProgress;
    Document document;
    document.title = m.name;
    document.description = std::string(words_for(m.phase)) + ": " + m.name;
    document.tone = class_of(m.phase);
    document.refresh = on && !frame.historical ? Refresh::kLive : Refresh::kStill;
    document.as_of_in_footer = on;
    document.main.add("<div id=incident><p class=back><a href=\"/\">← Status</a></p><h1>"_html,
                      m.name, "</h1><p class=summary><strong class="_html, class_of(m.phase),
                      ">"_html, words_for(m.phase), "</strong>"_html);
    if (!m.components.empty()) document.main.add(" · "_html, component_list(m));
    document.main.add(" · "_html, full_minute_html(m.start), " – "_html,
                      minute_after_html(end_of(m), m.start), "</p><section class=card>"_html,
                      facts(m), counting_note(m), "</section><h2>What was said</h2>"_html,
                      timeline(m, m.start), "</div>"_html);
    return render_document(frame, document);
}

}  // namespace candor::page
