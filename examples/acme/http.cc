#include "acme/http.h"

#include <sys/socket.h>

#include <array>
#include <charconv>

#include "acme/listener.h"

namespace acme {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool coded = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                           hex_digit(text[i + 2]) >= 0;
        if (coded) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

void parse_query(std::string_view text, std::map<std::string, std::string>& query) {
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? "" : pair.substr(equals + 1);
        query[percent_decoded(pair.substr(0, equals))] = percent_decoded(value);
    }
}

// The value of Content-Length, 0 without one, nothing when it is not a number.
std::optional<std::size_t> content_length(std::string_view head) {
    constexpr std::string_view kName = "content-length:";
    for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;
         line = head.find("\r\n", line + 2)) {
        std::string_view field = head.substr(line + 2, head.find("\r\n", line + 2) - line - 2);
        std::string name(field.substr(0, kName.size()));
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (name != kName) continue;
        field.remove_prefix(kName.size());
        while (field.starts_with(' ')) field.remove_prefix(1);
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        if (error != std::errc{} || end != field.data() + field.size()) return std::nullopt;
        return value;
    }
    return 0;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        default: return "Internal Server Error";
    }
}

}  // namespace

Parsed parse_request(std::string_view bytes, Request& request) {
    if (bytes.size() > kRequestBytesMax) return Parsed::kBad;
    const std::size_t head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return Parsed::kMore;
    const std::string_view head = bytes.substr(0, head_end);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const std::size_t first = line.find(' ');
    const std::size_t second = line.rfind(' ');
    if (first == std::string_view::npos || first == second) return Parsed::kBad;
    const auto length = content_length(head);
    if (!length || *length > kRequestBytesMax) return Parsed::kBad;
    const std::string_view body = bytes.substr(head_end + 4);
    if (body.size() < *length) return Parsed::kMore;

    const std::string_view target = line.substr(first + 1, second - first - 1);
    const std::size_t question = target.find('?');
    request.method = line.substr(0, first);
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) parse_query(target.substr(question + 1), request.query);
    request.body = body.substr(0, *length);
    return Parsed::kWhole;
}

std::string format_answer(const Answer& answer) {
    return "HTTP/1.1 " + std::to_string(answer.status) + " " +
           std::string(reason_of(answer.status)) +
           "\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(answer.body.size()) + "\r\nConnection: close\r\n\r\n" + answer.body;
}

void serve_http(int connection, const std::function<Answer(const Request&)>& handle) {
    std::string bytes;
    std::array<char, 4096> chunk{};
    for (;;) {
        const ssize_t got = recv(connection, chunk.data(), chunk.size(), 0);
        if (got <= 0) return;
        bytes.append(chunk.data(), static_cast<std::size_t>(got));
        Request request;
        switch (parse_request(bytes, request)) {
            case Parsed::kMore: continue;
            case Parsed::kWhole: write_all(connection, format_answer(handle(request))); return;
            case Parsed::kBad:
                write_all(connection, format_answer({400, R"({"error":"malformed request"})"}));
                return;
        }
    }
}

}  // namespace acme
