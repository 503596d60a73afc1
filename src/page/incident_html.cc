#include "page/incident_html.h"

#include <string>
#include <utility>

#include "page/excerpt.h"
#include "page/layout.h"
#include "page/markdown.h"
#include "page/status_words.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

Html pill(const view::IncidentView& incident) {
    if (incident.drill) return html("<span class=\"pill mt\">Drill</span>"_html);
    return html("<span class=\"pill "_html, class_of(incident.worst), "\">"_html,
                incident_words(incident.worst), "</span>"_html);
}

Html fact(const Html& value, const Html& meaning) {
    return html("<div><dt>"_html, meaning, "</dt><dd>"_html, value, "</dd></div>"_html);
}
Html text(std::string_view words) {
    return html(words);
}

Html customers_fact(const view::IncidentView& incident) {
    constexpr std::string_view kNotKnown = "Number of customers not known";
    if (incident.affected_words == kNotKnown) {
        return fact(text("Not known"), text("how many customers"));
    }
    return fact(text(incident.affected_words), text("customers affected"));
}

Timestamp ended(const view::IncidentView& incident, Timestamp as_of) {
    if (incident.recovered_at.ms != 0) return incident.recovered_at;
    return incident.is_open() ? as_of : incident.resolved_at;
}

Html duration_fact(const view::IncidentView& incident, Timestamp as_of) {
    Html meaning = html("since "_html, instant_html(incident.started, as_of));
    return fact(text(incident_duration(incident, as_of)), meaning);
}

Html promise_fact(const view::IncidentView& incident, Timestamp as_of) {
    if (incident.next_update_due.ms == 0) return {};
    const Html due = minute_html(incident.next_update_due, as_of);
    if (!incident.update_overdue) return fact(due, text("next update, at the latest"));
    const std::string_view what =
        incident.explained ? "when an update was due" : "when an explanation was due";
    return fact(html("<span class=late>"_html, due, "</span>"_html), text(what));
}

// A post may hold 16 KiB, and several incidents may be open: the first page stays small.
constexpr std::size_t kCardCharactersMax = 1'200;

Html body_of(const view::UpdateView& update, std::string_view words) {
    if (!update.missing.empty()) {
        return html("<p class=muted>"_html, update.missing, "</p>"_html);
    }
    if (update.origin == Origin::kHuman) return render_markdown(words, MarkdownForm::kBlocks);
    return html("<p>"_html, words, "</p>"_html);
}

Html post_body(const view::UpdateView& update) {
    return body_of(update, update.text);
}

std::string_view author_of(const view::UpdateView& update) {
    if (update.origin == Origin::kHuman) return "by a person";
    return update.holding ? "automatic note" : "automatic";
}

Html post_meta(const view::UpdateView& update, Timestamp as_of) {
    return html("<p class=meta>"_html, instant_html(update.at, as_of), " <span class=tag>"_html,
                author_of(update), "</span></p>"_html);
}

// What a person owes, where it is late or the incident is over.
Html promise(const view::IncidentView& incident, Timestamp as_of) {
    if (incident.promise.empty()) return {};
    return html("<p class=owes>"_html, sentence_html(incident.promise, as_of), "</p>"_html);
}

Html recovery(const view::IncidentView& incident, Timestamp as_of) {
    if (incident.recovery.empty()) return {};
    return html("<p class=recovery>"_html, sentence_html(incident.recovery, as_of), "</p>"_html);
}

Html incident_link(const IncidentId& id, std::string_view words) {
    return html("<a href=\"/incidents/"_html, id.value, "\">"_html, words, "</a>"_html);
}

Html notice(const Html& inside) {
    return html("<p class=notice>"_html, inside, "</p>"_html);
}

// What people did with the record, in the order a reader needs it.
Html record(const view::IncidentView& incident) {
    Html out;
    if (incident.drill) {
        out.add(notice(html("This is a drill: a rehearsal, left out of history and uptime."_html)));
    }
    if (!incident.merged_into.empty()) {
        out.add(notice(html("It was the same trouble as another incident and "_html,
                            incident_link(incident.merged_into, "goes on there"),
                            ". What was written here stays."_html)));
    }
    for (const IncidentId& id : incident.merged_from) {
        out.add(notice(html("Another incident was the same trouble: "_html,
                            incident_link(id, "what was written there"), "."_html)));
    }
    if (!incident.split_from.empty()) {
        out.add(notice(html("This began as part of "_html,
                            incident_link(incident.split_from, "another incident"), "."_html)));
    }
    for (const view::SplitView& part : incident.split_off) {
        out.add(notice(html(part.name, " has "_html,
                            incident_link(part.into, "an incident of its own"), " since."_html)));
    }
    return out;
}

