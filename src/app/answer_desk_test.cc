#include "app/answer_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>

#include "tests/desks/desk_doubles.h"

namespace candor::app {
namespace {

using testing::HasSubstr;

constexpr const char* kKey = "a key of our own";
constexpr Timestamp kNow = test::kDeskTime;

class AnswerDeskTest : public testing::Test {
   protected:
    void open(void (*change)(core::IncidentState&) = [](core::IncidentState&) {}) {
        core::IncidentState incident;
        incident.id = {"inc000000001"};
        incident.title = "Directory is <down>";
        incident.started = kNow - minutes(5);
        incident.clock.due = kNow + minutes(25);
        for (const char* name : {"Directory", "Calls"}) {
            incident.components.emplace_back().name = name;
        }
        change(incident);
        auto state = std::make_shared<core::State>();
        state->incidents[incident.id].edit([&](core::IncidentState& i) { i = incident; });
        desk_.open(
            {.version = "1",
             .page_id = "kctbh9vrtdwd",
             .newest =
                 [state] { return engine::Published{.state = state, .as_of = kNow, .stats = {}}; }},
            kKey);
    }
    static std::string word(Timestamp expires = kNow + hours(1)) {
        return notify::AnswerLinks(kKey).word({{"inc000000001"}, "phone", expires});
    }
    PageAnswer ask(bool changes, const std::string& word) {
        std::promise<PageAnswer> answer;
        desk_.render({.path = "/answer", .query = "w=" + word, .changes = changes},
                     [&answer](PageAnswer a) { answer.set_value(std::move(a)); });
        return answer.get_future().get();
    }

    test::StoppedClock clock_;
    test::RememberingOperator operator_;
    AnswerDesk desk_{operator_, clock_};
};

TEST_F(AnswerDeskTest, looking_at_the_link_takes_nothing_on) {
    open();
    const PageAnswer page = ask(false, word());
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("<h1>Directory is &lt;down&gt;</h1>"));
    EXPECT_THAT(page.body, HasSubstr("It affects Directory and Calls, since"));
    EXPECT_THAT(page.body, HasSubstr("Nobody has taken it on yet."));
    EXPECT_THAT(page.body, HasSubstr("<button>I am on it</button>"));
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(AnswerDeskTest, the_button_takes_it_on_in_the_name_of_the_channel) {
    open();
    const PageAnswer page = ask(true, word());
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("You are on it."));
    EXPECT_THAT(page.body, HasSubstr("They were promised words by"));
    ASSERT_EQ(operator_.requests.size(), 1U);
    EXPECT_EQ(operator_.requests[0].actor.value, "channel:phone");
    const auto& asked = std::get<command::Acknowledge>(operator_.requests[0].what);
    EXPECT_EQ(asked.incident.value, "inc000000001");
}

TEST_F(AnswerDeskTest, pressed_twice_is_answered_alike) {
    open([](core::IncidentState& i) { i.record.owner = {"channel:phone"}; });
    EXPECT_THAT(ask(true, word()).body, HasSubstr("You are on it."));
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(AnswerDeskTest, what_another_took_on_can_be_taken_over) {
    open([](core::IncidentState& i) {
        i.record.owner = {"user:ann"};
        i.record.owned_at = kNow;
    });
    EXPECT_THAT(ask(false, word()).body, HasSubstr("Somebody took it on at"));
    ask(true, word());
    EXPECT_EQ(operator_.requests.size(), 1U);
}

TEST_F(AnswerDeskTest, what_is_over_needs_nobody) {
    open([](core::IncidentState& i) { i.resolved_at = kNow; });
    for (const bool changes : {false, true}) {
        EXPECT_THAT(ask(changes, word()).body, HasSubstr("It is over already."));
    }
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(AnswerDeskTest, only_its_own_fresh_words_open_it) {
    open();
    std::string forged = word();
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const std::string& bad :
         {std::string(), forged, word(kNow - seconds(1)),
          std::string(notify::kAnswerWordBytesMax + 1, 'A'),
          notify::AnswerLinks("another key").word({{"inc000000001"}, "phone", kNow + hours(1)})}) {
        EXPECT_EQ(ask(true, bad).status, 410) << bad;
    }
    EXPECT_TRUE(operator_.requests.empty());
}

TEST_F(AnswerDeskTest, a_refusal_says_what_happened) {
    open();
    operator_.refusal = ErrorCode::kConflict;
    EXPECT_EQ(ask(true, word()).status, 409);
    operator_.refusal = ErrorCode::kBusy;
    EXPECT_EQ(ask(true, word()).status, 503);
}

TEST_F(AnswerDeskTest, before_and_after_everything_is_busy) {
    EXPECT_EQ(ask(false, word()).status, 503);
    open();
    desk_.close();
    EXPECT_EQ(ask(false, word()).status, 503);
}

}  // namespace
}  // namespace candor::app
