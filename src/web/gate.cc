#include "web/gate.h"

#include "access/secret.h"
#include "access/session_table.h"
#include "web/api.h"
#include "web/http_text.h"

namespace candor::web {
namespace {

constexpr std::string_view kLocalCookie = "candor-local";
constexpr std::string_view kSecureCookie = "__Host-candor";

bool changes_something(Method method) {
    return method != Method::kGet && method != Method::kHead && method != Method::kOptions;
}

// "Bearer X" without the scheme; "" when it is another scheme.
std::string_view bearer_in(std::string_view authorization) {
    constexpr std::string_view kScheme = "bearer ";
    if (authorization.size() <= kScheme.size()) return {};
    if (!equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
    return trim_blanks(authorization.substr(kScheme.size()));
}

bool same_authority(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    }
    return true;
}

// With us, or with the proxy in front of us.
bool speaks_tls(const RequestHead& head, const Peer& peer) {
    return peer.tls || (peer.proxy && equals_ignoring_case(head.forwarded_proto, "https"));
}

// Told by the browser, which a page cannot make lie; of a header that is there.
bool names_another_site(std::string_view sec_fetch_site) {
    return !equals_ignoring_case(sec_fetch_site, "same-origin") &&
           !equals_ignoring_case(sec_fetch_site, "none");
}

// Of an Origin that is there; true for "null" among others.
bool is_another_origin(const RequestHead& head) {
    const std::size_t scheme_end = head.origin.find("://");
    return scheme_end == std::string_view::npos ||
           !same_authority(head.origin.substr(scheme_end + 3), head.host);
}

bool asked_by_another_site(const RequestHead& head, const Peer& peer) {
    if (!head.sec_fetch_site.empty() && names_another_site(head.sec_fetch_site)) return true;
    if (head.origin.empty()) return false;
    // A page that came in the clear may be anybody's, also under our name.
    const std::string_view scheme = head.origin.substr(0, head.origin.find("://"));
    if (!equals_ignoring_case(scheme, "https") && speaks_tls(head, peer)) return true;
    return is_another_origin(head);
}

// The same for pages that send no referrer, whose forms therefore have `Origin: null`: what the
// browser says of the site counts, and an old one that does not say it is believed that null.
bool sent_by_another_site(const RequestHead& head) {
    if (!head.sec_fetch_site.empty()) return names_another_site(head.sec_fetch_site);
    return !head.origin.empty() && head.origin != "null" && is_another_origin(head);
}

Answer unauthorized() {
    return answer_error({ErrorCode::kUnauthorized,
                         "no valid credentials; sign in, or send \"Authorization: Bearer\" with a "
                         "token that has not expired"});
}

Answer forbidden(std::string_view why) {
    return problem(403, reason_phrase(403), why);
}

Answer foreign_form() {
    Answer answer;
    answer.status = 403;
    answer.body = "Another site has sent this form. Please send it from the status page itself.\n";
    return answer;
}

bool knows_csrf_token(const RequestHead& head, std::string_view id) {
    return access::same_digest(access::digest_of(head.csrf_token),
                               access::digest_of(access::csrf_token(id)));
}

bool names_this_machine(std::string_view host) {
    const bool bracketed = host.starts_with('[');
    const std::size_t end = bracketed ? host.find(']') : host.find(':');
    const std::string_view name =
        bracketed ? host.substr(0, end == host.npos ? end : end + 1) : host.substr(0, end);
    return equals_ignoring_case(name, "localhost") || name == "[::1]" || name.starts_with("127.");
}

}  // namespace

std::optional<AccessScope> scope_of(Access access) {
    switch (access) {
        case Access::kAnyone:
        case Access::kOurPages:
        case Access::kLoopback: return std::nullopt;
        case Access::kRead: return AccessScope::kRead;
        case Access::kIntake: return AccessScope::kIntake;
        case Access::kRespond: return AccessScope::kRespond;
        case Access::kAdmin: return AccessScope::kAdmin;
    }
    return AccessScope::kAdmin;
}

bool is_local(const RequestHead& head, const Peer& peer) {
    return peer.loopback && !peer.tls && !head.was_forwarded && names_this_machine(head.host);
}

std::string_view session_id(std::string_view cookie_header, bool local) {
    const std::string_view wanted = local ? kLocalCookie : kSecureCookie;
    std::string_view found;
    while (!cookie_header.empty()) {
        const std::string_view pair = next_item(cookie_header, ';');
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != wanted) continue;
        if (!found.empty()) return {};
        found = pair.substr(equals + 1);
    }
    return found;
}

std::string set_cookie_line(std::string_view id, bool local) {
    return "Set-Cookie: " + std::string(local ? kLocalCookie : kSecureCookie) + "=" +
           std::string(id) + "; Path=/; HttpOnly; SameSite=Strict" + (local ? "" : "; Secure") +
           "\r\n";
}

std::string drop_cookie_line(bool local) {
    return "Set-Cookie: " + std::string(local ? kLocalCookie : kSecureCookie) +
           "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict" + (local ? "" : "; Secure") + "\r\n";
}

std::string network_name(const RequestHead& head, const Peer& peer) {
    Network network = peer.network;
    if (peer.proxy) {
        network = network_of(client_address(*peer.proxies, peer.address, head.forwarded()));
    }
    return {reinterpret_cast<const char*>(network.data()), network.size()};
}

Judgement judge(access::Gatekeeper* keeper, const Route& route, const RequestHead& head,
                const Peer& peer) {
    const bool changes = changes_something(head.method);
    const bool console_only = route.listeners == kConsoleListener;
    const std::optional<AccessScope> needed = scope_of(route.access);
    if (!needed) {
        // A sign-in that another site has prepared would be theirs, not the person's.
        if (console_only && changes && asked_by_another_site(head, peer)) {
            return {{}, forbidden("this call may come from Candor's own pages only")};
        }
        if (route.access == Access::kOurPages && changes && sent_by_another_site(head)) {
            return {{}, foreign_form()};
        }
        return {};
    }
    if (keeper == nullptr) return {{}, unauthorized()};
    if (!head.authorization.empty()) {
        const auto caller = keeper->by_bearer(bearer_in(head.authorization));
        if (!caller) return {{}, unauthorized()};
        if (caller->scopes.holds(*needed)) return {*caller, std::nullopt};
        return {*caller, forbidden("this token lacks the scope " + std::string(name_of(*needed)))};
    }
    const std::string_view id = session_id(head.cookie, is_local(head, peer));
    const auto caller = keeper->by_session(id);
    if (!caller) return {{}, unauthorized()};
    if (changes && (asked_by_another_site(head, peer) || !knows_csrf_token(head, id))) {
        return {*caller, forbidden("send X-CSRF-Token as GET /api/v1/session tells it, from "
                                   "Candor's own pages")};
    }
    if (caller->scopes.holds(*needed)) return {*caller, std::nullopt};
    return {*caller, forbidden("your role does not include this; ask an admin")};
}

}  // namespace candor::web
