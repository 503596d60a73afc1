#include "web/api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/json_object.h"

namespace candor::web {
namespace {

using testing::HasSubstr;

std::string error_of(Handler handler, std::string_view body) {
    const auto command = parse_command(handler, "abc", body);
    return command ? "" : command.error().message;
}

TEST(Api, declare) {
    const auto command = parse_command(
        Handler::kDeclare, "", R"({"title":"T","text":"X","components":{"db":"major_outage"}})");
    ASSERT_TRUE(command) << command.error().message;
    const auto& declare = std::get<command::Declare>(*command);
    EXPECT_EQ(declare.title, "T");
    EXPECT_EQ(declare.text, "X");
    ASSERT_EQ(declare.components.size(), 1U);
    EXPECT_EQ(declare.components[0].component.value, "db");
    EXPECT_EQ(declare.components[0].status, ComponentStatus::kMajorOutage);
}

TEST(Api, post_retract_and_accept) {
    const auto post =
        parse_command(Handler::kPostUpdate, "abc", R"({"status":"identified","text":"Found it."})");
    ASSERT_TRUE(post);
    EXPECT_EQ(std::get<command::Post>(*post).incident.value, "abc");
    EXPECT_EQ(std::get<command::Post>(*post).phase, IncidentPhase::kIdentified);
    const auto retract = parse_command(Handler::kRetract, "abc", R"({"text":"False alarm."})");
    EXPECT_EQ(std::get<command::Retract>(*retract).text, "False alarm.");
    const auto accept = parse_command(Handler::kAcceptMonitoring, "api", "");
    EXPECT_EQ(std::get<command::AcceptMonitoring>(*accept).component.value, "api");
}

TEST(Api, acts_on_the_record) {
    const auto taken = parse_command(Handler::kAcknowledge, "abc", "");
    EXPECT_EQ(std::get<command::Acknowledge>(*taken).incident.value, "abc");
    const auto drill = parse_command(Handler::kMarkDrill, "abc", "{}");
    EXPECT_EQ(std::get<command::MarkDrill>(*drill).incident.value, "abc");
    const auto start =
        parse_command(Handler::kMoveStart, "abc", R"({"start":"2026-04-04T22:45:00+02:00"})");
    EXPECT_EQ(format_rfc3339(std::get<command::MoveStart>(*start).started),
              "2026-04-04T20:45:00.000Z");
    const auto merge = parse_command(Handler::kMerge, "abc", R"({"into":"def"})");
    EXPECT_EQ(std::get<command::Merge>(*merge).into.value, "def");
    const auto split = parse_command(Handler::kSplit, "abc",
                                     R"({"component":"db","title":"Slow","text":"Another one."})");
    EXPECT_EQ(std::get<command::Split>(*split).component.value, "db");
    const auto rehearsed = parse_command(
        Handler::kDeclare, "",
        R"({"title":"T","text":"X","components":{"db":"major_outage"},"drill":true})");
    EXPECT_TRUE(std::get<command::Declare>(*rehearsed).drill);
    EXPECT_THAT(error_of(Handler::kMoveStart, R"({"start":"noon"})"), HasSubstr("#/start: "));
    EXPECT_THAT(error_of(Handler::kMerge, "{}"), HasSubstr("#/into: missing"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"title":"T","text":"X","drill":"yes"})"),
                HasSubstr("#/drill: must be true or false"));
}

TEST(Api, maintenance) {
    const auto plan =
        parse_command(Handler::kScheduleMaintenance, "",
                      R"({"name":"N","text":"T","components":["db"],"expects":["http"],)"
                      R"("end":"2026-05-01T22:00:00Z"})");
    ASSERT_TRUE(plan) << plan.error().message;
    const auto& schedule = std::get<command::ScheduleMaintenance>(*plan);
    EXPECT_EQ(schedule.name, "N");
    EXPECT_EQ(schedule.components, std::vector{ComponentId{"db"}});
    EXPECT_EQ(schedule.expects, std::vector<std::string>{"http"});
    EXPECT_FALSE(schedule.start);
    EXPECT_EQ(schedule.end, parse_rfc3339("2026-05-01T22:00:00Z").value());
    const auto update = parse_command(Handler::kUpdateMaintenance, "abc", R"({"text":"Slow."})");
    ASSERT_TRUE(update);
    EXPECT_EQ(std::get<command::UpdateMaintenance>(*update).maintenance.value, "abc");
    EXPECT_EQ(std::get<command::UpdateMaintenance>(*update).text, "Slow.");
    EXPECT_EQ(error_of(Handler::kFinishMaintenance, ""), "");
    EXPECT_EQ(error_of(Handler::kCancelMaintenance, R"({"text":"Not today."})"), "");
}

TEST(Api, mistakes_in_maintenance_are_named_with_their_place) {
    const auto plan = [](const std::string& members) {
        return error_of(Handler::kScheduleMaintenance,
                        R"({"name":"N","text":"T",)" + members + "}");
    };
    EXPECT_THAT(plan(R"("components":["db"])"), HasSubstr("#/end: missing"));
    EXPECT_THAT(plan(R"("components":"db")"), HasSubstr("#/components: must be an array"));
    EXPECT_THAT(plan(R"("components":[1])"), HasSubstr("#/components: must hold strings only"));
    EXPECT_THAT(plan(R"("expects":[")" + std::string(65, 'x') + R"("])"),
                HasSubstr("#/expects: an item is longer than 64 bytes"));
    std::string many = R"("expects":["a")";
    for (int i = 0; i < 1000; ++i) many += R"(,"a")";
    EXPECT_THAT(plan(many + "]"), HasSubstr("#/expects: more than 1000 items"));
    EXPECT_THAT(plan(R"("components":["db"],"end":"tomorrow")"), HasSubstr("#/end: "));
    EXPECT_THAT(error_of(Handler::kUpdateMaintenance, R"({"name":"N"})"),
                HasSubstr("#/name: no such member"));
    EXPECT_THAT(error_of(Handler::kFinishMaintenance, R"({"text":" \n"})"), HasSubstr("#/text"));
}

TEST(Api, mistakes_are_named_with_their_place) {
    EXPECT_THAT(error_of(Handler::kDeclare, "{"), HasSubstr("not valid JSON"));
    EXPECT_THAT(error_of(Handler::kDeclare, "[]"), HasSubstr("one JSON object"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"titel":"x"})"),
                HasSubstr("#/titel: no such member"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"title":7})"),
                HasSubstr("#/title: must be a string"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"title":""})"), HasSubstr("must not be empty"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"title":"t","text":"x"})"),
                HasSubstr("#/components: name at least one"));
    EXPECT_THAT(error_of(Handler::kDeclare, R"({"title":"t","text":"x","components":{"a":"red"}})"),
                HasSubstr("#/components/a: \"red\" is no status here; use degraded_performance, "
                          "partial_outage or major_outage"));
    EXPECT_THAT(
        error_of(Handler::kDeclare, R"({"title":"t","text":"x","components":{"a":"operational"}})"),
        HasSubstr("\"operational\" is no status here; use degraded_performance, partial_outage or "
                  "major_outage"));
    EXPECT_EQ(error_of(Handler::kPostUpdate, R"({"text":"x","components":{"a":"operational"}})"),
              "");
    EXPECT_THAT(
        error_of(Handler::kPostUpdate, R"({"text":"x","components":{"a":"under_maintenance"}})"),
        HasSubstr("or operational to withdraw what was declared"));
    EXPECT_THAT(error_of(Handler::kPostUpdate, R"({"text":"x","status":"done"})"),
                HasSubstr("\"done\" is no incident status"));
    EXPECT_THAT(error_of(Handler::kRetract, "{}"), HasSubstr("#/text: missing"));
    EXPECT_THAT(error_of(Handler::kAcceptMonitoring, R"({"x":1})"), HasSubstr("known are: none"));
}

