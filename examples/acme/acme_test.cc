// What of Acme can be tested without sockets: its HTTP parser, its name server, its faults.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "acme/calls.h"
#include "acme/database.h"
#include "acme/faults.h"
#include "acme/http.h"
#include "acme/name_server.h"
#include "acme/seed.h"

namespace acme {
namespace {

using testing::HasSubstr;

TEST(AcmeHttp, parses_a_request_with_query_and_body) {
    Request request;
    const std::string bytes =
        "POST /login?next=%2Fhome&x=a+b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
    EXPECT_EQ(parse_request(bytes.substr(0, bytes.size() - 1), request), Parsed::kMore);
    ASSERT_EQ(parse_request(bytes, request), Parsed::kWhole);
    EXPECT_EQ(request.path, "/login");
    EXPECT_EQ(request.query.at("next"), "/home");
    EXPECT_EQ(request.query.at("x"), "a b");
    EXPECT_EQ(request.body, "{}");
}

TEST(AcmeHttp, refuses_what_is_too_large_or_malformed) {
    Request request;
    EXPECT_EQ(parse_request(std::string(kRequestBytesMax + 1, 'x'), request), Parsed::kBad);
    EXPECT_EQ(parse_request("nonsense\r\n\r\n", request), Parsed::kBad);
    EXPECT_EQ(parse_request("GET / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", request), Parsed::kBad);
}

std::string question(const std::string& labels, char type) {
    return std::string("\x12\x34\x01\0\0\x01\0\0\0\0\0\0", 12) + labels + std::string(2, '\0') +
           type + std::string("\0\x01", 2);
}

TEST(AcmeNames, answers_its_one_name_in_any_case) {
    const std::string answer = answer_question(question("\3aPi\4acme\7example", 1), false);
    ASSERT_GT(answer.size(), 16u);
    EXPECT_EQ(answer.substr(0, 2), "\x12\x34");
    EXPECT_EQ(answer[3] & 0x0F, 0);
    EXPECT_EQ(answer.substr(answer.size() - 4), std::string("\xC0\0\2\7", 4));
}

TEST(AcmeNames, says_no_such_name_server_failure_or_nothing) {
    EXPECT_EQ(answer_question(question("\3www\4acme\7example", 1), false)[3] & 0x0F, 3);
    EXPECT_EQ(answer_question(question("\3api\4acme\7example", 1), true)[3] & 0x0F, 2);
    EXPECT_EQ(answer_question(question("\3api\4acme\7example", 28), false)[7], 0);
    EXPECT_EQ(answer_question("short", false), "");
    EXPECT_EQ(answer_question(question("\x7F"
                                       "aaa",
                                       1),
                              false),
              "");
}

TEST(AcmeFaults, one_area_breaks_and_everything_heals) {
    Faults faults;
    faults.set(Area::kCalls, Fault::kDown);
    faults.set(Area::kSignIn, Fault::kErrors);
    faults.set_name_server_broken();
    EXPECT_TRUE(faults.refuses_connections(Area::kCalls));
    EXPECT_FALSE(faults.refuses_connections(Area::kDirectory));
    EXPECT_TRUE(faults.answers_errors(Area::kSignIn));
    EXPECT_EQ(faults.describe(), R"({"signin":"errors","calls":"down","dns":"broken"})");
    faults.heal();
    EXPECT_EQ(faults.describe(), "{}");
}

TEST(AcmeCalls, some_hundred_are_going_on_from_the_start) {
    Calls calls;
    const auto now = std::chrono::steady_clock::time_point(std::chrono::hours(1));
    const std::size_t first = calls.active(now);
    EXPECT_GT(first, 200u);
    EXPECT_LT(first, 500u);
    EXPECT_NEAR(static_cast<double>(calls.active(now + std::chrono::minutes(10))),
                static_cast<double>(first), 60);
}

TEST(AcmeDatabase, is_seeded_the_same_every_time_and_purged_by_the_careless_job) {
    const auto database = Database::open(":memory:");
    ASSERT_NE(database, nullptr);
    EXPECT_THAT(database->counts(), HasSubstr(R"("customers":4980)"));
    EXPECT_THAT(database->profile("1"), HasSubstr(R"("id":1)"));
    EXPECT_NE(database->sign_in(R"({"email":"user1@c0000.example","password":"welcome-1"})"), "");
    EXPECT_EQ(database->sign_in(R"({"email":"user1@c0000.example","password":"guess"})"), "");
    EXPECT_EQ(database->sign_in("no json"), "");
    EXPECT_THAT(database->search("Ada"), HasSubstr("Ada "));
    EXPECT_EQ(database->users_of("nobody"), "");
    EXPECT_THAT(database->purge(100'000, true), HasSubstr(R"("customers":312)"));
    EXPECT_THAT(database->purge(100'000, true), HasSubstr(R"("removed":0)"));
}

}  // namespace
}  // namespace acme
