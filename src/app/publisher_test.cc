// What readers get to see of positions that were rendered ahead, and when.
#include "app/publisher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tests/contract/temp_folder.h"
#include "tests/gallery/sample_states.h"

namespace candor::app {
namespace {

using gallery::kNow;

// Knows no text, and tells how often each was asked for: once per render of a page that shows it.
class AskedTexts final : public JournalReader {
   public:
    struct Asked {
        std::mutex mutex;
        std::condition_variable changed;
        std::map<std::string, int> times;

        void wait_for(const std::string& text) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return times[text] > 0; });
        }
        int count(const std::string& text) {
            const std::lock_guard lock(mutex);
            return times[text];
        }
    };
    explicit AskedTexts(Asked& asked) : asked_(asked) {}

    Result<std::string> sealed_text(const std::string& commitment) override {
        {
            const std::lock_guard lock(asked_.mutex);
            ++asked_.times[commitment];
        }
        asked_.changed.notify_all();
        return fail(ErrorCode::kNotFound, "no text");
    }
    Result<JournalHead> head() override { return JournalHead{}; }
    Result<void> read(Position, std::size_t,
                      const std::function<Result<void>(const JournalRecord&)>&) override {
        return {};
    }
    Result<JournalHead> head_at(Timestamp) override { return JournalHead{}; }
    Result<std::optional<StateSnapshot>> snapshot(Position, std::int64_t) override {
        return std::nullopt;
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string&) override {
        return std::nullopt;
    }

   private:
    Asked& asked_;
};

// Every site that readers were given, in order.
class Readers {
   public:
    void give(page::SitePtr site) {
        {
            const std::lock_guard lock(mutex_);
            sites_.push_back(std::move(site));
        }
        changed_.notify_all();
    }
    // Returns once `n` of the sites have this as-of time.
    void wait_for(Timestamp as_of, int n) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock,
                      [&] { return std::ranges::count(sites_, as_of, &page::Site::as_of) >= n; });
    }
    bool ever_saw(const std::string& incident) {
        const std::lock_guard lock(mutex_);
        return std::ranges::any_of(sites_, [&](const page::SitePtr& site) {
            bool found = site->resources.find("/incidents/" + incident) != nullptr;
            site->resources.for_each([&](const std::string&, const page::ResourcePtr& resource) {
                found = found || resource->identity.contains(incident);
            });
            return found;
        });
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<page::SitePtr> sites_;
};

engine::Published green(Timestamp as_of) {
    gallery::Sample sample = gallery::green();
    return {std::make_shared<const core::State>(std::move(sample.state)), as_of, {}};
}

// One position later: an incident of this id, whose title is a sealed text of the same name.
engine::Published with_incident(const std::string& id, Timestamp as_of) {
    gallery::Builder builder("one incident");
    builder.state() = gallery::green().state;
    builder.state().position += 1;
    builder.incident(id, "", as_of, {"directory"}, ComponentStatus::kMajorOutage);
    builder.edit_incident([](core::IncidentState& i) { i.sealed_title = SealedText{i.id.value}; });
    return {std::make_shared<const core::State>(builder.take().state), as_of, {}};
}

class PublisherTest : public testing::Test {
   protected:
    test::TempFolder folder_;
    AskedTexts::Asked asked_;
    Readers readers_;
    Publisher publisher_{{.version = "test",
                          .page_id = "kctbh9vrtdwd",
                          .site_file = folder_.path() + "/page",
                          .publish = [this](page::SitePtr site) { readers_.give(std::move(site)); },
                          .log = [](const std::string& line) { ADD_FAILURE() << line; }},
                         std::make_unique<AskedTexts>(asked_)};

    void show_green() {
        publisher_.offer(green(kNow));
        readers_.wait_for(kNow, 2);  // people's pages, then everything
    }
};

const Timestamp kLater = kNow + seconds(1);
const Timestamp kLast = kNow + seconds(2);

TEST_F(PublisherTest, what_was_rendered_ahead_is_shown_when_it_is_durable_and_not_before) {
    show_green();
    const engine::Published next = with_incident("aaaaaaaaaaaa", kLater);
    publisher_.prepare(next);
    asked_.wait_for("aaaaaaaaaaaa");
    EXPECT_FALSE(readers_.ever_saw("aaaaaaaaaaaa"));
    publisher_.offer(next);
    readers_.wait_for(kLater, 2);
    EXPECT_TRUE(readers_.ever_saw("aaaaaaaaaaaa"));
    EXPECT_EQ(asked_.count("aaaaaaaaaaaa"), 1);  // nothing was rendered again
}

TEST_F(PublisherTest, what_the_journal_refused_is_never_shown) {
    show_green();
    publisher_.prepare(with_incident("aaaaaaaaaaaa", kLater));
    asked_.wait_for("aaaaaaaaaaaa");
    publisher_.offer(green(kLater));  // as the engine does when the disk is full
    readers_.wait_for(kLater, 1);
    publisher_.offer(with_incident("bbbbbbbbbbbb", kLast));  // the same position, another batch
    readers_.wait_for(kLast, 2);
    EXPECT_TRUE(readers_.ever_saw("bbbbbbbbbbbb"));
    EXPECT_FALSE(readers_.ever_saw("aaaaaaaaaaaa"));
}

TEST_F(PublisherTest, an_offer_that_was_not_prepared_is_shown_all_the_same) {
    show_green();
    publisher_.prepare(with_incident("aaaaaaaaaaaa", kLater));
    publisher_.offer(with_incident("bbbbbbbbbbbb", kLast));
    readers_.wait_for(kLast, 2);
    EXPECT_TRUE(readers_.ever_saw("bbbbbbbbbbbb"));
    EXPECT_FALSE(readers_.ever_saw("aaaaaaaaaaaa"));
}

TEST_F(PublisherTest, the_first_page_waits_until_it_is_durable) {
    const engine::Published first = with_incident("aaaaaaaaaaaa", kNow);
    publisher_.prepare(first);
    publisher_.offer(first);
    readers_.wait_for(kNow, 2);
    EXPECT_TRUE(readers_.ever_saw("aaaaaaaaaaaa"));
}

}  // namespace
}  // namespace candor::app
