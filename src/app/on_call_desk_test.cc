#include "app/on_call_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>

#include "tests/desks/desk_doubles.h"

namespace candor::app {
namespace {

using testing::HasSubstr;

constexpr Timestamp kNow = test::kDeskTime;

notify::Routes routes() {
    notify::Routes out;
    out.channels.push_back({"ann", {}, notify::SlackTarget{"https://chat.example/ann"}});
    out.on_call.steps = {{Duration{0}, {"in-turn"}}, {minutes(15), {"ann"}, 2, minutes(5)}};
    notify::Rotation& rotation = out.on_call.rotations.emplace_back();
    rotation.id = "in-turn";
    rotation.time_zone = "Etc/UTC";
    rotation.first = kNow - hours(1);
    rotation.people = {{"Ann", {"ann"}, "k-ann"}, {"Bea", {"ann"}, "k-bea"}};
    return out;
}

class OnCallDeskTest : public testing::Test {
   protected:
    OnCallDeskTest() {
        desk_.set(routes().on_call);
        desk_.open({.version = "1",
                    .page_id = "kctbh9vrtdwd",
                    .newest =
                        [this] {
                            return engine::Published{
                                .state = std::make_shared<const core::State>(state_),
                                .as_of = kNow,
                                .stats = {}};
                        }},
                   *notifier_);
    }
    ~OnCallDeskTest() override { desk_.close(); }

    PageAnswer ask(PageQuery query) {
        std::promise<PageAnswer> answer;
        query.actor = {"user:ann"};
        desk_.render(std::move(query), [&answer](PageAnswer a) { answer.set_value(std::move(a)); });
        return answer.get_future().get();
    }
    PageAnswer post(const std::string& what, const std::string& body) {
        return ask({.path = "/api/v1/on_call/" + what, .query = {}, .changes = true, .body = body});
    }

