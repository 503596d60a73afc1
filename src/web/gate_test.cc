#include "web/gate.h"

#include <gmock/gmock.h>

#include "access/secret.h"
#include "access/session_table.h"

namespace candor::web {
namespace {

using testing::HasSubstr;

class StoppedClock final : public Clock {
   public:
    Stamp now() override { return {Timestamp{1'775'350'800'000}, hours(1)}; }
    std::uint64_t entropy() override { return ++drawn_; }

   private:
    std::uint64_t drawn_ = 0;
};

constexpr std::string_view kConsole = "status.example";

// Somebody who asks: what they send, and what they hold by the rules of model/access.h.
struct Visitor {
    std::string name;
    std::string token = {};    // as a bearer
    std::string session = {};  // as a cookie
    bool known = false;
    ScopeSet scopes = {};
};

class Gate : public ::testing::Test {
   protected:
    void SetUp() override {
        std::vector<access::Person> people;
        for (const Role role : {Role::kViewer, Role::kResponder, Role::kAdmin}) {
            access::Person person;
            person.id = UserId{std::string(name_of(role))};
            person.role = role;
            person.generation = 1;
            people.push_back(person);
        }
        std::vector<access::ApiToken> tokens;
        for (const AccessScope scope : {AccessScope::kRead, AccessScope::kIntake,
                                        AccessScope::kRespond, AccessScope::kAdmin}) {
            access::ApiToken token;
            token.id = TokenId{std::string(name_of(scope))};
            token.scopes = ScopeSet{}.with(scope);
            token.record.digest =
                to_hex(access::digest_of("token of " + std::string(name_of(scope))));
            tokens.push_back(token);
            visitors_.push_back({.name = "token " + std::string(name_of(scope)),
                                 .token = "token of " + std::string(name_of(scope)),
                                 .known = true,
                                 .scopes = completed(token.scopes)});
        }
        keeper_.set_directory(std::make_shared<const access::Directory>(people, tokens));
        for (const access::Person& person : people) {
            visitors_.push_back({.name = "person " + person.id.value,
                                 .session = keeper_.sign_in(person, ""),
                                 .known = true,
                                 .scopes = scopes_of(person.role)});
        }
        visitors_.push_back({.name = "nobody"});
        visitors_.push_back({.name = "wrong token", .token = "wrong"});
        visitors_.push_back({.name = "wrong cookie", .session = std::string(64, 'a')});
        visitors_.push_back(
            {.name = "operator", .token = "operator's", .known = true, .scopes = kAllScopes});
    }

    // A change as our own page sends it, unless the head is changed afterwards.
    void fill(RequestHead& head, const Visitor& who, Method method) {
        head.method = method;
        head.host = kConsole;
        if (!who.token.empty()) {
            authorization_ = "Bearer " + who.token;
            head.authorization = authorization_;
        }
        if (who.session.empty()) return;
        cookie_ = "a=b; __Host-candor=" + who.session;
        csrf_ = access::csrf_token(who.session);
        head.cookie = cookie_;
        head.csrf_token = csrf_;
        head.origin = "https://status.example";
        head.sec_fetch_site = "same-origin";
    }
    int status_of_judging(const Route& route, const Visitor& who) {
        RequestHead head;
        const bool reads = (route.methods & kGetAllowed) != 0;
        const bool patches = (route.methods & kPatchAllowed) != 0;
        const bool removes = (route.methods & kDeleteAllowed) != 0;
        fill(head, who,
             reads     ? Method::kGet
             : patches ? Method::kPatch
             : removes ? Method::kDelete
                       : Method::kPost);
        const Judgement judged = judge(&keeper_, route, head, peer_);
        return judged.refusal ? judged.refusal->status : 0;
    }
    static int status_by_the_rules(const Route& route, const Visitor& who) {
        const auto needed = scope_of(route.access);
        if (!needed) return 0;
        if (!who.known) return 401;
        return who.scopes.holds(*needed) ? 0 : 403;
    }
    // "route: visitor" wherever `table` lets in, or keeps out, otherwise than routes() says.
    std::vector<std::string> differences(std::span<const Route> table) {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < table.size(); ++i) {
            for (const Visitor& who : visitors_) {
                if (status_of_judging(table[i], who) != status_by_the_rules(routes()[i], who)) {
                    found.push_back(std::string(table[i].name) + ": " + who.name);
                }
            }
        }
        return found;
    }
    int change(const Visitor& who, const std::function<void(RequestHead&)>& twist) {
        RequestHead head;
        fill(head, who, Method::kPost);
        twist(head);
        const Route* route = find_route(kConsoleListener, "/api/v1/incidents", Method::kPost);
        const Judgement judged = judge(&keeper_, *route, head, peer_);
        return judged.refusal ? judged.refusal->status : 0;
    }
    const Visitor& visitor(std::string_view name) {
        return *std::ranges::find(visitors_, name, &Visitor::name);
    }