TEST(Api, a_member_that_is_given_twice_is_refused_with_its_place) {
    EXPECT_THAT(error_of(Handler::kRetract, R"({"text":"one","text":"two"})"),
                HasSubstr("#/text: given more than once"));
    EXPECT_THAT(
        error_of(Handler::kDeclare,
                 R"({"title":"t","text":"x","components":{"a":"major_outage","a":"operational"}})"),
        HasSubstr("#/components/a: given more than once"));
}

TEST(Api, words_that_nobody_can_read_are_refused) {
    const auto declared = [](const std::string& title, const std::string& text) {
        return error_of(Handler::kDeclare, R"({"components":{"a":"major_outage"},"title":")" +
                                               title + R"(","text":")" + text + "\"}");
    };
    EXPECT_EQ(declared("Sign-in is down", "We know.\\nMore soon."), "");
    EXPECT_THAT(declared("\\u200b\\u200d", "x"), HasSubstr("#/title: holds U+200B"));
    EXPECT_THAT(declared("a\\u202eb", "x"), HasSubstr("#/title: holds U+202E"));
    EXPECT_THAT(declared("a\\nb", "x"), HasSubstr("#/title: holds the control character U+000A"));
    EXPECT_THAT(declared("t", "\\u2060 \\n"), HasSubstr("#/text: holds nothing that can be seen"));
    EXPECT_THAT(error_of(Handler::kPostUpdate, R"({"text":"a\u2067b"})"), HasSubstr("U+2067"));
    EXPECT_THAT(error_of(Handler::kRetract, R"({"text":"\u00a0"})"), HasSubstr("#/text"));
}

