// Attacks on the pages where strangers subscribe, each beside the honest request that must work.
#include <gmock/gmock.h>

#include "app/subscribe_desk.h"
#include "tests/http/subscribe_world.h"
#include "web/routes.h"

namespace candor::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kAnna = "anna@b.example";
constexpr const char* kEvil = "evil.example";

std::string escaped(const std::string& mail) {
    std::string out = "mail=" + mail;
    return out.replace(out.find('@'), 1, "%40");
}

class LiveSubscribe : public SubscribeWorld {};

TEST_F(LiveSubscribe, one_address_is_asked_so_often_and_the_next_one_still_is) {
    for (std::size_t i = 0; i < app::kAsksPerAddress.times; ++i) {
        EXPECT_EQ(post("/subscribe", escaped(kAnna)).status, 200) << i;
    }
    const HttpAnswer refused = post("/subscribe", escaped("ANNA@B.example"));
    EXPECT_EQ(refused.status, 429);
    EXPECT_GT(std::stol(refused.header("retry-after")), 0);
    EXPECT_LE(std::stol(refused.header("retry-after")), app::kAsksPerAddress.within.ms / 1000 + 1);
    EXPECT_THAT(refused.body, HasSubstr("look into your mailbox"));
    EXPECT_THAT(refused.body, Not(HasSubstr("b.example")));
    EXPECT_EQ(post("/subscribe", escaped("zoe@b.example")).status, 200);
    EXPECT_TRUE(until_messages(app::kAsksPerAddress.times + 1));
}

TEST_F(LiveSubscribe, one_network_asks_so_often_by_whatever_way) {
    for (std::size_t i = 0; i < app::kAsksPerNetwork.times; ++i) {
        const std::string mail = "kim" + std::to_string(i) + "%40b.example";
        const bool foreign = i % 2 == 1;
        const HttpAnswer taken = foreign
                                     ? post("/api/v2/subscribers.json", "subscriber[email]=" + mail)
                                     : post("/subscribe", "mail=" + mail);
        EXPECT_EQ(taken.status, foreign ? 202 : 200) << i;
    }
    EXPECT_EQ(post("/subscribe", escaped("zoe@b.example")).status, 429);
    const HttpAnswer refused =
        post("/api/v2/subscribers.json", "subscriber[email]=zoe%40b.example");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("content-type"), "application/problem+json");
    EXPECT_GT(std::stol(refused.header("retry-after")), 0);
    // Saying to come from elsewhere helps nobody whom the operator has not listed.
    EXPECT_EQ(post("/subscribe", escaped("zoe@b.example"), "X-Forwarded-For: 192.0.2.9\r\n").status,
              429);
    EXPECT_EQ(get("/subscribe").status, 200) << "looking is not asking";
    EXPECT_TRUE(until_messages(app::kAsksPerNetwork.times));
}

TEST_F(LiveSubscribe, no_answer_tells_who_is_subscribed) {
    const std::string pending = "bert@b.example";
    const std::string unknown = "carl@b.example";
    subscribe(kAnna);
    const std::string first = bytes_of(post("/subscribe", escaped(pending)));
    EXPECT_EQ(bytes_of(post("/subscribe", escaped(kAnna))), first);
    EXPECT_EQ(bytes_of(post("/subscribe", escaped(pending))), first);
    EXPECT_EQ(bytes_of(post("/subscribe", escaped(unknown))), first);
    EXPECT_THAT(first, testing::StartsWith("200\n"));
    EXPECT_NE(bytes_of(post("/subscribe", "mail=nobody")), first) << "the comparison can fail";
    const auto as_client = [this](std::string mail) {
        std::string said = bytes_of(post("/api/v2/subscribers.json", "subscriber[email]=" + mail));
        for (std::size_t at = said.find(mail); at != said.npos; at = said.find(mail)) {
            said.replace(at, mail.size(), "THEM");
        }
        return said;
    };
    const std::string third = as_client("emil@b.example");
    EXPECT_EQ(as_client(kAnna), third);
    EXPECT_EQ(as_client(pending), third);
    EXPECT_THAT(third, HasSubstr("THEM"));
    const std::string gone =
        bytes_of(ask({.method = "DELETE", .target = "/api/v2/subscribers/anna.json"}));
    EXPECT_EQ(bytes_of(ask({.method = "DELETE", .target = "/api/v2/subscribers/carl.json"})), gone);
}

