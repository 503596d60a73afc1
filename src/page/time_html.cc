#include "page/time_html.h"

namespace candor::page {
namespace {

// `kind` tells the script what to print: c clock, m minute, f full, d date, k date and minute.
Html time_element(Timestamp t, Markup kind, std::string_view words) {
    return html("<time datetime=\""_html, format_rfc3339(t), "\" data-t="_html, kind, ">"_html,
                words, "</time>"_html);
}

// The script compares with `from` instead of today.
Html element_after(Timestamp t, Timestamp from, Markup kind, std::string_view words) {
    return html("<time datetime=\""_html, format_rfc3339(t), "\" data-from=\""_html,
                format_rfc3339(from), "\" data-t="_html, kind, ">"_html, words, "</time>"_html);
}

std::string minute_words(Timestamp t) {
    return format_clock(t).substr(0, 5) + " UTC";
}

bool same_day(Timestamp a, Timestamp b) {
    return format_date(a) == format_date(b);
}

}  // namespace

Html instant_html(Timestamp t, Timestamp as_of) {
    if (!same_day(t, as_of)) return full_instant_html(t);
    return time_element(t, "c"_html, view::instant_words(t, as_of));
}

Html full_instant_html(Timestamp t) {
    return time_element(t, "f"_html, format_long_date(t) + ", " + format_clock(t) + " UTC");
}

Html minute_html(Timestamp t, Timestamp as_of) {
    return same_day(t, as_of) ? time_element(t, "m"_html, minute_words(t)) : full_minute_html(t);
}

Html full_minute_html(Timestamp t) {
    return time_element(t, "k"_html, format_long_date(t) + ", " + minute_words(t));
}

Html instant_after_html(Timestamp t, Timestamp from) {
    return element_after(t, from, "c"_html, view::instant_words(t, from));
}

Html minute_after_html(Timestamp t, Timestamp from) {
    const std::string date = same_day(t, from) ? "" : format_long_date(t) + ", ";
    return element_after(t, from, "m"_html, date + minute_words(t));
}

Html date_html(Timestamp t) {
    return time_element(t, "d"_html, format_long_date(t));
}

Html sentence_html(const view::Sentence& sentence, Timestamp as_of) {
    Html out;
    for (const view::Sentence::Part& part : sentence.parts()) {
        if (part.at.ms == 0) {
            out.add(part.text);
        } else {
            out.add(instant_html(part.at, as_of));
        }
    }
    return out;
}

}  // namespace candor::page
