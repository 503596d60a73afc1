#include "web/console_host.h"

#include <arpa/inet.h>

#include <algorithm>

#include "web/http_text.h"

namespace candor::web {
namespace {

std::string_view without_port(std::string_view host) {
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        return end == std::string_view::npos ? host : host.substr(0, end + 1);
    }
    return host.substr(0, host.find(':'));
}

bool is_address(std::string_view host) {
    if (host.starts_with('[')) return true;  // only an address stands in brackets
    in_addr address{};
    return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

bool is_loopback_name(std::string_view host) {
    constexpr std::string_view kSuffix = ".localhost";  // RFC 6761
    return host.size() > kSuffix.size() &&
           equals_ignoring_case(host.substr(host.size() - kSuffix.size()), kSuffix);
}

}  // namespace

bool is_console_host(std::string_view host, std::span<const std::string> names) {
    host = without_port(host);
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.find('.') == std::string_view::npos) return true;
    return is_address(host) || is_loopback_name(host) ||
           std::ranges::any_of(
               names, [host](const std::string& name) { return equals_ignoring_case(host, name); });
}

}  // namespace candor::web
