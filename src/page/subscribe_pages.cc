#include "page/subscribe_pages.h"

#include <utility>

#include "page/layout.h"

namespace candor::page {
namespace {

constexpr std::string_view kGoneHeadline = "This link does not work any more.";

Html in_document(const view::PageFrame& frame, std::string_view title, Html content) {
    Document document;
    document.title = title;
    document.description = title;
    document.refresh = Refresh::kStill;
    document.as_of_in_footer = false;
    document.main = std::move(content);
    return render_document(frame, document);
}

Html option(IncidentImpact impact, IncidentImpact chosen, std::string_view words) {
    Html out = html("<option value="_html, name_of(impact));
    if (impact == chosen) out.add(" selected"_html);
    return std::move(out.add(">"_html, words, "</option>"_html));
}

Html impact_field(IncidentImpact chosen) {
    return html("<p><label for=impact>Tell me about</label><select id=impact name=impact>"_html,
                option(IncidentImpact::kNone, chosen, "all trouble"),
                option(IncidentImpact::kMajor, chosen, "major and critical trouble"),
                option(IncidentImpact::kCritical, chosen, "critical trouble only"),
                "</select></p>"_html);
}

Html parts_field(const SubscribeFields& fields) {
    Html out;
    out.add(
        "<fieldset><legend>Only these parts</legend><p class=muted>Tick none to hear about all "
        "of them, also those to come.</p><ul>"_html);
    for (const SubscribeFields::Part& part : fields.parts) {
        out.add("<li><label><input type=checkbox name=component value=\""_html, part.id.value,
                "\""_html);
        if (part.chosen) out.add(" checked"_html);
        out.add("> "_html, part.name, "</label></li>"_html);
    }
    return std::move(out.add("</ul></fieldset>"_html));
}

Html problem(const SubscribeFields& fields) {
    if (fields.problem.empty()) return {};
    return html("<p role=alert class=problem>"_html, fields.problem, "</p>"_html);
}

Html leave_form(std::string_view action) {
    return html("<form method=post action=\""_html, action,
                "\"><p><button>Stop all mails</button></p></form>"_html);
}

}  // namespace

Html subscribe_page(const view::PageFrame& frame, const SubscribeFields& fields) {
    return in_document(
        frame, "Get updates by mail",
        html("<section class=\"card form\"><h1>Get updates by mail</h1><p>We write when something "
             "breaks and stays broken, when a person has something to say about it, and when it "
             "is over. Nothing else.</p>"_html,
             problem(fields),
             "<form method=post action=\"/subscribe\"><p><label for=mail>Your mail address</label>"
             "<input id=mail name=mail type=email required maxlength=254 autocomplete=email "
             "value=\""_html,
             fields.mail, "\"></p>"_html, impact_field(fields.min_impact), parts_field(fields),
             "<p><button>Send me the mail to confirm</button></p></form><p class=muted>First you "
             "get one mail with a link, to make sure that it was you who asked. Every mail after "
             "it has a link to stop them; then your address is erased. You can also follow the "
             "<a href=\"/history.atom\">Atom</a> or <a href=\"/history.rss\">RSS</a> feed, which "
             "needs no address.</p></section>"_html));
}

Html confirm_page(const view::PageFrame& frame, std::string_view action, std::string_view mail,
                  std::string_view choice) {
    return in_document(
        frame, "Confirm your subscription",
        html(
            "<section class=\"card form\"><h1>One click left</h1><p>"_html, mail,
            " will get mails about "_html, choice, ".</p><form method=post action=\""_html, action,
            "\"><p><button>Yes, send me these mails</button></p></form><p class=muted>Was it not "
            "you who asked? Then close this page, and you hear no more of it.</p></section>"_html));
}

Html manage_page(const view::PageFrame& frame, const ManageLinks& links,
                 const SubscribeFields& fields) {
    return in_document(
        frame, "Change what you get",
        html("<section class=\"card form\"><h1>Change what you get</h1><p>These mails go to "_html,
             fields.mail, ".</p>"_html, problem(fields), "<form method=post action=\""_html,
             links.manage, "\">"_html, impact_field(fields.min_impact), parts_field(fields),
             "<p><button>Save</button></p></form></section><section class=\"card form\"><h2>Stop "
             "these mails</h2><p>You get no more of them, and your address is erased.</p>"_html,
             leave_form(links.leave), "</section>"_html));
}

Html leave_page(const view::PageFrame& frame, const ManageLinks& links) {
    return in_document(
        frame, "Stop these mails",
        html("<section class=\"card form\"><h1>Stop these mails?</h1><p>You get no more of them, "
             "and your address is erased.</p>"_html,
             leave_form(links.leave), "<p class=muted>Or <a href=\""_html, links.manage,
             "\">get fewer of them</a>.</p></section>"_html));
}

Html link_gone_page(const view::PageFrame& frame) {
    return in_document(
        frame, kGoneHeadline,
        banner_card("un"_html, kGoneHeadline,
                    html("Links to confirm work for two days, and others until the mails are "
                         "stopped. You can <a href=\"/subscribe\">ask for updates anew</a>, or <a "
                         "href=\"/\">see the current status</a>."_html)));
}

Html subscribed_page(const view::PageFrame& frame, std::string_view headline,
                     std::string_view detail, std::string_view manage_link) {
    Html words = html(detail);
    if (!manage_link.empty()) {
        words.add(" <a href=\""_html, manage_link, "\">Change what you get</a>."_html);
    }
    words.add(" <a href=\"/\">See the current status</a>."_html);
    return in_document(frame, headline, banner_card("un"_html, headline, words));
}

}  // namespace candor::page