    StoppedClock clock_;
    access::Gatekeeper keeper_{clock_, "operator's"};
    std::vector<Visitor> visitors_;
    Peer peer_{.listeners = kConsoleListener, .loopback = false, .network = {}};
    std::string authorization_;
    std::string cookie_;
    std::string csrf_;
};

TEST_F(Gate, every_role_and_token_reaches_exactly_its_routes) {
    EXPECT_THAT(differences(routes()), testing::IsEmpty());
    EXPECT_GE(visitors_.size(), 11U);
}

// The control: a row that was opened by mistake, and one that was closed.
TEST_F(Gate, a_wrong_row_is_found) {
    for (const auto& [name, wrong] :
         {std::pair{"users", Access::kAnyone}, std::pair{"create_token", Access::kRespond},
          std::pair{"state", Access::kAdmin}}) {
        std::vector<Route> table(routes().begin(), routes().end());
        const auto row = std::ranges::find(table, std::string_view(name), &Route::name);
        ASSERT_NE(row, table.end());
        row->access = wrong;
        const auto found = differences(table);
        ASSERT_FALSE(found.empty()) << name;
        for (const std::string& one : found) EXPECT_TRUE(one.starts_with(name)) << one;
    }
}

TEST_F(Gate, a_change_by_cookie_needs_our_page_and_its_token) {
    const Visitor& who = visitor("person responder");
    EXPECT_EQ(change(who, [](RequestHead&) {}), 0);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.csrf_token = {}; }), 403);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.csrf_token = "x"; }), 403);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.origin = "https://evil.example"; }), 403);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.origin = "null"; }), 403);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.sec_fetch_site = "cross-site"; }), 403);
    EXPECT_EQ(change(who, [](RequestHead& h) { h.sec_fetch_site = "same-site"; }), 403)
        << "a sister name of the same site is another site";
    EXPECT_EQ(change(who, [](RequestHead& h) { h.origin = h.sec_fetch_site = {}; }), 0)
        << "an old browser; the token says enough";
    EXPECT_EQ(change(visitor("token respond"), [](RequestHead&) {}), 0) << "no browser adds it";
}

TEST_F(Gate, another_sessions_csrf_token_is_worthless) {
    const std::string foreign = access::csrf_token(visitor("person admin").session);
    EXPECT_EQ(change(visitor("person responder"), [&](RequestHead& h) { h.csrf_token = foreign; }),
              403);
}

TEST_F(Gate, another_site_cannot_sign_somebody_in) {
    const Route* sign_in = find_route(kConsoleListener, "/api/v1/session", Method::kPost);
    RequestHead head;
    head.method = Method::kPost;
    head.host = kConsole;
    EXPECT_FALSE(judge(&keeper_, *sign_in, head, peer_).refusal);
    head.origin = "https://evil.example";
    ASSERT_TRUE(judge(&keeper_, *sign_in, head, peer_).refusal);
    head.origin = "https://STATUS.example";
    EXPECT_FALSE(judge(&keeper_, *sign_in, head, peer_).refusal);
}

TEST_F(Gate, another_site_cannot_send_a_readers_form) {
    const auto status = [&](std::string_view path, std::string_view origin, std::string_view site) {
        RequestHead head;
        head.method = Method::kPost;
        head.host = "status.example";
        head.origin = origin;
        head.sec_fetch_site = site;
        const Judgement judged =
            judge(&keeper_, *find_route(kPublicListener, path, Method::kPost), head, peer_);
        return judged.refusal ? judged.refusal->status : 0;
    };
    for (const char* path : {"/subscribe", "/subscribe/confirm", "/subscribe/manage", "/answer",
                             "/api/v2/subscribers.json"}) {
        EXPECT_EQ(status(path, "", ""), 0) << "a program";
        EXPECT_EQ(status(path, "https://status.example", ""), 0) << path;
        EXPECT_EQ(status(path, "null", "same-origin"), 0) << "as our pages without a referrer do";
        EXPECT_EQ(status(path, "null", ""), 0) << "an old browser says no more";
        EXPECT_EQ(status(path, "https://evil.example", ""), 403) << path;
        EXPECT_EQ(status(path, "evil", ""), 403) << path;
        EXPECT_EQ(status(path, "null", "cross-site"), 403) << path;
        EXPECT_EQ(status(path, "https://www.status.example", "same-site"), 403) << path;
    }
    EXPECT_EQ(status("/subscribe/leave", "https://mail.example", "cross-site"), 0)
        << "the one click of a mail program";
}

TEST_F(Gate, a_token_that_is_presented_is_the_one_that_counts) {
    const Visitor& admin = visitor("person admin");
    EXPECT_EQ(change(admin, [](RequestHead& h) { h.authorization = "Bearer wrong"; }), 401);
    EXPECT_EQ(change(admin, [](RequestHead& h) { h.authorization = "Bearer token of read"; }), 403);
    EXPECT_EQ(
        change(visitor("nobody"), [](RequestHead& h) { h.authorization = "Basic b3BlcmF0b3I="; }),
        401);
}

