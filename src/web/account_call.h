// One call about sessions, users or tokens, taken out of its request (web/session_calls.h,
// web/roster_calls.h answer it).
//
// Answers come through AnswerLater, from any thread, exactly once: a password takes 80 ms of
// somebody else's thread, a change is answered when it is durable. Nothing here outlives the
// gatekeeper and the operator port.
#pragma once

#include <functional>
#include <string>

#include "access/gatekeeper.h"
#include "ports/operator.h"
#include "web/response.h"
#include "web/routes.h"

namespace candor::web {

struct AccountCall {
    Handler handler = Handler::kSession;
    std::string id;  // the path's variable segment
    std::string query;
    std::string body;
    access::Caller caller;
    bool local = false;   // which cookie (web/gate.h)
    std::string session;  // the id that the browser sent; may be empty or foreign
    std::string network;  // whom tries are counted against
    std::string if_match;
    std::string if_none_match;
};

struct AccountPorts {
    access::Gatekeeper* keeper = nullptr;
    Operator* commands = nullptr;
};

using AnswerLater = std::function<void(Answer)>;

}  // namespace candor::web
