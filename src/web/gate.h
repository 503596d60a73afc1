// The one gate of the console: who asks, and may they? Decided by the route table's access column.
//
// A bearer token or a session cookie, never both: a token that is presented is the one that counts.
// What a browser sends by itself (a cookie) is not enough for a change: the page must also be ours
// (Origin, Sec-Fetch-Site) and know the session's CSRF token. Pure but for the gatekeeper it asks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/gatekeeper.h"
#include "web/client.h"
#include "web/http_request.h"
#include "web/network_cap.h"
#include "web/response.h"
#include "web/routes.h"

namespace candor::web {

// Who is connected.
struct Peer {
    ListenerSet listeners = 0;
    bool loopback = false;
    bool tls = false;    // spoken on this very connection
    bool proxy = false;  // one that the operator has listed: it is believed whom it speaks for
    IpAddress address = {};
    Network network{};
    TrustedProxiesPtr proxies = {};  // with `proxy`, as they were when it connected
};

struct Judgement {
    access::Caller caller;
    std::optional<Answer> refusal;
};

// 401 without valid credentials, 403 when they do not reach, or when another site is asking. With
// no gatekeeper, only what is open to anyone is let in.
Judgement judge(access::Gatekeeper* keeper, const Route& route, const RequestHead& head,
                const Peer& peer);

// The scope that the column asks for; none for routes that are open.
std::optional<AccessScope> scope_of(Access access);

// A browser on this machine that speaks to us without TLS: then the cookie is called `candor-local`
// and is not Secure. Everywhere else it is `__Host-candor`, which browsers take over TLS only.
bool is_local(const RequestHead& head, const Peer& peer);

// The id in the cookie of this kind; "" when it is absent or there are two.
std::string_view session_id(std::string_view cookie_header, bool local);
// Set-Cookie lines; no Max-Age, so that the cookie ends with the browser.
std::string set_cookie_line(std::string_view id, bool local);
std::string drop_cookie_line(bool local);

// What a sign-in is counted against: the network of whoever asks, behind listed proxies.
std::string network_name(const RequestHead& head, const Peer& peer);

}  // namespace candor::web