TEST(Api, bounds) {
    const auto text = [](std::size_t n) {
        return error_of(Handler::kRetract, "{\"text\":\"" + std::string(n, 'x') + "\"}");
    };
    EXPECT_EQ(text(16 * 1024), "");
    EXPECT_THAT(text(16 * 1024 + 1), HasSubstr("longer than 16384 bytes"));
    std::string deep(kJsonDepthMax + 1, '[');
    deep = "{\"components\":" + deep + std::string(kJsonDepthMax + 1, ']') + "}";
    EXPECT_THAT(error_of(Handler::kDeclare, deep), HasSubstr("not valid JSON"));
    std::string many;
    for (int i = 0; i <= 1000; ++i) {
        many += (many.empty() ? "" : ",") + ("\"c" + std::to_string(i) + "\":\"major_outage\"");
    }
    EXPECT_THAT(
        error_of(Handler::kDeclare, R"({"title":"t","text":"x","components":{)" + many + "}}"),
        HasSubstr("more than 1000 members"));
}

TEST(Api, idempotency_keys) {
    EXPECT_EQ(*parse_idempotency_key(""), "");
    EXPECT_EQ(*parse_idempotency_key("\"abc-1\""), "abc-1");
    EXPECT_EQ(*parse_idempotency_key("abc-1"), "abc-1");
    EXPECT_FALSE(parse_idempotency_key("\"\""));
    EXPECT_FALSE(parse_idempotency_key("a b"));
    EXPECT_FALSE(parse_idempotency_key("a\"b"));
    EXPECT_TRUE(parse_idempotency_key(std::string(kIdempotencyKeyBytesMax, 'k')));
    EXPECT_FALSE(parse_idempotency_key(std::string(kIdempotencyKeyBytesMax + 1, 'k')));
}

TEST(Api, answers) {
    const Answer made = answer_command(201, CommandAnswer{7, IncidentId{"abc"}});
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.body, "{\"id\":\"abc\",\"position\":7}\n");
    EXPECT_EQ(answer_command(200, CommandAnswer{8, {}}).status, 200);
    EXPECT_EQ(answer_error({ErrorCode::kDiskFull, "full"}).status, 507);
    EXPECT_EQ(answer_error({ErrorCode::kBusy, "busy"}).extra, "Retry-After: 1\r\n");
    EXPECT_EQ(path_variable("/api/v1/incidents/*/updates", "/api/v1/incidents/abc/updates"), "abc");
}

}  // namespace
}  // namespace candor::web