TEST_F(LiveSubscribe, another_sites_form_changes_nothing) {
    const std::string word = confirm_word(kAnna);
    for (const char* from :
         {"Origin: https://evil.example\r\n", "Origin: http://status.acme.example.evil.example\r\n",
          "Sec-Fetch-Site: cross-site\r\n", "Origin: null\r\nSec-Fetch-Site: cross-site\r\n",
          "Origin: https://www.acme.example\r\nSec-Fetch-Site: same-site\r\n"}) {
        EXPECT_EQ(post("/subscribe", escaped(kAnna), from).status, 403) << from;
        EXPECT_EQ(post("/subscribe/confirm?s=" + word, "", from).status, 403) << from;
        EXPECT_EQ(
            post("/api/v2/subscribers.json", "subscriber[email]=anna%40b.example", from).status,
            403)
            << from;
    }
    EXPECT_EQ(messages(), 0U);
    EXPECT_EQ(subscribers(), 0U);
    const char* ours = "Origin: https://status.acme.example\r\nSec-Fetch-Site: same-origin\r\n";
    EXPECT_EQ(post("/subscribe", escaped(kAnna), ours).status, 200);
    EXPECT_TRUE(until_messages(1)) << "of the honest form alone";
    // Pages without a referrer send their forms so.
    EXPECT_EQ(
        post("/subscribe/confirm?s=" + word, "", "Origin: null\r\nSec-Fetch-Site: same-origin\r\n")
            .status,
        200);
    EXPECT_TRUE(until_subscribers(1));
    const std::string mine = subscriber_word(kAnna);
    EXPECT_EQ(post("/subscribe/manage?s=" + mine, "impact=major", "Sec-Fetch-Site: cross-site\r\n")
                  .status,
              403);
}

TEST_F(LiveSubscribe, nothing_that_is_asked_leads_elsewhere) {
    subscribe(kAnna);
    const std::string s = "s=" + subscriber_word(kAnna);
    std::vector<std::string> targets;
    for (const char* name : {"next", "url", "redirect", "return_to", "continue", "goto", "s"}) {
        for (const char* where :
             {"https%3A%2F%2Fevil.example%2F", "//evil.example/", "%2F%2Fevil.example",
              "https:evil.example", "%0d%0aLocation:%20https://evil.example/"}) {
            const std::string more = std::string(name) + "=" + where;
            targets.push_back("/subscribe?" + more);
            targets.push_back("/subscribe/manage?" + s + "&" + more);
            targets.push_back("/subscribe/confirm?" + more);
        }
    }
    targets.emplace_back("//evil.example/subscribe");
    targets.emplace_back("/subscribe//evil.example");
    for (const std::string& target : targets) {
        for (const HttpAnswer& answer : {get(target), post(target, "mail=x&next=//evil.example")}) {
            EXPECT_NE(answer.status, 0) << target;
            EXPECT_EQ(answer.header("location"), "") << target;
            EXPECT_EQ(answer.header("refresh"), "") << target;
            EXPECT_THAT(answer.body, Not(HasSubstr(kEvil))) << target;
        }
    }
    EXPECT_EQ(get("/subscribe/manage?" + s).status, 200);
}

