// Texts of the configuration as typed values: durations, k/n, addresses, URLs, ids.
//
// Pure functions on one scalar each. They know formats, not fields; errors are complaints that
// the binder puts at the scalar's place (config_bind.h).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/config_problem.h"
#include "base/time.h"
#include "model/check.h"

namespace candor::app {

inline constexpr std::size_t kIdBytesMax = 64;
inline constexpr std::size_t kNameCharactersMax = 120;
inline constexpr std::size_t kUrlBytesMax = 2048;

// "500ms", "10s", "5m", "2h", "35d": a whole number and one unit.
std::optional<Duration> parse_duration(std::string_view text);
// The shortest such text of a duration: "90s", "1h".
std::string format_duration(Duration d);

// "4/5": 1 <= k <= n <= kConfirmationWindowMax.
std::optional<Confirmation> parse_confirmation(std::string_view text);

// Decimal digits with an optional minus; nothing when out of range.
std::optional<std::int64_t> parse_integer(std::string_view text);

struct HostPort {
    std::string host;  // lower case, without brackets
    std::uint16_t port = 0;
};
// "host:port" or "[v6]:port" with port 1..65535. `default_port` allows leaving the port out.
std::optional<HostPort> parse_host_port(std::string_view text,
                                        std::optional<std::uint16_t> default_port = std::nullopt);
// The same with a numeric address and port 0..65535, for sockets of our own.
std::optional<ListenAddress> parse_listen_address(std::string_view text);
std::string format_address(const ListenAddress& address);  // "[::1]:80" for IPv6

bool is_numeric_host(std::string_view host);  // IPv4 or IPv6 without brackets
bool is_loopback(std::string_view numeric_host);

struct UrlParts {
    std::string scheme;  // lower case
    std::string host;    // lower case, without brackets
    std::uint16_t port = 0;
    bool has_path = false;  // anything after the authority, even "/"
};
// An absolute http or https URL of printable ASCII without user and password.
std::expected<UrlParts, Complaint> parse_http_url(std::string_view text);

// Checks of one text each, for the field tables: nothing when it is fine.
using TextCheck = std::optional<Complaint> (*)(std::string_view);
std::optional<Complaint> check_id(std::string_view text);
std::optional<Complaint> check_name(std::string_view text);
std::optional<Complaint> check_page_url(std::string_view text);
std::optional<Complaint> check_link(std::string_view text);  // http, https or mailto
std::optional<Complaint> check_http_url(std::string_view text);
std::optional<Complaint> check_host(std::string_view text);
std::optional<Complaint> check_host_port(std::string_view text);
std::optional<Complaint> check_listen(std::string_view text);
std::optional<Complaint> check_resolver(std::string_view text);
std::optional<Complaint> check_domain_name(std::string_view text);
std::optional<Complaint> check_storage_url(std::string_view text);
std::optional<Complaint> check_anchor(std::string_view text);
std::optional<Complaint> check_json_pointer(std::string_view text);
std::optional<Complaint> check_argument(std::string_view text);
std::optional<Complaint> check_time_zone(std::string_view text);
std::optional<Complaint> check_schedule(std::string_view text);
std::optional<Complaint> check_wall_time(std::string_view text);
std::optional<Complaint> check_recurrence(std::string_view text);
std::optional<Complaint> check_description(std::string_view text);
std::optional<Complaint> check_header_name(std::string_view text);
std::optional<Complaint> check_header_value(std::string_view text);

}  // namespace candor::app
