#include "core/words.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::core {
namespace {

const Timestamp kSince = *parse_rfc3339("2026-04-04T21:00:04Z");

Subject subject(std::string name, FailureKind kind = FailureKind::kRefused,
                ComponentStatus status = ComponentStatus::kMajorOutage,
                StatusCause cause = StatusCause::kSignals) {
    return {std::move(name), status, cause, kSince, {kind, 2'400, 1'000}};
}

std::vector<Subject> subjects(int count) {
    std::vector<Subject> out;
    for (int i = 1; i <= count; ++i) out.push_back(subject("S" + std::to_string(i)));
    return out;
}

TEST(Words, names_are_listed_up_to_three) {
    EXPECT_EQ(list_names({}), "The service");
    EXPECT_EQ(list_names({"A"}), "A");
    EXPECT_EQ(list_names({"A", "B"}), "A and B");
    EXPECT_EQ(list_names({"A", "B", "C"}), "A, B and C");
    EXPECT_EQ(list_names({"A", "B", "C", "D"}), "A, B and 2 more");
}

TEST(Words, titles_say_what_is_wrong) {
    const auto title = [](ComponentStatus status, FailureKind kind = FailureKind::kTimeout,
                          StatusCause cause = StatusCause::kSignals) {
        return title_of({subject("Shop", kind, status, cause)});
    };
    EXPECT_EQ(title(ComponentStatus::kMajorOutage), "Shop is down");
    EXPECT_EQ(title(ComponentStatus::kPartialOutage), "Shop is partly down");
    EXPECT_EQ(title(ComponentStatus::kDegradedPerformance), "Shop is impaired");
    EXPECT_EQ(title(ComponentStatus::kDegradedPerformance, FailureKind::kTooSlow), "Shop is slow");
    EXPECT_EQ(title(ComponentStatus::kDegradedPerformance, FailureKind::kCertExpiring),
              "Shop needs a new certificate soon");
    EXPECT_EQ(title(ComponentStatus::kUnknown, FailureKind::kMissed, StatusCause::kSilent),
              "Shop has stopped reporting");
    EXPECT_EQ(title_of({}), "Something is wrong");
}

TEST(Words, one_title_for_several) {
    EXPECT_EQ(title_of(subjects(2)), "S1 and S2 are down");
    EXPECT_EQ(title_of(subjects(5)), "S1, S2 and 3 more are down");
    const Subject slow =
        subject("Mail", FailureKind::kTooSlow, ComponentStatus::kDegradedPerformance);
    EXPECT_EQ(title_of({subject("Shop"), slow}), "Shop and Mail are affected");
    EXPECT_EQ(title_of({slow, slow}), "Mail and Mail are slow");
}

TEST(Words, an_opening_says_since_when_how_we_know_and_what_comes_next) {
    const Timestamp due = kSince + minutes(30);
    const std::string ours =
        " Our checks noticed this by themselves; we do not know yet how many customers are "
        "affected. A person will say more by 21:30:04 UTC.";
    EXPECT_EQ(opening_text(subjects(1), 0, due),
              "Since 21:00:04 UTC, S1 refuses connections." + ours);
    EXPECT_EQ(opening_text(subjects(1), 1, due),
              "Since 21:00:04 UTC, S1 refuses connections. The other service works." + ours);
    EXPECT_EQ(opening_text(subjects(1), 2, due),
              "Since 21:00:04 UTC, S1 refuses connections. Everything else works." + ours);
}

TEST(Words, at_most_five_are_spelled_out) {
    const std::string six = joined_text(subjects(static_cast<int>(kSubjectsSpelled) + 1));
    EXPECT_NE(six.find("S5 refuses connections. 1 more service is affected as well."),
              std::string::npos);
    EXPECT_EQ(six.find("S6"), std::string::npos);
    const std::string seven = joined_text(subjects(static_cast<int>(kSubjectsSpelled) + 2));
    EXPECT_NE(seven.find("2 more services are affected as well."), std::string::npos);
}

TEST(Words, what_a_person_declared_is_not_called_measured) {
    EXPECT_EQ(worse_text({subject("Shop", FailureKind::kNone, ComponentStatus::kMajorOutage,
                                  StatusCause::kDeclared)}),
              "It has become worse. Since 21:00:04 UTC, Shop is having trouble.");
}

TEST(Words, the_end_owes_a_reason_unless_it_was_given) {
    EXPECT_EQ(resolved_text({"Shop"}, kSince, seconds(227), true),
              "Shop has worked since 21:00:04 UTC. The trouble lasted 3 min 47 s.");
    EXPECT_EQ(resolved_text({"Shop", "Mail"}, kSince, seconds(227), false),
              "Shop and Mail have worked since 21:00:04 UTC. The trouble lasted 3 min 47 s. We owe "
              "you the reason; a person will write it here.");
}

TEST(Words, recovery_and_changed_monitoring) {
    EXPECT_EQ(recovery_text({"Shop"}, kSince, kSince + minutes(5)),
              "Since 21:00:04 UTC, all checks of Shop pass again. We keep watching and will close "
              "this at 21:05:04 UTC if it stays so.");
    EXPECT_EQ(monitoring_changed_text({"Shop"}),
              "We changed what we measure of Shop while it was failing. Until a person confirms "
              "that change, we do not call it working.");
    EXPECT_EQ(reopened_text(subjects(1)),
              "The trouble has returned. Since 21:00:04 UTC, S1 refuses connections.");
}

// Whatever fails and however many do: plain words, whole sentences, nothing empty.
TEST(Words, every_sentence_is_plain) {
    for (int k = 0; k <= static_cast<int>(max_of(FailureKind{})); ++k) {
        for (const int count : {1, 2, 6}) {
            std::vector<Subject> some;
            for (int i = 0; i < count; ++i) {
                some.push_back(subject("Shop", static_cast<FailureKind>(k)));
            }
            for (const std::string& text : {opening_text(some, 3, kSince), reopened_text(some),
                                            worse_text(some), joined_text(some), title_of(some)}) {
                EXPECT_EQ(text.find("inconvenience"), std::string::npos) << text;
                EXPECT_EQ(text.find("://"), std::string::npos) << text;
                EXPECT_EQ(text.find("  "), std::string::npos) << text;
                EXPECT_EQ(text.find(".."), std::string::npos) << text;
                EXPECT_FALSE(text.empty());
            }
            EXPECT_EQ(worse_text(some).back(), '.');
        }
    }
}

}  // namespace
}  // namespace candor::core
