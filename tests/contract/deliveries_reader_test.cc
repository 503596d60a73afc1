// Reads notify.db while its owner has it open.
#include "ports/deliveries_reader.h"

#include <gtest/gtest.h>

#include "store/schema.h"
#include "store/sqlite.h"
#include "store/sqlite_deliveries.h"
#include "store/sqlite_deliveries_reader.h"
#include "tests/contract/temp_folder.h"

namespace candor::test {
namespace {

constexpr Timestamp kNow{1'000'000};

Delivery row(const std::string& id, const std::string& recipient,
             DeliveryState state = DeliveryState::kSent) {
    Delivery d;
    d.id = id;
    d.recipient = recipient;
    d.lane = "lane";
    d.state = state;
    d.next_try = kNow;
    return d;
}

class DeliveriesReaderTest : public testing::Test {
   protected:
    void open() { deliveries_ = store::open_sqlite_deliveries({.folder = folder_.path()}).value(); }
    void tell(const std::string& subject, const std::vector<Delivery>& rows) {
        Announcement a;
        a.position = ++position_;
        a.subject = subject;
        a.kind = 3;
        ASSERT_TRUE(deliveries_->take(position_, std::span(&a, 1), {}));
        const std::uint64_t number = deliveries_->about(subject)->back().number;
        ASSERT_TRUE(deliveries_->expand(number, rows, "", true));
    }
    DeliveryLines lines(const DeliveryQuery& query = {}) {
        auto found = reader_->lines(query);
        EXPECT_TRUE(found) << found.error().message;
        return std::move(found).value_or(DeliveryLines{});
    }
    static std::string ids(const DeliveryLines& of) {
        std::string out;
        for (const DeliveryLine& line : of.lines) out += line.row.id + " ";
        return out;
    }

    TempFolder folder_;
    Position position_ = 0;
    std::unique_ptr<Deliveries> deliveries_;
    std::unique_ptr<DeliveriesReader> reader_ =
        store::make_sqlite_deliveries_reader(folder_.path());
};

TEST_F(DeliveriesReaderTest, nobody_was_told_before_there_is_a_file) {
    EXPECT_EQ(ids(lines()), "");
    EXPECT_EQ(reader_->tally("")->sent, 0U);
    open();
    tell("inc1", {row("a", "channel:ops")});
    EXPECT_EQ(ids(lines()), "a ");
}

TEST_F(DeliveriesReaderTest, newest_first_a_page_at_a_time) {
    open();
    tell("inc1", {row("a", "channel:ops"), row("b", "channel:all")});
    tell("inc2", {row("c", "channel:ops")});
    tell("inc1", {row("d", "channel:ops"), row("e", "channel:all")});
    EXPECT_EQ(ids(lines()), "e d c b a ");
    EXPECT_FALSE(lines({.limit = 5}).next);
    std::string seen;
    DeliveryQuery query{.limit = 2};
    do {
        const DeliveryLines page = lines(query);
        seen += ids(page) + "| ";
        query.after = page.next;
    } while (query.after);
    EXPECT_EQ(seen, "e d | c b | a | ");
}

TEST_F(DeliveriesReaderTest, of_one_subject_and_in_one_state) {
    open();
    tell("inc1", {row("a", "channel:ops"), row("b", "channel:all", DeliveryState::kFailed)});
    tell("inc2", {row("c", "channel:ops", DeliveryState::kFailed)});
    tell("inc1", {row("d", "channel:ops", DeliveryState::kGivenUp)});
    EXPECT_EQ(ids(lines({.subject = "inc1"})), "d b a ");
    EXPECT_EQ(ids(lines({.state = DeliveryState::kFailed})), "c b ");
    EXPECT_EQ(ids(lines({.subject = "inc1", .state = DeliveryState::kFailed})), "b ");
    EXPECT_EQ(ids(lines({.subject = "nothing"})), "");
    const DeliveryLines page = lines({.subject = "inc1", .limit = 1});
    EXPECT_EQ(ids(lines({.subject = "inc1", .after = page.next})), "b a ");
    const DeliveryTally tally = reader_->tally("inc1").value();
    EXPECT_EQ(tally.sent, 1U);
    EXPECT_EQ(tally.failed, 1U);
    EXPECT_EQ(tally.given_up, 1U);
    EXPECT_EQ(tally.next_try, kNow);
    EXPECT_EQ(reader_->tally("")->failed, 2U);
}

TEST_F(DeliveriesReaderTest, a_line_knows_its_news_and_a_subscribers_address) {
    open();
    Subscriber kim;
    kim.id = {"abc"};
    kim.address = "kim@acme.example";
    ASSERT_TRUE(deliveries_->put_subscriber(kim));
    tell("inc1", {row("a", "subscriber:abc"), row("b", "subscriber:gone")});
    const DeliveryLines found = lines();
    ASSERT_EQ(found.lines.size(), 2U);
    EXPECT_EQ(found.lines[1].address, "kim@acme.example");
    EXPECT_EQ(found.lines[1].kind, 3);
    EXPECT_EQ(found.lines[1].subject, "inc1");
    EXPECT_EQ(found.lines[0].address, "");
}

// As a Candor left it that had no list of deliveries yet.
TEST_F(DeliveriesReaderTest, a_file_of_the_first_format_is_read_once_its_owner_has_it) {
    const store::Schema schema = store::deliveries_schema();
    {
        auto file = store::Connection::open(
            {.path = folder_.path() + "/notify.db", .access = store::Access::kReadWrite});
        ASSERT_TRUE(file);
        ASSERT_TRUE((*file)->run(schema.steps.front()));
        ASSERT_TRUE(
            (*file)->run("INSERT INTO announcements VALUES (1, 1, 0, 'inc1', 3, 0, '', 1, x'00');"
                         "INSERT INTO deliveries VALUES ('a', 1, 'inc1', 'channel:ops', 'ops', 2, "
                         "1, 0, 5, '')"));
        ASSERT_TRUE((*file)->run("PRAGMA application_id=" + std::to_string(schema.application_id)));
        ASSERT_TRUE((*file)->run("PRAGMA user_version=1"));
    }
    EXPECT_EQ(ids(lines()), "");
    open();
    EXPECT_EQ(ids(lines({.state = DeliveryState::kSent})), "a ");
    EXPECT_EQ(reader_->tally("inc1")->sent, 1U);
    deliveries_.reset();
    open();
    EXPECT_EQ(ids(lines()), "a ") << "and the next start takes it for sound";
}

TEST_F(DeliveriesReaderTest, the_next_try_is_looked_for_among_the_newest_that_failed) {
    open();
    const auto failed = [](std::size_t i, Timestamp next_try) {
        Delivery d = row(std::to_string(1'000'000 + i), "channel:ops", DeliveryState::kFailed);
        d.next_try = next_try;
        return d;
    };
    tell("inc1", {failed(0, kNow)});
    std::vector<Delivery> rows;
    for (std::size_t i = 1; i < kNextTriesLookedAtMax; ++i) {
        rows.push_back(failed(i, kNow + minutes(1)));
    }
    tell("inc2", rows);
    EXPECT_EQ(reader_->tally("")->next_try, kNow);
    tell("inc2", {failed(kNextTriesLookedAtMax, kNow + minutes(1))});
    EXPECT_EQ(reader_->tally("")->next_try, kNow + minutes(1));
    EXPECT_EQ(reader_->tally("inc1")->next_try, kNow);
    EXPECT_EQ(reader_->tally("")->failed, kNextTriesLookedAtMax + 1);
}

}  // namespace
}  // namespace candor::test
