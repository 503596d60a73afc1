#include "page/component_html.h"

#include <utility>

#include "page/bars_svg.h"
#include "page/status_words.h"
#include "page/time_html.h"

namespace candor::page {
namespace {

std::size_t count_inside(const view::GroupView& group) {
    std::size_t n = group.components.size();
    for (const view::GroupView& child : group.groups) n += count_inside(child);
    return n;
}

void add_rows(Html& out, const view::PublicView& view, const view::GroupView& group,
              Density density) {
    if (!group.components.empty()) {
        out.add("<ul class=rows>"_html);
        for (const std::size_t i : group.components) {
            add_component_row(out, view.components[i], view.as_of, density);
        }
        out.add("</ul>"_html);
    }
    for (const view::GroupView& child : group.groups) {
        out.add("<div class=sub><h3>"_html, child.name, "</h3><span class=\"s "_html,
                class_of(child.status), "\">"_html, words_for(child.status), "</span></div>"_html);
        add_rows(out, view, child, density);
    }
}

Html card_title(const view::GroupView& group) {
    if (group.id.empty()) return html("Components"_html);
    return html(group.name);
}

}  // namespace

Markup class_of(const view::ComponentView& component) {
    return component.drilled ? "mt"_html : class_of(component.status);
}

void add_component_row(Html& out, const view::ComponentView& component, Timestamp as_of,
                       Density density) {
    out.add("<li id=\"c-"_html, component.id.value,
            "\"><div class=h><h3><a href=\"/components/"_html, component.id.value, "\">"_html,
            component.name, "</a></h3><span class=\"s "_html, class_of(component), "\">"_html,
            component.drilled ? "Drill: "_html : ""_html, words_for(component.status),
            "</span></div>"_html);
    if (!component.sentence.empty()) {
        out.add("<p class=n>"_html, sentence_html(component.sentence, as_of), "</p>"_html);
    }
    add_bars_svg(out, component.bars, days(1));
    out.add("<p class=f>"_html);
    if (density == Density::kRoomy) out.add("<span>90 days ago</span>"_html);
    out.add("<span>"_html, uptime_words(component), "</span>"_html);
    if (density == Density::kRoomy) out.add("<span>today</span>"_html);
    out.add("</p></li>"_html);
}

Html group_card(const view::PublicView& view, const view::GroupView& group, Density density) {
    const bool compact = density == Density::kCompact;
    const bool folded = compact && group.status == ComponentStatus::kOperational;
    Html out;
    out.reserve(1024 + count_inside(group) * 512);
    out.add("<section class=\"card group"_html, compact ? " compact"_html : ""_html,
            "\" id=\"g-"_html, group.id.value, "\">"_html);
    if (compact) {
        out.add("<details id=\"d-"_html, group.id.value, "\""_html,
                folded ? ">"_html : " open>"_html, "<summary><h2>"_html, card_title(group),
                "</h2><span class=muted>"_html, count_inside(group), "</span><span class=\"s "_html,
                class_of(group.status), "\">"_html, words_for(group.status),
                "</span></summary>"_html);
    } else {
        out.add("<header><h2>"_html, card_title(group),
                "</h2><span class=muted>uptime, 90 days</span></header>"_html);
    }
    add_rows(out, view, group, density);
    return std::move(out.add(compact ? "</details></section>"_html : "</section>"_html));
}

}  // namespace candor::page
