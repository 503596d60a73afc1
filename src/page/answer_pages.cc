#include "page/answer_pages.h"

#include <utility>

#include "page/layout.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

Html in_document(const view::PageFrame& frame, std::string_view title, Html content) {
    Document document;
    document.title = title;
    document.description = title;
    document.refresh = Refresh::kStill;
    document.as_of_in_footer = false;
    document.main = std::move(content);
    return render_document(frame, document);
}

// "It affects Directory and Calls, since 21:05 UTC."
Html what_is_hit(const AnswerFacts& facts, Timestamp as_of) {
    Html out;
    for (std::size_t i = 0; i < facts.components.size(); ++i) {
        const bool last = i + 1 == facts.components.size();
        out.add(i == 0 ? "It affects "_html : last ? " and "_html : ", "_html, facts.components[i]);
    }
    out.add(out.empty() ? "Since "_html : ", since "_html, minute_html(facts.started, as_of),
            ". "_html);
    return out;
}

Html who_has_it(const AnswerFacts& facts, Timestamp as_of) {
    if (facts.owned_at.ms == 0) return html("Nobody has taken it on yet."_html);
    return html("Somebody took it on at "_html, minute_html(facts.owned_at, as_of),
                "; you can take it over."_html);
}

Html incident_link(const AnswerFacts& facts, std::string_view label) {
    return html("<a href=\"/incidents/"_html, facts.incident.value, "\">"_html, label, "</a>"_html);
}

}  // namespace

Html answer_page(const view::PageFrame& frame, const AnswerFacts& facts, std::string_view action) {
    return in_document(
        frame, "Take it on",
        html("<section class=\"card form\"><h1>"_html, facts.title, "</h1><p>"_html,
             what_is_hit(facts, frame.as_of), who_has_it(facts, frame.as_of),
             "</p><form method=post action=\""_html, action,
             "\"><p><button>I am on it</button></p></form><p class=muted>Then nobody else is "
             "called for it, and readers see that a person is working on it. "_html,
             incident_link(facts, "See what is known"), ".</p></section>"_html));
}

Html answered_page(const view::PageFrame& frame, const AnswerFacts& facts) {
    Html words = html(
        "Nobody else is called for it, and readers see that a person is working on "
        "it. "_html);
    if (facts.update_due.ms != 0) {
        words.add("They were promised words by "_html, minute_html(facts.update_due, frame.as_of),
                  ": write them in the console as soon as you know something. "_html);
    }
    words.add(incident_link(facts, "See what is known"), "."_html);
    return in_document(frame, "You are on it", banner_card("un"_html, "You are on it.", words));
}

}  // namespace candor::page
