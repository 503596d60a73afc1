#include "app/config_value.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace candor::app {

namespace {

struct Unit {
    std::string_view suffix;
    std::int64_t ms;
};
// Longest first, so that "ms" is not read as "s" nor as "m".
constexpr std::array kUnits = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000},
                               Unit{"h", 3'600'000}, Unit{"d", 86'400'000}};
constexpr std::int64_t kCountMax = 1'000'000'000;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::optional<std::uint16_t> parse_port(std::string_view text, std::int64_t min) {
    if (text.empty() || text.size() > 5 || text[0] == '-') return std::nullopt;
    const auto port = parse_integer(text);
    if (!port || *port < min || *port > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*port);
}

// Splits "host:port", "[v6]:port", "host", "[v6]"; the port part is "" when absent.
std::optional<std::pair<std::string_view, std::string_view>> split_host(std::string_view text) {
    std::size_t colon = std::string_view::npos;
    std::string_view host = text;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        host = text.substr(1, end - 1);
        if (end + 1 < text.size()) colon = end + 1;
        if (colon != std::string_view::npos && text[colon] != ':') return std::nullopt;
        if (host.find(':') == std::string_view::npos) return std::nullopt;
    } else {
        colon = text.find(':');
        if (colon != std::string_view::npos) host = text.substr(0, colon);
    }
    if (colon == std::string_view::npos) return std::pair{host, std::string_view()};
    const std::string_view port = text.substr(colon + 1);
    if (port.empty()) return std::nullopt;
    return std::pair{host, port};
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

std::optional<Duration> parse_duration(std::string_view text) {
    for (const Unit& unit : kUnits) {
        if (!text.ends_with(unit.suffix)) continue;
        const auto count = parse_integer(text.substr(0, text.size() - unit.suffix.size()));
        if (!count || *count < 0 || *count > kCountMax || text[0] == '-') return std::nullopt;
        return Duration{*count * unit.ms};
    }
    return std::nullopt;
}

std::string format_duration(Duration d) {
    const Unit* best = &kUnits[1];
    for (const Unit& unit : kUnits) {
        if (d.ms != 0 && d.ms % unit.ms == 0) best = &unit;
    }
    return std::to_string(d.ms / best->ms) + std::string(best->suffix);
}

std::optional<Confirmation> parse_confirmation(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto k = parse_integer(text.substr(0, slash));
    const auto n = parse_integer(text.substr(slash + 1));
    if (!k || !n || *k < 1 || *k > *n || *n > kConfirmationWindowMax) return std::nullopt;
    return Confirmation{*k, *n};
}

bool is_numeric_host(std::string_view host) {
    std::array<unsigned char, 16> bytes{};
    const std::string text(host);
    return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool is_loopback(std::string_view numeric_host) {
    return numeric_host.starts_with("127.") || numeric_host == "::1";
}

std::optional<HostPort> parse_host_port(std::string_view text,
                                        std::optional<std::uint16_t> default_port) {
    const auto parts = split_host(text);
    if (!parts || check_host(parts->first)) return std::nullopt;
    const auto port = parts->second.empty() ? default_port : parse_port(parts->second, 1);
    if (!port) return std::nullopt;
    return HostPort{lower(parts->first), *port};
}

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
    const auto parts = split_host(text);
    if (!parts || !is_numeric_host(parts->first)) return std::nullopt;
    const auto port = parse_port(parts->second, 0);
    if (!port) return std::nullopt;
    return ListenAddress{std::string(parts->first), *port};
}

std::string format_address(const ListenAddress& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

std::expected<UrlParts, Complaint> parse_http_url(std::string_view text) {
    const auto bad = [](std::string message, std::string hint) {
        return std::unexpected(Complaint{std::move(message), std::move(hint)});
    };
    const std::string example = "write it like https://host.example/path";
    const std::size_t mark = text.find("://");
    UrlParts parts;
    if (mark != std::string_view::npos) parts.scheme = lower(text.substr(0, mark));
    if (parts.scheme != "http" && parts.scheme != "https") {
        return bad("is not an http or https URL", example);
    }
    if (text.size() > kUrlBytesMax) return bad("is longer than 2048 bytes", "shorten the URL");
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; })) {
        return bad("has a character that a URL cannot hold",
                   "percent-encode spaces and letters outside ASCII");
    }
    std::string_view rest = text.substr(mark + 3);
    const std::size_t end = rest.find_first_of("/?#");
    parts.has_path = end != std::string_view::npos;
    const std::string_view authority = rest.substr(0, end);
    if (authority.find('@') != std::string_view::npos) {
        return bad("has a user or password in front of the host",
                   "send them as a header instead: headers: { Authorization: \"Basic "
                   "${BASIC_CREDENTIALS}\" }");
    }
    const auto host = parse_host_port(
        authority, parts.scheme == "https" ? std::uint16_t{443} : std::uint16_t{80});
    if (!host) return bad("has no valid host and port", example);
    parts.host = host->host;
    parts.port = host->port;
    return parts;
}

}  // namespace candor::app