// The link in the mail leads to the page's own address, whoever the request says it is for.
TEST_F(LiveSubscribe, the_mail_leads_to_the_page_whatever_host_was_asked) {
    const std::string body = escaped(kAnna);
    Talk talk(live_->listening().public_pages.port);
    talk.send(
        "POST /subscribe HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(talk.answer().status, 200);
    const std::string mail = sink_.next_mail();
    EXPECT_THAT(mail, HasSubstr(std::string(kPageUrl) + "/subscribe/confirm?s"));
    EXPECT_THAT(mail, Not(HasSubstr(kEvil)));
}

TEST_F(LiveSubscribe, no_page_of_them_can_be_framed_or_kept) {
    subscribe(kAnna);
    const std::string s = "?s=" + subscriber_word(kAnna);
    for (const HttpAnswer& answer : {get("/subscribe"), post("/subscribe", "mail=nobody"),
                                     post("/subscribe", escaped("bert@b.example")),
                                     get("/subscribe/confirm?s=" + confirm_word("carl@b.example")),
                                     get("/subscribe/manage" + s), get("/subscribe/leave" + s),
                                     get("/subscribe/leave?s=x"), get("/answer?w=x")}) {
        const std::string policy = answer.header("content-security-policy");
        EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
        EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
        EXPECT_THAT(policy, HasSubstr("form-action 'self'"));
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
        EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << "the link is a secret";
        EXPECT_EQ(answer.header("cache-control"), "no-store");
        EXPECT_EQ(answer.header("set-cookie"), "");
        EXPECT_EQ(answer.header("access-control-allow-origin"), "");
    }
}

TEST_F(LiveSubscribe, a_body_beyond_the_bound_is_refused_unread) {
    const auto padded = [](std::size_t size) {
        std::string body = escaped(kAnna) + "&x=";
        return body + std::string(size - body.size(), 'x');
    };
    EXPECT_EQ(post("/subscribe", padded(web::kFormBodyBytesMax)).status, 200);
    for (const char* target : {"/subscribe", "/subscribe/leave", "/api/v2/subscribers.json"}) {
        const HttpAnswer refused = post(target, padded(web::kFormBodyBytesMax + 1));
        EXPECT_EQ(refused.status, 413) << target;
        EXPECT_TRUE(refused.closes());
    }
    Talk chunked(live_->listening().public_pages.port);
    chunked.send(
        "POST /subscribe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4001\r\n" +
        padded(web::kFormBodyBytesMax + 1));
    EXPECT_EQ(chunked.answer().status, 413);
    EXPECT_TRUE(chunked.ends());
    // An honest length, and a liar's: it is never waited for.
    Talk liar(live_->listening().public_pages.port);
    liar.send("POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n");
    EXPECT_EQ(liar.answer().status, 413);
    EXPECT_TRUE(until_messages(1));
}

TEST_F(LiveSubscribe, an_address_that_would_write_headers_of_its_own_is_none) {
    const std::string word(100, 'a');
    std::vector<std::string> bad = {"anna%40b.example%0d%0aBcc:%20all%40b.example",
                                    "anna%40b.example%0aBcc:%20all%40b.example",
                                    "anna%0d%0a%40b.example",
                                    "anna%40b.example%00",
                                    "%00anna%40b.example",
                                    "anna%40b.example%0d",
                                    "anna%40b.example%2c zoe%40b.example",
                                    "anna%40b.example%3b zoe%40b.example",
                                    "%3canna%40b.example%3e",
                                    "%22anna%0d%0a%22%40b.example",
                                    "Anna%20%3canna%40b.example%3e",
                                    "anna%40b.example%0d%0a.%0d%0aMAIL%20FROM",
                                    "-oQ%2ftmp%40b.example",
                                    "anna%40-b.example",
                                    "anna%40b.example%3e%20SIZE=1",
                                    "anna%40%5b127.0.0.1%5d",
                                    "a%40b%40c.example",
                                    "%40b.example",
                                    "anna%40",
                                    "ann%c3%a4%40b.example",
                                    "anna%e2%80%a8%40b.example",
                                    "%ff%fe%40b.example",
                                    word + word + word + "%40b.example",
                                    "%4",
                                    "%zz"};
    // The network may ask so often only; what is refused for itself is not counted.
    for (const std::string& mail : bad) {
        EXPECT_EQ(post("/subscribe", "mail=" + mail).status, 422) << mail;
        EXPECT_EQ(post("/api/v2/subscribers.json", "subscriber[email]=" + mail).status, 422)
            << mail;
    }
    EXPECT_EQ(post("/subscribe", "mail=anna@b.example\r\nBcc: zoe@b.example").status, 422);
    EXPECT_EQ(post("/subscribe", std::string("mail=anna@b.example\0x", 21)).status, 422);
    EXPECT_EQ(post("/subscribe", "mail=" + std::string(1024 * 1024, 'a') + "%40b.example").status,
              413);
    EXPECT_EQ(messages(), 0U);
    EXPECT_EQ(post("/subscribe", escaped(kAnna)).status, 200);
    const std::string mail = sink_.next_mail();
    EXPECT_THAT(mail, HasSubstr("\"to\": [\"anna@b.example\"]"));
    EXPECT_TRUE(until_messages(1));
}

TEST_F(LiveSubscribe, what_was_asked_writes_no_header_of_the_answer) {
    for (const std::string& target :
         {std::string("/subscribe?%0d%0aX-Evil:%201"), std::string("/subscribe/x%0d%0aX-Evil:1"),
          std::string("/subscribe/manage?s=%0d%0a%0d%0a<script>")}) {
        for (const HttpAnswer& answer : {get(target), post(target, "mail=%0d%0aX-Evil:+1")}) {
            EXPECT_FALSE(answer.headers.contains("x-evil")) << target;
            EXPECT_THAT(answer.body, Not(HasSubstr("<script>"))) << target;
        }
    }
    const HttpAnswer form = post("/subscribe", "mail=%22%3e%3cscript%3ealert(1)%3c/script%3e");
    EXPECT_EQ(form.status, 422);
    EXPECT_THAT(form.body, Not(HasSubstr("<script>alert")));
}

TEST_F(LiveSubscribe, only_a_post_unsubscribes) {
    subscribe(kAnna);
    const std::string leave = "/subscribe/leave?s=" + subscriber_word(kAnna);
    EXPECT_EQ(get(leave).status, 200);
    EXPECT_EQ(ask({.method = "HEAD", .target = leave}).status, 200);
    for (const char* method : {"PUT", "DELETE", "PATCH"}) {
        EXPECT_EQ(ask({.method = method, .target = leave}).status, 405) << method;
    }
    EXPECT_EQ(subscribers(), 1U) << "programs that follow links unsubscribe nobody";
    // RFC 8058: no cookie, no referrer, perhaps from a mail program's own page.
    EXPECT_EQ(post(leave, "List-Unsubscribe=One-Click",
                   "Origin: https://mail.example\r\nSec-Fetch-Site: cross-site\r\n")
                  .status,
              200);
    EXPECT_TRUE(until_subscribers(0));
    EXPECT_EQ(post(leave, "List-Unsubscribe=One-Click").status, 200) << "twice is no error";
}

TEST_F(LiveSubscribe, a_word_that_is_not_ours_says_nothing) {
    subscribe(kAnna);
    const std::string good = subscriber_word(kAnna);
    std::vector<std::string> forged = {"", ".", "x", "AAAA.AAAA", std::string(5'000, 'A')};
    for (std::size_t i = 0; i < good.size(); ++i) forged.push_back(good.substr(0, i));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string other = good;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        forged.push_back(other);
    }
    forged.push_back(good + "A");
    // Of another purpose, and of another key.
    forged.push_back(confirm_word(kAnna));
    const notify::SubscribeLinks other("another key");
    forged.push_back(other.subscriber_word(links_->id_of(kAnna)));
    const std::string manage = bytes_of(get("/subscribe/manage?s=no"));
    const std::string leave = bytes_of(post("/subscribe/leave?s=no", ""));
    EXPECT_THAT(manage, testing::StartsWith("410\n"));
    EXPECT_THAT(leave, testing::StartsWith("410\n"));
    for (const std::string& word : forged) {
        EXPECT_EQ(bytes_of(get("/subscribe/manage?s=" + word)), manage) << word;
        EXPECT_EQ(bytes_of(post("/subscribe/leave?s=" + word, "")), leave) << word;
    }
    // Well signed, for somebody who never subscribed.
    EXPECT_EQ(bytes_of(get("/subscribe/manage?s=" + subscriber_word("zoe@b.example"))), manage);
    EXPECT_EQ(subscribers(), 1U);
    EXPECT_THAT(get("/subscribe/manage?s=" + good).body, HasSubstr(kAnna));
}

TEST_F(LiveSubscribe, an_expired_or_forged_invitation_subscribes_nobody) {
    const std::string expired = confirm_word(kAnna, Duration{-1'000});
    const std::string good = confirm_word(kAnna);
    const std::string refused = bytes_of(post("/subscribe/confirm?s=no", ""));
    EXPECT_THAT(refused, testing::StartsWith("410\n"));
    const notify::SubscribeLinks other("another key");
    const std::string foreign = other.confirm_word({kAnna, {}, Timestamp{INT64_MAX}});
    for (const std::string& word :
         {expired, foreign, good.substr(0, good.size() - 1), good + "A", subscriber_word(kAnna)}) {
        EXPECT_EQ(bytes_of(post("/subscribe/confirm?s=" + word, "")), refused) << word;
    }
    EXPECT_EQ(get("/subscribe/confirm?s=" + good).status, 200) << "looking confirms nothing";
    EXPECT_EQ(subscribers(), 0U);
    EXPECT_EQ(post("/subscribe/confirm?s=" + good, "").status, 200);
    EXPECT_TRUE(until_subscribers(1));
}

}  // namespace
}  // namespace candor::test
