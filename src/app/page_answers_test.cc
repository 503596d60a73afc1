#include "app/page_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/memory_journal.h"
#include "store/memory_series.h"

namespace candor::app {
namespace {

using testing::HasSubstr;

class PageAnswersTest : public testing::Test {
   protected:
    PageAnswer ask(const std::string& path, const std::string& query = {}) {
        auto journal = store::open_memory_journal(storage_);
        auto series = store::open_memory_series(std::make_shared<store::MemorySeriesStorage>());
        EXPECT_TRUE(journal && series);
        engine::Published newest{.state = std::make_shared<const core::State>(),
                                 .as_of = Timestamp{1'775'336'534'000},
                                 .stats = {}};
        PageAnswers answers(
            {.version = "1", .page_id = "kctbh9vrtdwd", .newest = [newest] { return newest; }},
            (*journal)->open_reader().value(), (*journal)->open_reader().value(),
            (*series)->open_reader().value());
        return answers.answer({path, query});
    }
    void expect_page(const PageAnswer& answer, int status, const std::string& words) {
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.content_type, "text/html; charset=utf-8");
        EXPECT_THAT(answer.body, HasSubstr("<!doctype html>"));
        EXPECT_THAT(answer.body, HasSubstr(words));
        EXPECT_THAT(answer.body, HasSubstr("<a href=\"/\">See the current status</a>"));
    }

    std::shared_ptr<store::MemoryJournalStorage> storage_ =
        std::make_shared<store::MemoryJournalStorage>();
};

TEST_F(PageAnswersTest, what_is_not_there_is_a_page) {
    for (const char* path : {"/components/nosuch", "/incidents/nosuch", "/nosuch"}) {
        SCOPED_TRACE(path);
        expect_page(ask(path), 404, "There is no such page.");
    }
}

TEST_F(PageAnswersTest, a_parameter_that_cannot_be_read_is_shown_how) {
    expect_page(ask("/history", "month=bad"), 400, "/history?month=2026-04");
    expect_page(ask("/components/x", "range=2h"), 400, "24h, 7d, 30d, 90d or 365d");
    expect_page(ask("/at/yesterday"), 400, "/at/2026-04-04T21:05Z");
}

TEST_F(PageAnswersTest, a_moment_outside_of_the_record_is_told) {
    expect_page(ask("/at/2036-04-04T21:05Z"), 404, "That moment has not come yet.");
    expect_page(ask("/at/2006-04-04T21:05Z"), 404, "Nothing was recorded by then.");
}

}  // namespace
}  // namespace candor::app
