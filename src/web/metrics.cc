#include "web/metrics.h"

#include <array>
#include <charconv>
#include <cmath>

namespace candor::web {
namespace {

enum class Form : std::uint8_t { kText, kOpen };

std::string escape(std::string_view text, bool quotes) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '"' && quotes) {
            out += "\\\"";
        } else {
            out += c;
        }
    }
    return out;
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return std::string(buffer.data(), end);
}

std::string_view type_name(MetricType type, Form form) {
    switch (type) {
        case MetricType::kCounter: return "counter";
        case MetricType::kGauge: return "gauge";
        case MetricType::kHistogram: return "histogram";
        case MetricType::kInfo: return form == Form::kOpen ? "info" : "gauge";
    }
    return "gauge";
}

// What every sample of the family ends in.
std::string_view sample_ending(MetricType type) {
    if (type == MetricType::kCounter) return "_total";
    return type == MetricType::kInfo ? "_info" : "";
}

void append_metadata(std::string& out, const MetricFamily& family, Form form) {
    // The text form names a counter with its ending, OpenMetrics without it.
    const std::string name =
        form == Form::kText ? family.name + std::string(sample_ending(family.type)) : family.name;
    const std::string type =
        "# TYPE " + name + " " + std::string(type_name(family.type, form)) + "\n";
    const std::string help =
        "# HELP " + name + " " + escape(family.help, form == Form::kOpen) + "\n";
    if (form == Form::kText) {
        out += help + type;
        return;
    }
    out += type;
    if (!family.unit.empty()) out += "# UNIT " + name + " " + family.unit + "\n";
    out += help;
}

void append_sample(std::string& out, const MetricFamily& family, const MetricSample& sample) {
    out += family.name;
    out += sample.suffix;
    out += sample_ending(family.type);
    if (!sample.labels.empty()) {
        char separator = '{';
        for (const auto& [name, value] : sample.labels) {
            out += separator;
            out += name + "=\"" + escape(value, true) + "\"";
            separator = ',';
        }
        out += '}';
    }
    out += ' ';
    out += number(sample.value);
    out += '\n';
}

std::string render(const std::vector<MetricFamily>& families, Form form) {
    std::string out;
    for (const MetricFamily& family : families) {
        append_metadata(out, family, form);
        for (const MetricSample& sample : family.samples) append_sample(out, family, sample);
    }
    if (form == Form::kOpen) out += "# EOF\n";
    return out;
}

}  // namespace

std::string render_text_metrics(const std::vector<MetricFamily>& families) {
    return render(families, Form::kText);
}

std::string render_open_metrics(const std::vector<MetricFamily>& families) {
    return render(families, Form::kOpen);
}

}  // namespace candor::web
