// Pages that are not worth keeping pre-rendered: history, long ranges, the page as it was.
//
// Implemented by app on a bounded low-priority reader; asked by web. Never blocks the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "model/ids.h"
#include "ports/revisions.h"

namespace candor {

struct PageQuery {
    std::string path;   // decoded: "/history", "/at/2026-04-04T21:05Z", "/api/v1/state"
    std::string query;  // as sent, without the question mark: "month=2026-04"
    // Of what readers and operators ask about subscriptions, and of answers to calls; else empty.
    bool changes = false;      // a POST or a DELETE
    bool removes = false;      // a DELETE
    std::string body = {};     // of a form; bounded by the route
    std::string network = {};  // whom the asking is counted against
    ActorId actor = {};        // the operator who asks
    // That operator may read the addresses of people, who are masked to others (rule 13).
    bool sees_addresses = false;
    Revisions revisions = {};  // what a change is allowed to be made to
};

struct PageAnswer {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::int64_t retry_after_s = 0;  // sent with 503; 0 leaves it out
    std::string revision = {};       // of what is shown; with 200 only, "" when it has none
};

using PageDone = std::function<void(PageAnswer)>;

class PageSource {
   public:
    virtual ~PageSource() = default;

    // Safe from any thread; returns at once. `done` runs exactly once, on any thread, also inside
    // this call. A full queue answers 503 with retry_after_s set, at once.
    virtual void render(PageQuery query, PageDone done) = 0;
};

}  // namespace candor