// "Start set by hand to 20:40; our checks saw it at 21:00:04."
Html start_mark(const view::IncidentView& incident, Timestamp as_of) {
    if (incident.evidence_started.ms == 0) return {};
    const std::string_view known = incident.origin == Origin::kHuman
                                       ? std::string_view("; it was first noted at ")
                                       : std::string_view("; our checks saw it at ");
    return html("<p class=mark>Start set by hand to "_html, instant_html(incident.started, as_of),
                known, instant_html(incident.evidence_started, as_of), ".</p>"_html);
}

Html owner_mark(const view::IncidentView& incident, Timestamp as_of) {
    if (!incident.is_open() || incident.owned_at.ms == 0) return {};
    return html("<p class=mark>A person has been working on it since "_html,
                instant_html(incident.owned_at, as_of), ".</p>"_html);
}

Html component_list(const view::IncidentView& incident) {
    Html out;
    for (const view::IncidentComponentView& c : incident.components) {
        if (!out.empty()) out.add(", "_html);
        out.add("<a href=\"/components/"_html, c.id.value, "\">"_html, c.name, "</a>"_html);
    }
    return out;
}

Html link_to(const view::IncidentView& incident, const Html& inside) {
    return html("<a href=\"/incidents/"_html, incident.id.value, "\">"_html, inside, "</a>"_html);
}

// As much of the post as a card shows, and the way to the rest.
Html card_body(const view::IncidentView& incident, const view::UpdateView& update) {
    const std::string_view shown = excerpt(update.text, kCardCharactersMax);
    if (shown.size() == update.text.size()) return post_body(update);
    return html(body_of(update, std::string(shown) + " …"),
                "<p class=more><a href=\"/incidents/"_html, incident.id.value, "#u-"_html,
                update.id.value, "\">Read the whole post →</a></p>"_html);
}

// A class for the dot on the timeline.
Markup dot_of(const view::UpdateView& update, const view::IncidentView& incident) {
    if (update.phase == IncidentPhase::kResolved) return "op"_html;
    if (update.origin == Origin::kHuman) return "by"_html;
    return update.phase == IncidentPhase::kMonitoring ? "by"_html : class_of(incident.worst);
}

Html timeline(const view::IncidentView& incident, Timestamp as_of) {
    Html out;
    out.add("<ol class=timeline reversed>"_html);
    for (const view::UpdateView& update : incident.updates) {
        out.add("<li id=\"u-"_html, update.id.value, "\" class="_html, dot_of(update, incident),
                ">"_html, post_meta(update, as_of), "<div class=post><h3>"_html,
                words_for(update.phase), "</h3>"_html, post_body(update), "</div></li>"_html);
    }
    return std::move(out.add("</ol>"_html));
}

Timestamp first_human(const view::IncidentView& incident) {
    Timestamp first;
    for (const view::UpdateView& update : incident.updates) {  // newest first
        if (update.origin == Origin::kHuman) first = update.at;
    }
    return first;
}

Html speed_fact(const view::IncidentView& incident) {
    if (incident.origin == Origin::kHuman) {
        return fact(text("By a person"), text("how it was noticed"));
    }
    return fact(text(format_duration_words(incident.opened - incident.started)),
                text("from the first failure to this page"));
}

Html explained_fact(const view::IncidentView& incident) {
    const Timestamp at = first_human(incident);
    if (at.ms == 0) return fact(text("Not yet"), text("explained by a person"));
    return fact(text(format_duration_words(at - incident.opened)),
                text("until a person explained it"));
}

Html facts(const view::IncidentView& incident, Timestamp as_of) {
    Html out;
    out.add("<dl class=facts>"_html, customers_fact(incident));
    if (incident.is_open()) {
        out.add(duration_fact(incident, as_of), promise_fact(incident, as_of));
    } else {
        out.add(speed_fact(incident), explained_fact(incident));
    }
    return std::move(out.add("</dl>"_html));
}

// "Partial outage", "False alarm", "Drill".
std::string_view kind_words(const view::IncidentView& incident) {
    if (incident.retracted) return "False alarm";
    return incident.drill ? std::string_view("Drill") : incident_words(incident.worst);
}

