#include "page/bars_svg.h"

#include <array>
#include <string>

#include "page/status_words.h"
#include "view/bars.h"

namespace candor::page {
namespace {

constexpr std::size_t kPitch = 8;  // 6 units of bar, 2 of gap
constexpr std::size_t kHeight = 26;

ComponentStatus status_of(const view::Bar& bar) {
    return bar.worst.value_or(ComponentStatus::kUnknown);
}

bool is_exception(ComponentStatus status) {
    return status != ComponentStatus::kOperational && status != ComponentStatus::kUnknown;
}

std::string name_of_bar(const view::Bar& bar, Duration step) {
    if (step >= days(2)) return format_long_date(bar.start) + " and after";
    if (step >= days(1)) return format_long_date(bar.start);
    return format_long_date(bar.start) + ", " + format_clock(bar.start).substr(0, 5) + " UTC";
}

void add_duration(std::string& out, std::int64_t ms, std::string_view what) {
    if (ms <= 0) return;
    out += out.empty() ? "" : ", ";
    out += std::string(what) + " " + format_duration_words(milliseconds(ms));
}

// "4 April 2026: partial outage 1 h 3 min".
std::string tooltip(const view::Bar& bar, Duration step) {
    std::string what;
    add_duration(what, bar.tally.major_ms, "major outage");
    add_duration(what, bar.tally.partial_ms, "partial outage");
    add_duration(what, bar.tally.degraded_ms, "degraded performance");
    add_duration(what, bar.tally.maintenance_ms, "maintenance");
    return name_of_bar(bar, step) + ": " + what;
}

std::string_view unit_of(Duration step) {
    return step >= days(1) ? "day" : "bar";
}

std::string counted(std::size_t n, std::string_view unit) {
    return std::to_string(n) + " " + std::string(unit) + (n == 1 ? "" : "s");
}

}  // namespace

Html bars_clip(std::size_t bars) {
    Html path;
    path.add("M1 0"_html);
    for (std::size_t i = 0; i < bars; ++i) {
        if (i > 0) path.add("m8 0"_html);
        path.add("h4q1 0 1 1v24q0 1-1 1h-4q-1 0-1-1v-24q0-1 1-1z"_html);
    }
    return html("<svg class=defs width=0 height=0 aria-hidden=true><clipPath id=k"_html, bars,
                "><path d=\""_html, path, "\"/></clipPath></svg>"_html);
}

void add_bars_svg(Html& out, const std::vector<view::Bar>& bars, Duration step) {
    const std::size_t count = view::bar_count(bars);
    out.add("<svg class=b viewBox=\"0 0 "_html, count * kPitch - 2, " "_html, kHeight,
            "\" preserveAspectRatio=none role=img aria-label=\""_html, bars_words(bars, step),
            "\"><g clip-path=\"url(#k"_html, count, ")\">"_html);
    std::size_t at = 0;  // of the first bar of bars[i]
    for (std::size_t i = 0; i < bars.size();) {
        const ComponentStatus status = status_of(bars[i]);
        std::size_t width = bars[i].count;
        std::size_t end = i + 1;
        if (!is_exception(status)) {
            while (end < bars.size() && status_of(bars[end]) == status) width += bars[end++].count;
        }
        out.add("<rect class="_html, class_of(status));
        if (at > 0) out.add(" x="_html, at * kPitch);
        out.add(" width="_html, width * kPitch, " height=26"_html);
        if (is_exception(status)) {
            out.add("><title>"_html, tooltip(bars[i], step), "</title></rect>"_html);
        } else {
            out.add(" />"_html);
        }
        at += width;
        i = end;
    }
    out.add("</g></svg>"_html);
}

std::string bars_words(const std::vector<view::Bar>& bars, Duration step) {
    std::array<std::size_t, 6> count{};
    for (const view::Bar& bar : bars) count[static_cast<std::size_t>(status_of(bar))] += bar.count;
    std::string what;
    constexpr std::array<std::pair<ComponentStatus, std::string_view>, 5> kWorstFirst = {
        {{ComponentStatus::kMajorOutage, "major outage"},
         {ComponentStatus::kPartialOutage, "partial outage"},
         {ComponentStatus::kDegradedPerformance, "degraded performance"},
         {ComponentStatus::kUnderMaintenance, "maintenance"},
         {ComponentStatus::kUnknown, "not measured"}}};
    for (const auto& [status, words] : kWorstFirst) {
        const std::size_t n = count[static_cast<std::size_t>(status)];
        if (n == 0) continue;
        what += what.empty() ? "" : ", ";
        what += std::string(words) + " on " + counted(n, unit_of(step));
    }
    if (what.empty()) what = "all operational";
    return counted(view::bar_count(bars), unit_of(step)) + ": " + what;
}

}  // namespace candor::page