    test::StoppedClock clock_;
    test::RememberingOperator operator_;
    core::State state_;
    OnCallDesk desk_{operator_, clock_};
    test::IdleNotifier notifier_{clock_, routes()};
};

TEST_F(OnCallDeskTest, tells_steps_shifts_and_that_nothing_is_muted) {
    const PageAnswer answer = ask({.path = "/api/v1/on_call", .query = {}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body,
                HasSubstr(R"({"after_s":900,"repeat":2,"every_s":300,"notify":["ann"]})"));
    EXPECT_THAT(answer.body,
                HasSubstr(R"({"name":"Ann","channels":["ann"],"from":"2026-04-04T20:)"));
    EXPECT_THAT(answer.body, HasSubstr(R"("muted":null)"));
}

TEST_F(OnCallDeskTest, tells_until_when_and_by_whom_calls_are_muted) {
    state_.paging = {kNow + hours(1), kNow - hours(1), {"user:bea"}};
    EXPECT_THAT(ask({.path = "/api/v1/on_call", .query = {}}).body,
                HasSubstr(R"("muted":{"until":"2026-04-04T22:00:00.000Z")"));
    state_.paging.muted_until = kNow;
    EXPECT_THAT(ask({.path = "/api/v1/on_call", .query = {}}).body, HasSubstr(R"("muted":null)"));
}

TEST_F(OnCallDeskTest, a_mute_and_its_end_are_commands_of_the_caller) {
    EXPECT_EQ(post("mute", R"({"for_s":3600})").status, 200);
    ASSERT_EQ(operator_.requests.size(), 1U);
    EXPECT_EQ(operator_.requests[0].actor.value, "user:ann");
    EXPECT_EQ(std::get<command::MutePaging>(operator_.requests[0].what).length, hours(1));
    const PageAnswer ended =
        ask({.path = "/api/v1/on_call/mute", .query = {}, .changes = true, .removes = true});
    EXPECT_EQ(ended.status, 204);
    EXPECT_EQ(std::get<command::MutePaging>(operator_.requests[1].what).length.ms, 0);
    operator_.refusal = ErrorCode::kConflict;
    EXPECT_EQ(post("mute", R"({"for_s":3600})").status, 409);
}

TEST_F(OnCallDeskTest, a_stand_in_is_a_command_about_somebody_of_the_rotation) {
    const std::string body = R"({"rotation":"in-turn","who":"Bea","end":"2026-04-05T09:00:00Z"})";
    EXPECT_EQ(post("overrides", body).status, 201);
    ASSERT_EQ(operator_.requests.size(), 1U);
    const auto& wanted = std::get<command::OverrideShift>(operator_.requests[0].what);
    EXPECT_EQ(wanted.rotation, "in-turn");
    EXPECT_EQ(wanted.person, "k-bea");
    EXPECT_EQ(wanted.start, std::nullopt);
    EXPECT_EQ(wanted.end, kNow + hours(12));
    EXPECT_EQ(operator_.requests[0].actor.value, "user:ann");
    const PageAnswer removed = ask(
        {.path = "/api/v1/on_call/overrides/abc", .query = {}, .changes = true, .removes = true});
    EXPECT_EQ(removed.status, 204);
    EXPECT_EQ(std::get<command::RemoveShiftOverride>(operator_.requests[1].what).id.value, "abc");
    operator_.refusal = ErrorCode::kNotFound;
    EXPECT_EQ(
        ask({.path = "/api/v1/on_call/overrides/x", .query = {}, .changes = true, .removes = true})
            .status,
        404);
}

TEST_F(OnCallDeskTest, a_stand_in_that_cannot_be_is_refused_with_whom_there_is) {
    const auto detail = [&](const std::string& body) {
        const PageAnswer refused = post("overrides", body);
        EXPECT_EQ(refused.status, 422) << body;
        return refused.body;
    };
    const std::string end = R"(,"end":"2026-04-05T09:00:00Z"})";
    EXPECT_THAT(detail(R"({"rotation":"weekly","who":"Bea")" + end), HasSubstr("but `in-turn`"));
    EXPECT_THAT(detail(R"({"rotation":"in-turn","who":"Cem")" + end),
                HasSubstr("there are `Ann`, `Bea`"));
    EXPECT_THAT(detail(R"({"rotation":"in-turn","who":"Bea"})"), HasSubstr("#/end"));
    EXPECT_THAT(detail(R"({"rotation":"in-turn","who":"Bea","end":"noon"})"), HasSubstr("#/end"));
    EXPECT_THAT(detail(R"({"rotation":"in-turn","who":"Bea","x":1)" + end), HasSubstr("#/x"));
    desk_.set({});
    EXPECT_THAT(detail(R"({"rotation":"in-turn","who":"Bea")" + end), HasSubstr("no `rotations`"));
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(OnCallDeskTest, tells_who_stands_in_and_whose_shifts_come_of_it) {
    const auto stand_in = [](const char* id, const char* person, Timestamp end) {
        return core::ShiftOverrideState{
            ShiftOverrideId{id}, "in-turn", person, kNow - hours(1), end, {"user:bea"}, kNow};
    };
    state_.paging.overrides = {stand_in("gone", "k-cem", kNow + hours(5)),
                               stand_in("over", "k-bea", kNow),
                               stand_in("on", "k-bea", kNow + hours(2))};
    const std::string body = ask({.path = "/api/v1/on_call", .query = {}}).body;
    EXPECT_THAT(body, HasSubstr(R"("people":["Ann","Bea"])"));
    EXPECT_THAT(body, HasSubstr(R"("shifts":[{"name":"Bea")"));
    EXPECT_THAT(body, HasSubstr(R"({"id":"on","rotation":"in-turn")"));
    EXPECT_THAT(body, HasSubstr(R"("who":"Bea","origin":"hand","actor":"user:bea")"));
    EXPECT_THAT(body, HasSubstr(R"("who":null)"));
    EXPECT_THAT(body, testing::Not(HasSubstr(R"("id":"over")")));
}

TEST_F(OnCallDeskTest, what_is_no_length_is_refused_with_how_to_write_it) {
    for (const char* bad : {"", "{", "[]", "{}", R"({"for_s":"1h"})", R"({"for_s":0})",
                            R"({"for_s":-5})", R"({"for_s":60,"x":1})", R"({"for_s":1.5})"}) {
        EXPECT_EQ(post("mute", bad).status, 422) << bad;
    }
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(OnCallDeskTest, a_test_call_is_announced_under_a_subject_to_ask_for) {
    const PageAnswer answer = post("test", R"({"step":1})");
    EXPECT_EQ(answer.status, 202);
    EXPECT_THAT(answer.body, HasSubstr(R"("subject":"test-7")"));
    for (const char* bad : {R"({"step":0})", R"({"step":3})", R"({"step":"1"})"}) {
        EXPECT_EQ(post("test", bad).status, 422) << bad;
    }
}

TEST_F(OnCallDeskTest, after_the_end_everything_is_busy) {
    desk_.close();
    EXPECT_EQ(post("test", R"({"step":1})").status, 503);
    EXPECT_EQ(ask({.path = "/api/v1/on_call", .query = {}}).status, 503);
}

}  // namespace
}  // namespace candor::app
