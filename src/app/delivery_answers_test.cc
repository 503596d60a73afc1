#include "app/delivery_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notify/message.h"

namespace candor::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RememberingReader final : public DeliveriesReader {
   public:
    Result<DeliveryLines> lines(const DeliveryQuery& query) override {
        asked = query;
        if (broken) return fail(ErrorCode::kIo, "the disk is gone");
        return found;
    }
    Result<DeliveryTally> tally(const std::string&) override { return counts; }

    DeliveryQuery asked;
    DeliveryLines found;
    DeliveryTally counts;
    bool broken = false;
};

DeliveryLine line(const std::string& recipient, DeliveryState state) {
    DeliveryLine out;
    out.row.id = "00ab";
    out.row.announcement = 7;
    out.row.recipient = recipient;
    out.row.state = state;
    out.row.next_try = Timestamp{1'775'336'400'000};
    out.subject = "inc1";
    out.kind = static_cast<std::int64_t>(notify::NewsKind::kWorse);
    return out;
}

class DeliveryAnswersTest : public testing::Test {
   protected:
    PageAnswer ask(const std::string& query = {}) {
        return answer_deliveries({.path = "/api/v1/deliveries", .query = query}, reader_,
                                 [](const IncidentId& id) { return "Title of " + id.value; });
    }
    RememberingReader reader_;
};

TEST_F(DeliveryAnswersTest, a_channel_is_named_and_an_address_is_masked) {
    reader_.found.lines = {line("channel:lead/kim@acme.example", DeliveryState::kFailed)};
    reader_.found.lines[0].row.detail = "550 kim@acme.example is no mailbox";
    const PageAnswer answer = ask();
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(
        answer.body,
        AllOf(HasSubstr(R"("channel":"lead")"), HasSubstr(R"("kind":"worse")"),
              HasSubstr(R"("title":"Title of inc1")"), HasSubstr(R"("address":"k…@acme.example")"),
              HasSubstr(R"("next_try":"2026-04-04T21:00:00.000Z")"),
              HasSubstr("550 k…@acme.example is no mailbox"), Not(HasSubstr("kim"))));
}

TEST_F(DeliveryAnswersTest, what_is_over_has_no_next_try) {
    reader_.found.lines = {line("channel:ops", DeliveryState::kSent)};
    EXPECT_THAT(ask().body, AllOf(HasSubstr(R"("channel":"ops","address":null)"),
                                  HasSubstr(R"("next_try":null,"changed")")));
}

TEST_F(DeliveryAnswersTest, subscribers_are_shown_by_their_masked_address_while_they_are_known) {
    reader_.found.lines = {line("subscriber:abc", DeliveryState::kSent),
                           line("subscriber:def", DeliveryState::kSent)};
    reader_.found.lines[0].address = "kim@acme.example";
    const PageAnswer answer = ask();
    EXPECT_THAT(answer.body, HasSubstr(R"("channel":null,"address":"k…@acme.example")"));
    EXPECT_THAT(answer.body, HasSubstr(R"("channel":null,"address":null)"));
}

TEST_F(DeliveryAnswersTest, a_mail_that_asks_to_confirm_is_about_no_incident) {
    reader_.found.lines = {line("address:kim@acme.example", DeliveryState::kWaiting)};
    reader_.found.lines[0].audience = Audience::kOne;
    reader_.found.lines[0].subject = "asks:abc";
    EXPECT_THAT(ask().body,
                AllOf(HasSubstr(R"("kind":"confirmation","announcement":7,"incident":null)"),
                      Not(HasSubstr("asks:"))));
}

TEST_F(DeliveryAnswersTest, the_query_and_the_cursor_go_to_the_reader_and_back) {
    reader_.found.next = DeliveryPlace{7, "00ab"};
    reader_.counts = {.waiting = 1, .failed = 2, .sent = 3, .given_up = 4, .next_try = {}};
    const PageAnswer answer = ask("incident=inc1&state=given_up&limit=9&cursor=8-ff");
    EXPECT_EQ(reader_.asked.subject, "inc1");
    EXPECT_EQ(reader_.asked.state, DeliveryState::kGivenUp);
    EXPECT_EQ(reader_.asked.limit, 9U);
    EXPECT_EQ(reader_.asked.after->announcement, 8U);
    EXPECT_EQ(reader_.asked.after->id, "ff");
    EXPECT_THAT(answer.body, HasSubstr(R"("next":"7-00ab")"));
    EXPECT_THAT(answer.body, HasSubstr(R"({"waiting":1,"failed":2,"sent":3,"given_up":4,)"));
}

TEST_F(DeliveryAnswersTest, what_stands_for_nothing_is_refused_with_its_name) {
    for (const char* query : {"state=lost", "cursor=abc", "cursor=-1-a", "limit=0", "limit=201",
                              "cursor=18446744073709551615-a"}) {
        const PageAnswer answer = ask(query);
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_EQ(answer.content_type, "application/problem+json") << query;
        EXPECT_THAT(answer.body, HasSubstr(std::string(query).substr(0, 5))) << query;
    }
    reader_.broken = true;
    EXPECT_EQ(ask().status, 500);
}

TEST(MaskAddresses, wherever_they_stand) {
    EXPECT_EQ(mask_addresses(""), "");
    EXPECT_EQ(mask_addresses("HTTP 200"), "HTTP 200");
    EXPECT_EQ(mask_addresses("kim@a.example"), "k…@a.example");
    EXPECT_EQ(mask_addresses("<kim.lee+x@a.example> and öz@b.example!"),
              "<k…@a.example> and ö…@b.example!");
    EXPECT_EQ(mask_addresses("@a @"), "@a @");
}

}  // namespace
}  // namespace candor::app
