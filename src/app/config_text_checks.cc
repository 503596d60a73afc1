// The checks of one text each that the field tables name (config_value.h).
#include <algorithm>
#include <filesystem>

#include "app/config_node.h"
#include "app/config_value.h"

namespace candor::app {

namespace {

bool is_lower_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alnum(char c) {
    return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}
bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 127;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
}

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

constexpr std::string_view kHostHint = "write a name like db.example.net or an address";

}  // namespace

std::optional<Complaint> check_id(std::string_view text) {
    const auto good = [](char c) { return is_lower_alnum(c) || c == '-'; };
    if (!text.empty() && text.size() <= kIdBytesMax &&
        std::all_of(text.begin(), text.end(), good)) {
        return std::nullopt;
    }
    return Complaint{"is not an id", "use 1 to 64 of a-z, 0-9 and -, like web-frontend"};
}

std::optional<Complaint> check_name(std::string_view text) {
    if (has_control(text)) return Complaint{"holds a control character", "keep it on one line"};
    const std::size_t count = count_characters(text);
    if (count >= 1 && count <= kNameCharactersMax) return std::nullopt;
    return Complaint{"must have 1 to 120 characters, but has " + std::to_string(count),
                     "readers see it on a phone: keep it short"};
}

std::optional<Complaint> check_description(std::string_view text) {
    if (has_control(text)) return Complaint{"holds a control character", "keep it on one line"};
    if (!text.empty()) return std::nullopt;
    return Complaint{"is empty", "say something, or remove the line"};
}

std::optional<Complaint> check_page_url(std::string_view text) {
    const auto parts = parse_http_url(text);
    if (!parts) return parts.error();
    if (!parts->has_path) return std::nullopt;
    return Complaint{"must end after the host",
                     "write it like https://status.example.net, "
                     "without a slash at the end"};
}

std::optional<Complaint> check_link(std::string_view text) {
    if (text.starts_with("mailto:") && text.size() > 7 && text.size() <= kUrlBytesMax &&
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; })) {
        return std::nullopt;
    }
    const auto parts = parse_http_url(text);
    if (parts) return std::nullopt;
    return Complaint{parts.error().message, "write https://… or mailto:someone@example.net"};
}

std::optional<Complaint> check_http_url(std::string_view text) {
    const auto parts = parse_http_url(text);
    if (parts) return std::nullopt;
    return parts.error();
}

std::optional<Complaint> check_host(std::string_view text) {
    const auto good = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; };
    if (is_numeric_host(text)) return std::nullopt;
    if (!text.empty() && text.size() <= 253 && is_alnum(text.front()) &&
        std::all_of(text.begin(), text.end(), good) && text.find("..") == std::string_view::npos) {
        return std::nullopt;
    }
    return Complaint{"is not a host name or address", std::string(kHostHint)};
}

std::optional<Complaint> check_host_port(std::string_view text) {
    if (parse_host_port(text)) return std::nullopt;
    return Complaint{"is not a host and port", "write it like db.example.net:5432 or [::1]:5432"};
}

std::optional<Complaint> check_listen(std::string_view text) {
    if (parse_listen_address(text)) return std::nullopt;
    return Complaint{"is not a numeric address and port",
                     "write it like 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080"};
}

std::optional<Complaint> check_resolver(std::string_view text) {
    const auto address = parse_host_port(is_numeric_host(text) && text.find(':') != text.npos
                                             ? "[" + std::string(text) + "]"
                                             : std::string(text),
                                         std::uint16_t{53});
    if (address && is_numeric_host(address->host)) return std::nullopt;
    return Complaint{"is not a resolver's address", "write it like 192.0.2.53 or 192.0.2.53:5353"};
}

std::optional<Complaint> check_domain_name(std::string_view text) {
    const std::string_view name = text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
    const auto good = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; };
    const bool ends_well = !name.empty() && name.front() != '.' && name.back() != '.';
    if (ends_well && name.size() <= 253 && std::all_of(name.begin(), name.end(), good) &&
        name.find("..") == std::string_view::npos) {
        return std::nullopt;
    }
    return Complaint{"is not a domain name", "write it like api.example.net"};
}

std::optional<Complaint> check_storage_url(std::string_view text) {
    if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
        return Complaint{"PostgreSQL is not available in this version",
                         "use sqlite:FOLDER for now"};
    }
    if (text.starts_with("sqlite:") && text.size() > 7 && !has_control(text)) return std::nullopt;
    return Complaint{"is not a place to store", "write sqlite:FOLDER, like sqlite:data"};
}

std::optional<Complaint> check_anchor(std::string_view text) {
    if (text.starts_with("tcp:")) {
        if (parse_host_port(text.substr(4))) return std::nullopt;
        return Complaint{"is not tcp:HOST:PORT", "write it like tcp:192.0.2.1:53"};
    }
    if (text.find("://") != std::string_view::npos) return check_http_url(text);
    return Complaint{"is not an anchor",
                     "write tcp:HOST:PORT or a URL of something that is up "
                     "whenever the network is"};
}

std::optional<Complaint> check_json_pointer(std::string_view text) {
    bool good = text.empty() || text.starts_with('/');
    for (std::size_t i = 0; good && i < text.size(); ++i) {
        if (text[i] != '~') continue;
        good = i + 1 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1');
    }
    if (good) return std::nullopt;
    return Complaint{"is not a JSON pointer",
                     "write it like /status/db (RFC 6901); ~1 stands for / "
                     "inside a name and ~0 for ~"};
}

std::optional<Complaint> check_argument(std::string_view text) {
    if (text.size() <= 4096) return std::nullopt;
    return Complaint{"is longer than 4096 bytes", "put long input into a file"};
}

std::optional<Complaint> check_header_name(std::string_view text) {
    const auto good = [](char c) {
        return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    if (text.empty() || text.size() > 128 || !std::all_of(text.begin(), text.end(), good)) {
        return Complaint{"is not a header name", "write it like Authorization"};
    }
    std::string name(text);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const std::string_view ours : {"content-length", "transfer-encoding", "connection"}) {
        if (name == ours) return Complaint{"is set by Candor itself", "remove this header"};
    }
    return std::nullopt;
}

std::optional<Complaint> check_header_value(std::string_view text) {
    const auto bad = [](char c) { return is_control(c) && c != '\t'; };
    if (text.size() <= 8192 && std::none_of(text.begin(), text.end(), bad)) return std::nullopt;
    return Complaint{"is not a header value", "one line of at most 8 KiB"};
}

}  // namespace candor::app
