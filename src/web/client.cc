#include "web/client.h"

#include <algorithm>

#include "web/http_text.h"

namespace candor::web {
namespace {

// The entry after the last comma, taken off the line.
std::string_view take_last(std::string_view& line) {
    const std::size_t comma = line.rfind(',');
    const std::string_view entry = comma == std::string_view::npos ? line : line.substr(comma + 1);
    line = comma == std::string_view::npos ? std::string_view() : line.substr(0, comma);
    return trim_blanks(entry);
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_trusted_proxy(const TrustedProxies& trusted, const IpAddress& address) {
    return std::ranges::any_of(trusted, [&](const IpRange& one) { return one.holds(address); });
}

std::optional<IpAddress> forwarded_address(std::string_view entry) {
    if (entry.starts_with('[')) {
        const std::size_t end = entry.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view rest = entry.substr(end + 1);
        if (!rest.empty() && !(rest.front() == ':' && is_port(rest.substr(1)))) {
            return std::nullopt;
        }
        return IpAddress::parse(entry.substr(1, end - 1));
    }
    const std::size_t colon = entry.find(':');
    const bool has_port = colon != std::string_view::npos && entry.rfind(':') == colon;
    if (!has_port) return IpAddress::parse(entry);
    if (!is_port(entry.substr(colon + 1))) return std::nullopt;
    return IpAddress::parse(entry.substr(0, colon));
}

IpAddress client_address(const TrustedProxies& trusted, const IpAddress& peer,
                         std::span<const std::string_view> lines) {
    IpAddress client = peer;
    std::size_t hops = 0;
    for (std::size_t i = lines.size(); i > 0; --i) {
        std::string_view line = lines[i - 1];
        while (!line.empty()) {
            if (!is_trusted_proxy(trusted, client) || hops++ == kForwardedHopsMax) return client;
            const auto before = forwarded_address(take_last(line));
            if (!before) return client;
            client = *before;
        }
    }
    return client;
}

Network network_of(const IpAddress& address) {
    Network network{};
    if (address.is_v4()) {
        std::copy_n(address.bytes.begin() + 12, 3, network.begin() + 1);
        return network;
    }
    network[0] = 6;
    std::copy_n(address.bytes.begin(), 6, network.begin() + 1);
    return network;
}

}  // namespace candor::web
