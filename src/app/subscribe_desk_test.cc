#include "app/subscribe_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/desks/desk_doubles.h"

namespace candor::app {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kKey = "a key of our own";

notify::Routes routes() {
    notify::Routes out;
    out.subscriber_mail = notify::MailServer{.server = "localhost:25", .from = "a@acme.example"};
    return out;
}

class SubscribeDeskTest : public testing::Test {
   protected:
    SubscribeDeskTest() {
        core::State state;
        state.topology.edit([](Topology& topology) {
            topology.page.url = "https://status.acme.example";
            topology.components.resize(2);
            topology.components[0].id = {"directory"};
            topology.components[0].name = "Directory & more";
            topology.components[1].id = {"calls"};
            topology.components[1].name = "Calls";
        });
        const engine::Published newest{.state = std::make_shared<const core::State>(state),
                                       .as_of = clock_.now().wall,
                                       .stats = {}};
        desk_.set_available(true);
        desk_.open(
            {.version = "1", .page_id = "kctbh9vrtdwd", .newest = [newest] { return newest; }},
            kKey, *notifier_);
    }
    ~SubscribeDeskTest() override { desk_.close(); }

    PageAnswer ask(PageQuery query) {
        std::promise<PageAnswer> answer;
        desk_.render(std::move(query), [&answer](PageAnswer a) { answer.set_value(std::move(a)); });
        return answer.get_future().get();
    }
    PageAnswer get(const std::string& path, const std::string& query = {}) {
        return ask({.path = path, .query = query});
    }
    PageAnswer as_admin(const std::string& path, const std::string& query = {}) {
        return ask({.path = path, .query = query, .sees_addresses = true});
    }
    PageAnswer post(const std::string& path, const std::string& query, const std::string& body) {
        return ask(
            {.path = path, .query = query, .changes = true, .body = body, .network = "192.0.2.0"});
    }
    PageAnswer subscribe(const std::string& mail) { return post("/subscribe", "", "mail=" + mail); }
    std::string word(const notify::Filter& filter = {}) const {
        return "s=" + links_.confirm_word({"kim@acme.example", filter, clock_now() + hours(1)});
    }
    Timestamp clock_now() const { return Timestamp{1'775'336'400'000}; }

    test::StoppedClock clock_;
    test::RememberingOperator operator_{1};
    const notify::SubscribeLinks links_{kKey};
    SubscribeDesk desk_{operator_, clock_};
    test::IdleNotifier notifier_{clock_, routes()};
};

TEST_F(SubscribeDeskTest, the_form_offers_every_component_and_escapes_their_names) {
    const PageAnswer page = get("/subscribe");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("Directory &amp; more"));
    EXPECT_THAT(page.body, HasSubstr("name=component value=\"calls\""));
}

TEST_F(SubscribeDeskTest, a_mistake_brings_the_form_back_with_what_is_wrong) {
    const PageAnswer page = subscribe("kim");
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, HasSubstr("role=alert"));
    EXPECT_THAT(page.body, HasSubstr("name=component value=\"calls\""));
}

TEST_F(SubscribeDeskTest, asking_is_answered_alike_and_limited_for_each_address) {
    const PageAnswer first = subscribe("kim%40acme.example");
    EXPECT_EQ(first.status, 200);
    EXPECT_THAT(first.body, Not(HasSubstr("kim")));
    EXPECT_EQ(subscribe("tim%40acme.example").body, first.body);
    EXPECT_EQ(subscribe("KIM%40acme.example").status, 200);
    EXPECT_EQ(subscribe("kim%40acme.example").status, 200);
    const PageAnswer fourth = subscribe("kim%40acme.example");
    EXPECT_EQ(fourth.status, 429);
    EXPECT_GT(fourth.retry_after_s, 0);
    EXPECT_EQ(subscribe("zoe%40acme.example").status, 200);
    EXPECT_TRUE(operator_.requests.empty()) << "nobody is subscribed by asking";
}

