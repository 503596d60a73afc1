#include "page/badges.h"

#include <utility>

#include "page/html.h"
#include "page/json_writer.h"
#include "page/status_words.h"

namespace candor::page {
namespace {

std::string_view color_of(std::string_view tone) {
    if (tone == "op") return "#237a52";
    if (tone == "mt") return "#2b5fb0";
    if (tone == "dg") return "#8a5a00";
    if (tone == "pa") return "#b04a0c";
    if (tone == "ma") return "#b3261e";
    return "#5c636b";
}

// Width of Verdana 11 px, estimated generously so that no letter is cut: the text is also
// fitted with textLength, so the estimate only decides the box.
std::int64_t text_width(std::string_view text) {
    std::int64_t tenths = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80) continue;
        const bool narrow =
            std::string_view("iIl.,:;!|'jtf ()[]").find(c) != std::string_view::npos;
        const bool wide = std::string_view("mwMWOQG@%").find(c) != std::string_view::npos;
        tenths += narrow ? 43 : wide ? 92 : 68;
    }
    return (tenths + 9) / 10;
}

}  // namespace

Badge page_badge(const view::PublicView& view) {
    return {view.page.name, view.banner.description, color_of(tone_of(view.banner).bytes())};
}

Badge component_badge(const view::ComponentView& component) {
    std::string message(component.drilled ? "Drill: " : "");
    message += words_for(component.status);
    for (char& c : message) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return {component.name, message, color_of(class_of(component.status).bytes())};
}

std::string badge_svg(const Badge& badge) {
    const std::int64_t label = text_width(badge.label) + 12;
    const std::int64_t message = text_width(badge.message) + 12;
    const std::int64_t width = label + message;
    Html out;
    out.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""_html, width,
            "\" height=\"20\" role=\"img\" aria-label=\""_html, badge.label, ": "_html,
            badge.message, "\"><title>"_html, badge.label, ": "_html, badge.message,
            "</title><linearGradient id=\"s\" x2=\"0\" y2=\"100%\"><stop offset=\"0\" "
            "stop-color=\"#bbb\" stop-opacity=\".1\"/><stop offset=\"1\" stop-opacity=\".1\"/>"
            "</linearGradient><clipPath id=\"r\"><rect width=\""_html,
            width,
            "\" height=\"20\" rx=\"3\"/></clipPath><g clip-path=\"url(#r)\">"
            "<rect width=\""_html,
            label, "\" height=\"20\" fill=\"#555\"/><rect x=\""_html, label, "\" width=\""_html,
            message, "\" height=\"20\" fill=\""_html, badge.color, "\"/><rect width=\""_html, width,
            "\" height=\"20\" fill=\"url(#s)\"/></g>"
            "<g fill=\"#fff\" text-anchor=\"middle\" "
            "font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">"
            "<text x=\""_html,
            label / 2, "\" y=\"14\" textLength=\""_html, label - 12, "\">"_html, badge.label,
            "</text><text x=\""_html, label + message / 2, "\" y=\"14\" textLength=\""_html,
            message - 12, "\">"_html, badge.message, "</text></g></svg>\n"_html);
    return std::move(out).take();
}

std::string badge_json(const Badge& badge) {
    JsonWriter w;
    w.begin_object().member("schemaVersion", std::int64_t{1});
    w.member("label", badge.label).member("message", badge.message);
    w.member("color", badge.color.substr(1)).member("cacheSeconds", std::int64_t{300});
    return w.end_object().take();
}

std::string icon_svg(std::string_view tone) {
    Html out;
    out.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><circle cx=\"16\" "
        "cy=\"16\" r=\"13\" fill=\""_html,
        color_of(tone), "\"/></svg>\n"_html);
    return std::move(out).take();
}

}  // namespace candor::page