TEST_F(Gate, the_cookies_name_says_where_it_works) {
    const std::string local = "candor-local=abc";
    const std::string secure = "__Host-candor=abc";
    EXPECT_EQ(session_id(local, true), "abc");
    EXPECT_EQ(session_id(local, false), "") << "anybody of the same host could have set it";
    EXPECT_EQ(session_id(secure, false), "abc");
    EXPECT_EQ(session_id(secure, true), "");
    EXPECT_EQ(session_id("x=1;__Host-candor=a; __Host-candor=b", false), "") << "which one?";
    EXPECT_EQ(session_id("", false), "");
    EXPECT_EQ(set_cookie_line("abc", false),
              "Set-Cookie: __Host-candor=abc; Path=/; HttpOnly; SameSite=Strict; Secure\r\n");
    EXPECT_EQ(set_cookie_line("abc", true),
              "Set-Cookie: candor-local=abc; Path=/; HttpOnly; SameSite=Strict\r\n");
}

TEST_F(Gate, only_a_browser_of_this_machine_is_local) {
    const Peer here{.listeners = kConsoleListener, .loopback = true, .network = {}};
    const auto local = [&](std::string_view host, const Peer& peer, bool forwarded) {
        RequestHead head;
        head.host = host;
        head.was_forwarded = forwarded;
        return is_local(head, peer);
    };
    for (const char* host : {"127.0.0.1:8082", "localhost", "LOCALHOST:1", "[::1]:8082"}) {
        EXPECT_TRUE(local(host, here, false)) << host;
        EXPECT_FALSE(local(host, peer_, false)) << host;
        EXPECT_FALSE(local(host, here, true)) << "through a proxy";
    }
    EXPECT_FALSE(local("status.example", here, false));
}

TEST_F(Gate, tries_count_by_network_or_by_what_a_listed_proxy_says) {
    const auto address = *IpAddress::parse("10.0.0.1");
    const Peer stranger{.listeners = kConsoleListener, .address = address, .network = {}};
    const Peer listed{.listeners = kConsoleListener,
                      .proxy = true,
                      .address = address,
                      .network = {},
                      .proxies = std::make_shared<const TrustedProxies>(
                          TrustedProxies{*IpRange::parse("10.0.0.0/8")})};
    RequestHead head;
    head.forwarded_for[0] = "203.0.113.9, 198.51.100.7";
    head.forwarded_lines = 1;
    const Network client = network_of(*IpAddress::parse("198.51.100.7"));
    EXPECT_EQ(network_name(head, listed),
              std::string(reinterpret_cast<const char*>(client.data()), client.size()))
        << "the one that the proxy added";
    EXPECT_EQ(network_name(head, stranger), std::string(7, '\0')) << "its word is nothing";
}

TEST_F(Gate, over_tls_nobody_is_local) {
    const Peer here{.listeners = kConsoleListener, .loopback = true, .tls = true, .network = {}};
    RequestHead head;
    head.host = "localhost";
    EXPECT_FALSE(is_local(head, here)) << "so that the cookie is Secure";
}

TEST_F(Gate, over_tls_a_page_that_came_in_the_clear_is_another_site) {
    const Route& route = *find_route(kConsoleListener, "/api/v1/session", Method::kPost);
    const auto refused = [&](const Peer& peer, std::string_view proto, std::string_view origin) {
        RequestHead head;
        head.method = Method::kPost;
        head.host = "status.example";
        head.origin = origin;
        head.forwarded_proto = proto;
        return judge(&keeper_, route, head, peer).refusal.has_value();
    };
    const Peer tls{.listeners = kConsoleListener, .tls = true, .network = {}};
    const Peer proxy{.listeners = kConsoleListener, .proxy = true, .network = {}};
    const Peer stranger{.listeners = kConsoleListener, .network = {}};
    EXPECT_TRUE(refused(tls, "", "http://status.example"));
    EXPECT_FALSE(refused(tls, "", "https://status.example"));
    EXPECT_TRUE(refused(proxy, "https", "http://status.example"));
    EXPECT_FALSE(refused(proxy, "http", "http://status.example"));
    EXPECT_FALSE(refused(stranger, "https", "http://status.example")) << "its word is nothing";
}

TEST_F(Gate, without_a_gatekeeper_only_the_open_is_open) {
    for (const Route& route : routes()) {
        RequestHead head;
        head.host = kConsole;
        head.authorization = "Bearer operator's";
        EXPECT_EQ(judge(nullptr, route, head, peer_).refusal.has_value(),
                  scope_of(route.access).has_value())
            << route.name;
    }
}

TEST_F(Gate, refusals_say_nothing_of_what_was_sent) {
    for (const char* secret : {"token of nobody", "wrong"}) {
        RequestHead head;
        authorization_ = "Bearer " + std::string(secret);
        head.authorization = authorization_;
        const Judgement judged = judge(
            &keeper_, *find_route(kConsoleListener, "/api/v1/state", Method::kGet), head, peer_);
        ASSERT_TRUE(judged.refusal);
        EXPECT_THAT(judged.refusal->body, testing::Not(HasSubstr(secret)));
    }
}

}  // namespace
}  // namespace candor::web
