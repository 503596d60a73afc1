// Just enough HTTP/1.1 for a sample service: one request, one answer, then the connection closes.
//
// Not a general server: no keep-alive, no chunked bodies, no pipelining. The parser sees bytes
// only. A request larger than kRequestBytesMax is refused.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace acme {

inline constexpr std::size_t kRequestBytesMax = 64 * 1024;

struct Request {
    std::string method;
    std::string path;                          // "/directory/users"
    std::map<std::string, std::string> query;  // percent-decoded
    std::string body;
};

struct Answer {
    int status = 200;
    std::string body;  // JSON
};

enum class Parsed { kWhole, kMore, kBad };

// Fills `request` when `bytes` hold a whole one.
Parsed parse_request(std::string_view bytes, Request& request);

std::string format_answer(const Answer& answer);

// Reads one request from a connected socket, answers it.
void serve_http(int connection, const std::function<Answer(const Request&)>& handle);

}  // namespace acme