TEST_F(SubscribeDeskTest, one_network_asks_only_so_often) {
    for (std::size_t i = 0; i < kAsksPerNetwork.times; ++i) {
        EXPECT_EQ(subscribe("kim" + std::to_string(i) + "%40acme.example").status, 200) << i;
    }
    EXPECT_EQ(subscribe("kim99%40acme.example").status, 429);
}

TEST_F(SubscribeDeskTest, everybody_together_asks_only_so_often) {
    std::size_t taken = 0;
    // A few names share a bucket and are refused for that.
    for (std::size_t i = 0; i < kAsksOfEverybody.times + 100; ++i) {
        const std::string name = std::to_string(i);
        const PageAnswer one = ask({.path = "/subscribe",
                                    .query = {},
                                    .changes = true,
                                    .body = "mail=kim" + name + "%40acme.example",
                                    .network = name});
        if (one.status == 200) ++taken;
    }
    EXPECT_EQ(taken, kAsksOfEverybody.times);
}

TEST_F(SubscribeDeskTest, only_the_button_confirms) {
    notify::Filter filter;
    filter.components = {{"calls"}};
    filter.min_impact = IncidentImpact::kMajor;
    const PageAnswer page = get("/subscribe/confirm", word(filter));
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("major and critical trouble with Calls"));
    EXPECT_TRUE(operator_.requests.empty());
    EXPECT_EQ(post("/subscribe/confirm", word(filter), "").status, 200);
    ASSERT_EQ(operator_.requests.size(), 1U);
    const auto& set = std::get<command::SetSubscriber>(operator_.requests[0].what);
    EXPECT_EQ(set.address, "kim@acme.example");
    EXPECT_EQ(set.components, filter.components);
    EXPECT_EQ(set.subscriber, links_.id_of("kim@acme.example"));
}

// Else the second one would not know which record it replaces, and that would never be erased.
TEST_F(SubscribeDeskTest, a_change_waits_until_the_one_before_it_is_seen) {
    EXPECT_EQ(post("/subscribe/confirm", word(), "").status, 200);
    EXPECT_EQ(post("/subscribe/confirm", word(), "").status, 503);
    EXPECT_EQ(operator_.requests.size(), 1U);
}

TEST_F(SubscribeDeskTest, leaving_is_never_refused_to_who_has_the_link) {
    const std::string mine = "s=" + links_.subscriber_word(links_.id_of("kim@acme.example"));
    EXPECT_THAT(get("/subscribe/leave", mine).body, HasSubstr("<button>Stop all mails</button>"));
    EXPECT_EQ(post("/subscribe/leave", mine, "List-Unsubscribe=One-Click").status, 200);
    EXPECT_EQ(get("/subscribe/manage", mine).status, 410) << "nobody is subscribed by that link";
}

