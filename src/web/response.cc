#include "web/response.h"

#include "web/routes.h"

namespace candor::web {
namespace {

constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; "
    "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";
constexpr std::string_view kHsts = "Strict-Transport-Security: max-age=31536000\r\n";

}  // namespace

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 302: return "Found";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "Status";
    }
}

void append_head_start(std::string& out, int status, const Envelope& envelope) {
    if (status == 200) {
        out += "HTTP/1.1 200 OK\r\nDate: ";
    } else {
        out += "HTTP/1.1 ";
        out += std::to_string(status);
        out += ' ';
        out += reason_phrase(status);
        out += "\r\nDate: ";
    }
    out += envelope.date;
    if (!envelope.keep_alive) {
        out += "\r\nConnection: close\r\n";
    } else if (!envelope.http11) {
        out += "\r\nConnection: keep-alive\r\n";
    } else {
        out += "\r\n";
    }
    out += kSecurityHeaders;
    if (envelope.hsts) out += kHsts;
}

void append_answer(std::string& out, const Answer& answer, const Envelope& envelope) {
    append_head_start(out, answer.status, envelope);
    out += "Cache-Control: ";
    out += cache_control(answer.cache);
    out += "\r\n";
    out += answer.extra;
    if (answer.status != 204 && answer.status != 304) {
        out += "Content-Type: ";
        out += answer.content_type;
        out += "\r\nContent-Length: ";
        out += std::to_string(answer.body.size());
        out += "\r\n\r\n";
        if (!envelope.head_only) out += answer.body;
    } else {
        out += "\r\n";
    }
}

std::string json_quote(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto b = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (b < 0x20) {
            out += "\\u00";
            out += kHex[b >> 4];
            out += kHex[b & 15];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

Answer problem(int status, std::string_view title, std::string_view detail) {
    Answer answer;
    answer.status = status;
    answer.content_type = "application/problem+json";
    answer.body = "{\"type\":\"about:blank\",\"title\":" + json_quote(title) +
                  ",\"status\":" + std::to_string(status) + ",\"detail\":" + json_quote(detail) +
                  "}\n";
    return answer;
}

}  // namespace candor::web
