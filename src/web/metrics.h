// Metric families as values and their two wire forms: Prometheus text 0.0.4 and OpenMetrics 1.0.0.
//
// Pure. Names follow Prometheus's rules (promtool check metrics finds nothing): base units,
// counters end in _total, no ids or customers as labels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candor::web {

enum class MetricType : std::uint8_t { kCounter, kGauge, kHistogram, kInfo };

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

struct MetricSample {
    // After the family's name: "", or "_bucket", "_sum", "_count" of a histogram.
    std::string suffix;
    MetricLabels labels;
    double value = 0;
};

struct MetricFamily {
    std::string name;  // without _total and _info: "candor_http_requests"
    std::string help;  // one sentence
    MetricType type = MetricType::kGauge;
    std::string unit;  // "seconds", "bytes", …: then the name ends in it; "" for none
    std::vector<MetricSample> samples;
};

inline constexpr std::string_view kTextMetricsType = "text/plain; version=0.0.4; charset=utf-8";
inline constexpr std::string_view kOpenMetricsType =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

std::string render_text_metrics(const std::vector<MetricFamily>& families);
std::string render_open_metrics(const std::vector<MetricFamily>& families);

}  // namespace candor::web