TEST_F(SubscribeDeskTest, what_we_did_not_sign_leads_nowhere) {
    const notify::SubscribeLinks others("another key");
    const std::string forged = others.subscriber_word(links_.id_of("kim@acme.example"));
    for (const char* path : {"/subscribe/confirm", "/subscribe/manage", "/subscribe/leave"}) {
        EXPECT_EQ(get(path, "s=" + forged).status, 410) << path;
        EXPECT_EQ(post(path, "s=" + forged, "").status, 410) << path;
    }
    EXPECT_EQ(get("/subscribe/other").status, 404);
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(SubscribeDeskTest, clients_of_statuspage_ask_alike) {
    const char* path = "/api/v2/subscribers.json";
    const PageAnswer asked = post(path, "", "subscriber%5Bemail%5D=kim%40acme.example");
    EXPECT_EQ(asked.status, 202);
    EXPECT_EQ(asked.content_type, "application/json; charset=utf-8");
    EXPECT_THAT(asked.body, HasSubstr("\"email\":\"kim@acme.example\",\"confirmed\":false"));
    EXPECT_EQ(post(path, "subscriber[email]=kim@acme.example", "").status, 202);
    EXPECT_EQ(subscribe("kim%40acme.example").status, 200);
    const PageAnswer fourth = post(path, "subscriber[email]=kim@acme.example", "");
    EXPECT_EQ(fourth.status, 429) << "counted together with the form";
    EXPECT_GT(fourth.retry_after_s, 0);
    EXPECT_EQ(post(path, "", "subscriber[email]=kim").status, 422);
    EXPECT_TRUE(operator_.requests.empty()) << "nobody is subscribed by asking";
}

TEST_F(SubscribeDeskTest, what_statuspage_can_and_we_cannot_is_told_with_the_way_that_works) {
    const PageAnswer phone =
        post("/api/v2/subscribers.json", "", "subscriber[phone_number]=4165550100");
    EXPECT_EQ(phone.status, 501);
    EXPECT_EQ(phone.content_type, "application/problem+json");
    EXPECT_THAT(phone.body, HasSubstr("https://status.acme.example/subscribe"));
    const PageAnswer leave = post("/api/v2/subscribers/kim.json", "", "");
    EXPECT_EQ(leave.status, 501);
    EXPECT_THAT(leave.body, HasSubstr("the link that each of them carries"));
    desk_.set_available(false);
    const PageAnswer none = post("/api/v2/subscribers.json", "subscriber[email]=k@a.example", "");
    EXPECT_EQ(none.status, 501);
    EXPECT_THAT(none.body, HasSubstr("https://status.acme.example/history.atom"));
}

TEST_F(SubscribeDeskTest, without_the_section_there_is_no_desk) {
    desk_.set_available(false);
    EXPECT_EQ(get("/subscribe").status, 404);
    EXPECT_EQ(get("/api/v1/subscribers").status, 404);
}

TEST_F(SubscribeDeskTest, operators_list_and_remove) {
    Subscriber kim;
    kim.id = {"kim"};
    kim.address = "kim@acme.example";
    std::promise<void> put;
    notifier_->post([&](Deliveries* deliveries, notify::Dispatcher*) {
        EXPECT_TRUE(deliveries->put_subscriber(kim));
        put.set_value();
    });
    put.get_future().get();
    EXPECT_THAT(as_admin("/api/v1/subscribers").body,
                HasSubstr("\"address\":\"kim@acme.example\""));
    EXPECT_THAT(get("/api/v1/subscribers").body, HasSubstr("\"address\":\"k…@acme.example\""));
    EXPECT_THAT(get("/api/v1/subscribers").body, Not(HasSubstr("kim@")));
    EXPECT_EQ(get("/api/v1/subscribers", "limit=0").status, 422);
    EXPECT_EQ(post("/api/v1/subscribers/tim", "", "").status, 404);
    EXPECT_EQ(post("/api/v1/subscribers/kim", "", "").status, 204);
    ASSERT_EQ(operator_.requests.size(), 1U);
}

TEST_F(SubscribeDeskTest, an_admin_finds_somebody_by_the_address_and_nobody_else_does) {
    Subscriber kim;
    kim.id = links_.id_of("kim@acme.example");
    kim.address = "kim@acme.example";
    std::promise<void> put;
    notifier_->post([&](Deliveries* deliveries, notify::Dispatcher*) {
        EXPECT_TRUE(deliveries->put_subscriber(kim));
        put.set_value();
    });
    put.get_future().get();
    const char* path = "/api/v1/subscribers";
    EXPECT_THAT(as_admin(path, "mail=KIM%40acme.example").body, HasSubstr("kim@acme.example"));
    EXPECT_THAT(as_admin(path, "mail=tim%40acme.example").body, HasSubstr("\"items\":[]"));
    EXPECT_EQ(as_admin(path, "mail=nobody").status, 422);
    EXPECT_EQ(get(path, "mail=kim%40acme.example").status, 403);
}

TEST_F(SubscribeDeskTest, a_closed_desk_answers_that_it_is) {
    desk_.close();
    EXPECT_EQ(get("/subscribe").status, 503);
}

}  // namespace
}  // namespace candor::app
