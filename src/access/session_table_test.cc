#include "access/session_table.h"

#include <gtest/gtest.h>

namespace candor::access {
namespace {

Digest id(int n) {
    return sha256("session " + std::to_string(n));
}

const UserId kKim{"kim"};
const UserId kSam{"sam"};

TEST(SessionTable, lives_while_it_is_used) {
    SessionTable table;
    table.open(id(1), kKim, 3, hours(1));
    Duration now = hours(1);
    for (int i = 0; i < 20; ++i) {
        now = now + kSessionIdleMax - milliseconds(1);
        const auto session = table.use(id(1), now);
        ASSERT_TRUE(session) << i;
        EXPECT_EQ(session->user, kKim);
        EXPECT_EQ(session->generation, 3);
    }
    EXPECT_FALSE(table.use(id(1), now + kSessionIdleMax)) << "idle for half an hour";
    EXPECT_EQ(table.size(), 0U);
}

TEST(SessionTable, ends_after_twelve_hours_however_busy) {
    SessionTable table;
    table.open(id(1), kKim, 1, {});
    for (Duration now = minutes(1); now < kSessionAgeMax; now = now + minutes(20)) {
        ASSERT_TRUE(table.use(id(1), now));
    }
    EXPECT_FALSE(table.use(id(1), kSessionAgeMax));
}

TEST(SessionTable, looking_is_not_using) {
    SessionTable table;
    table.open(id(1), kKim, 1, {});
    EXPECT_TRUE(table.peek(id(1), minutes(29)));
    EXPECT_FALSE(table.peek(id(1), minutes(30)));
    EXPECT_FALSE(table.use(id(1), minutes(30)));
}

TEST(SessionTable, an_unknown_id_is_nobody) {
    SessionTable table;
    table.open(id(1), kKim, 1, {});
    EXPECT_FALSE(table.use(id(2), {}));
    table.close(id(2));
    EXPECT_EQ(table.size(), 1U);
}

TEST(SessionTable, closing_ends_one_or_all_of_a_person) {
    SessionTable table;
    table.open(id(1), kKim, 1, {});
    table.open(id(2), kKim, 1, {});
    table.open(id(3), kSam, 1, {});
    table.close(id(1));
    EXPECT_FALSE(table.use(id(1), {}));
    EXPECT_TRUE(table.use(id(2), {}));
    table.close_all_of(kKim);
    EXPECT_FALSE(table.use(id(2), {}));
    EXPECT_TRUE(table.use(id(3), {}));
}

TEST(SessionTable, a_person_has_ten_and_the_least_used_gives_way) {
    SessionTable table;
    table.open(id(0), kSam, 1, {});
    for (int i = 1; i <= static_cast<int>(kSessionsPerUserMax); ++i) {
        table.open(id(i), kKim, 1, seconds(i));
    }
    ASSERT_TRUE(table.use(id(1), seconds(60)));
    table.open(id(99), kKim, 1, seconds(61));
    EXPECT_TRUE(table.use(id(1), seconds(62))) << "was used";
    EXPECT_FALSE(table.use(id(2), seconds(62))) << "was the least recently used one";
    EXPECT_TRUE(table.use(id(0), seconds(62))) << "of somebody else";
    EXPECT_EQ(table.size(), kSessionsPerUserMax + 1);
}

TEST(SessionTable, the_table_is_bounded) {
    SessionTable table;
    for (int i = 0; i <= static_cast<int>(kSessionsMax); ++i) {
        table.open(id(i), UserId{std::to_string(i)}, 1, milliseconds(i));
    }
    EXPECT_EQ(table.size(), kSessionsMax);
    EXPECT_FALSE(table.use(id(0), seconds(10)));
    EXPECT_TRUE(table.use(id(1), seconds(10)));
}

TEST(SessionTable, each_session_has_its_own_csrf_token) {
    EXPECT_EQ(csrf_token("a").size(), 64U);
    EXPECT_EQ(csrf_token("a"), csrf_token("a"));
    EXPECT_NE(csrf_token("a"), csrf_token("b"));
    EXPECT_NE(csrf_token("a"), to_hex(sha256("a"))) << "not what the table keeps";
}

}  // namespace
}  // namespace candor::access
