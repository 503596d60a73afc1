// Signing in and out, and what people change of their own account.
//
// An unknown address, a wrong password and a wrong code take the same steps, the same time and have
// the same answer. Every try counts (access/login_throttle.h) until one succeeds.
#pragma once

#include "web/account_call.h"

namespace candor::web {

// For the handlers kSignIn to kSetUp of the route table.
void answer_session_call(const AccountPorts& ports, AccountCall call, AnswerLater later);

}  // namespace candor::web
