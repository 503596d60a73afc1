#include "page/latency_svg.h"

#include <algorithm>
#include <string>
#include <utility>

#include "page/time_html.h"

namespace candor::page {
namespace {

constexpr std::int64_t kWidth = 670;
constexpr std::int64_t kLeft = 52;
constexpr std::int64_t kTop = 12;
constexpr std::int64_t kBottom = 160;
constexpr std::int64_t kHeight = 184;

using Points = std::vector<view::LatencyPoint>;

Points thinned(const Points& points) {
    const std::size_t per = (points.size() + kLatencyPointsMax - 1) / kLatencyPointsMax;
    if (per <= 1) return points;
    Points out;
    for (std::size_t i = 0; i < points.size(); i += per) {
        view::LatencyPoint merged = points[i];
        const std::size_t end = std::min(i + per, points.size());
        for (std::size_t j = i + 1; j < end; ++j) {
            merged.median_us = std::max(merged.median_us, points[j].median_us);
            merged.p95_us = std::max(merged.p95_us, points[j].p95_us);
            merged.measured += points[j].measured;
        }
        out.push_back(merged);
    }
    return out;
}

// 1, 2 or 5 times a power of ten, at least `value`.
std::int64_t round_up(std::int64_t value) {
    std::int64_t power = 1000;  // a millisecond
    while (true) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (factor * power >= value) return factor * power;
        }
        power *= 10;
    }
}

std::string latency_words(std::int64_t us) {
    if (us < 10'000 && us % 1000 != 0) {
        const std::string tenths = std::to_string(us / 100);
        return (us < 1000 ? "0" : tenths.substr(0, tenths.size() - 1)) + "." + tenths.back() +
               " ms";
    }
    if (us < 10'000'000) return std::to_string(us / 1000) + " ms";
    return std::to_string(us / 1'000'000) + " s";
}

class Plot {
   public:
    explicit Plot(const Points& points) : points_(points) {
        std::int64_t top = 0;
        for (const view::LatencyPoint& p : points) top = std::max(top, p.p95_us);
        top_ = round_up(std::max<std::int64_t>(top, 1000));
    }

    std::int64_t top_us() const { return top_; }

    std::int64_t x(std::size_t i) const {
        const auto last = static_cast<std::int64_t>(std::max<std::size_t>(points_.size() - 1, 1));
        return kLeft + (kWidth - kLeft) * static_cast<std::int64_t>(i) / last;
    }
    std::int64_t y(std::int64_t us) const {
        return kBottom - (kBottom - kTop) * std::min(us, top_) / top_;
    }

    // "M…L…" with a new start after every gap.
    template <class Value>
    Html line(Value&& value) const {
        Html d;
        bool pen_down = false;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (points_[i].measured == 0) {
                pen_down = false;
                continue;
            }
            const std::int64_t at = y(value(points_[i]));
            const bool alone =
                !pen_down && (i + 1 == points_.size() || points_[i + 1].measured == 0);
            d.add(pen_down ? "L"_html : "M"_html, x(i) - (alone ? 6 : 0), " "_html, at);
            if (alone) d.add("h6"_html);  // a lone point is drawn as a short dash
            pen_down = true;
        }
        return d;
    }

   private:
    const Points& points_;
    std::int64_t top_ = 1000;
};

Html axis_label(std::int64_t x, std::int64_t y, Markup anchor, std::string_view words) {
    return html("<text x="_html, x, " y="_html, y, " text-anchor="_html, anchor, ">"_html, words,
                "</text>"_html);
}

std::string time_label(Timestamp t, Duration whole) {
    if (whole <= days(2)) return format_clock(t).substr(0, 5) + " UTC";
    const std::string date = format_long_date(t);
    return date.substr(0, date.rfind(' '));
}

}  // namespace

Html latency_svg(const Points& all, Duration step, Timestamp as_of) {
    const auto measured = [](const view::LatencyPoint& p) { return p.measured > 0; };
    if (std::ranges::none_of(all, measured)) return {};
    const Points points = thinned(all);
    const Plot plot(points);
    const Duration whole = as_of - points.front().start;
    const auto last = std::ranges::find_if(points.rbegin(), points.rend(), measured);
    Html out;
    out.add("<svg class=plot viewBox=\"0 0 "_html, kWidth, " "_html, kHeight,
            "\" role=img aria-label=\"Answer times over "_html, format_duration_words(whole),
            " in steps of "_html, format_duration_words(step), "; newest median "_html,
            latency_words(last->median_us), "\">"_html);
    for (const std::int64_t us : {plot.top_us(), plot.top_us() / 2, std::int64_t{0}}) {
        const std::int64_t y = plot.y(us);
        out.add("<path class=grid d=\"M"_html, kLeft, " "_html, y, "H"_html, kWidth, "\"/>"_html,
                axis_label(0, y + 4, "start"_html, us == 0 ? "0" : latency_words(us)));
    }
    out.add("<path class=p95 d=\""_html,
            plot.line([](const view::LatencyPoint& p) { return p.p95_us; }),
            "\"/><path class=med d=\""_html,
            plot.line([](const view::LatencyPoint& p) { return p.median_us; }), "\"/>"_html,
            axis_label(kLeft, kHeight - 4, "start"_html, time_label(points.front().start, whole)),
            axis_label(kWidth, kHeight - 4, "end"_html, "now"), "</svg>"_html);
    return out;
}

}  // namespace candor::page