// "Partial outage · Directory · 4 April 2026, 21:00:04 – 22:03:51 UTC (1 h 3 min)".
Html summary_line(const view::IncidentView& incident, Timestamp as_of) {
    Html out;
    const std::string_view what = kind_words(incident);
    const Markup tone = incident.drill ? "mt"_html : class_of(incident.worst);
    out.add("<p class=summary><strong class="_html, tone, ">"_html, what, "</strong>"_html);
    if (!incident.components.empty()) out.add(" · "_html, component_list(incident));
    out.add(" · "_html, full_instant_html(incident.started), " – "_html);
    if (incident.is_open()) {
        out.add("now"_html);
    } else {
        out.add(instant_after_html(ended(incident, as_of), incident.started));
    }
    return std::move(out.add(" ("_html, incident_duration(incident, as_of), ")</p>"_html));
}

Html retraction(const view::IncidentView& incident) {
    if (!incident.retracted) return {};
    return html(
        "<p class=notice>This was a false alarm. The time it covered is counted as not "
        "measured, neither up nor down.</p>"_html);
}

}  // namespace

std::string incident_duration(const view::IncidentView& incident, Timestamp as_of) {
    return format_duration_words(ended(incident, as_of) - incident.started, 2);
}

Html incident_card(const view::IncidentView& incident, Timestamp as_of) {
    Html out;
    out.add("<article class=\"card incident\" id=\"i-"_html, incident.id.value,
            "\"><header><h2>"_html, link_to(incident, text(incident.title)), "</h2>"_html,
            pill(incident), "</header>"_html, facts(incident, as_of), promise(incident, as_of),
            start_mark(incident, as_of), owner_mark(incident, as_of));
    if (!incident.updates.empty()) {
        const view::UpdateView& latest = incident.updates.front();
        out.add("<div class=latest>"_html, post_meta(latest, as_of), "<div class=post><h3>"_html,
                words_for(latest.phase), "</h3>"_html, card_body(incident, latest),
                "</div></div>"_html);
    }
    out.add(recovery(incident, as_of));
    if (incident.updates.size() > 1) {
        const Html words = html("All "_html, incident.updates.size(), " posts →"_html);
        out.add("<p class=more>"_html, link_to(incident, words), "</p>"_html);
    }
    return std::move(out.add("</article>"_html));
}

Html incident_row(const view::IncidentView& incident) {
    Html out;
    out.add("<li><div class=h><h3>"_html, link_to(incident, text(incident.title)),
            "</h3><span class=\"s "_html, class_of(incident.worst), "\">"_html,
            kind_words(incident), "</span></div><p class=n>"_html,
            full_instant_html(incident.started), " · "_html);
    if (incident.is_open()) {
        out.add("still open"_html);
    } else {
        out.add(incident_duration(incident, incident.resolved_at));
        if (!incident.merged_into.empty()) {
            out.add(" · goes on in another incident"_html);
        } else if (incident.explained && !incident.retracted) {
            out.add(" · explained"_html);
        }
    }
    out.add("</p>"_html);
    if (incident.owed) out.add(promise(incident, incident.started));
    return std::move(out.add("</li>"_html));
}

Html incident_page(const view::PageFrame& frame, const view::IncidentView& incident) {
    const bool closed = !incident.is_open();
    // A closed incident is told by its own times, so that its page never changes again.
    const Timestamp as_of = closed ? incident.changed : frame.as_of;
    Document document;
    document.title = incident.title;
    document.description = std::string(incident_words(incident.worst)) + ", " +
                           (closed ? "closed" : "open") + ": " + incident.title;
    document.tone = closed ? "op"_html : class_of(incident.worst);
    document.refresh = closed || frame.historical ? Refresh::kStill : Refresh::kLive;
    document.as_of_in_footer = !closed;
    document.main.add(
        "<div id=incident><p class=back><a href=\"/\">← Status</a></p>"
        "<h1>"_html,
        incident.title, "</h1>"_html, summary_line(incident, as_of), retraction(incident),
        record(incident), "<section class=card>"_html, facts(incident, as_of),
        promise(incident, as_of), start_mark(incident, as_of), owner_mark(incident, as_of),
        recovery(incident, as_of), "</section><h2>What happened, as it happened</h2>"_html,
        timeline(incident, incident.started), "</div>"_html);
    return render_document(frame, document);
}

}  // namespace candor::page
