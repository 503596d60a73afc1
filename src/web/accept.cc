#include "web/accept.h"

#include "web/http_text.h"

namespace candor::web {
namespace {

// qvalue of RFC 9110 §12.4.2: 0, 1, 0.xxx or 1.000.
int parse_quality(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    if (text.size() > 1 && text[1] != '.') return 0;
    int value = (text[0] - '0') * 1000;
    int unit = 100;
    for (const char c : text.size() > 2 ? text.substr(2) : std::string_view{}) {
        if (!is_digit(c)) return 0;
        value += (c - '0') * unit;
        unit /= 10;
    }
    return value > 1000 ? 0 : value;
}

}  // namespace

int quality_of(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view item = next_item(parameters, ';');
        if (item.size() >= 2 && to_lower(item[0]) == 'q' && item[1] == '=') {
            return parse_quality(item.substr(2));
        }
    }
    return 1000;
}

AcceptedEncodings accepted_encodings(std::string_view header) {
    int gzip = -1;
    int brotli = -1;
    int any = 0;
    while (!header.empty()) {
        std::string_view item = next_item(header, ',');
        const std::string_view name = next_item(item, ';');
        if (name.empty()) continue;
        const int q = item.empty() ? 1000 : quality_of(item);
        if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) {
            gzip = q;
        } else if (equals_ignoring_case(name, "br")) {
            brotli = q;
        } else if (name == "*") {
            any = q;
        }
    }
    return {.gzip = (gzip < 0 ? any : gzip) > 0, .brotli = (brotli < 0 ? any : brotli) > 0};
}

bool prefers_openmetrics(std::string_view header) {
    int open = 0;
    int text = -1;
    int any = 0;
    while (!header.empty()) {
        std::string_view item = next_item(header, ',');
        const std::string_view type = next_item(item, ';');
        const int q = quality_of(item);
        if (equals_ignoring_case(type, "application/openmetrics-text")) {
            std::string_view rest = item;
            bool other_version = false;
            while (!rest.empty()) {
                const std::string_view parameter = next_item(rest, ';');
                other_version |= parameter.starts_with("version=") && parameter != "version=1.0.0";
            }
            if (!other_version && q > open) open = q;
        } else if (equals_ignoring_case(type, "text/plain")) {
            if (q > text) text = q;
        } else if (type == "*/*" || equals_ignoring_case(type, "text/*")) {
            if (q > any) any = q;
        }
    }
    return open > 0 && open >= (text < 0 ? any : text);
}

bool matches_etag(std::string_view header, std::string_view etag) {
    if (header == "*") return true;
    while (!header.empty()) {
        std::string_view item = next_item(header, ',');
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item == etag) return true;
    }
    return false;
}

}  // namespace candor::web
