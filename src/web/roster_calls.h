// Users and tokens as admins see and change them.
//
// A change names the version it is about (If-Match), so that two admins do not undo each other's
// work unseen. A token is told once, when it is made; later only what it is for.
#pragma once

#include "web/account_call.h"

namespace candor::web {

// For the handlers kUsers to kRevokeToken of the route table.
void answer_roster_call(const AccountPorts& ports, AccountCall call, AnswerLater later);

// A new token lives this long when nothing is said, and at most kTokenLifeMax.
inline constexpr Duration kTokenLife = days(365);
inline constexpr Duration kTokenLifeMax = days(3650);

}  // namespace candor::web
