// Formats response heads and small answers into a byte buffer. Pure.
//
// Every answer carries the security headers of docs/http.md; nothing else in web writes a status
// line. Date comes in as text, because the clock belongs to the worker.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "page/site.h"

namespace candor::web {

// What the request and the server decide about any answer to it.
struct Envelope {
    std::string_view date;  // IMF-fixdate
    bool http11 = true;
    bool keep_alive = true;  // after this answer
    bool head_only = false;  // HEAD: the body is counted but not sent
    bool hsts = false;
};

struct Answer {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    page::CacheClass cache = page::CacheClass::kNoStore;
    std::string extra;  // complete header lines, each with its CR LF
};

std::string_view reason_phrase(int status);

// Status line, Date, Connection and security headers; the caller adds more lines and the blank one.
void append_head_start(std::string& out, int status, const Envelope& envelope);

void append_answer(std::string& out, const Answer& answer, const Envelope& envelope);

// RFC 9457. `detail` says what is wrong and how to mend it; escaped here.
Answer problem(int status, std::string_view title, std::string_view detail);

std::string json_quote(std::string_view text);

}  // namespace candor::web
