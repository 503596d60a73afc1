#include "app/batch_news.h"

#include <gtest/gtest.h>

namespace candor::app {
namespace {

const IncidentId kIncident{"i1"};
const IncidentId kOther{"i2"};

Entry post_of(Origin origin) {
    entry::IncidentPosted posted;
    posted.incident = kIncident;
    posted.origin = origin;
    return posted;
}

TEST(BatchNews, taking_an_incident_on_and_writing_about_it_answers_for_it) {
    Batch batch;
    EXPECT_TRUE(answered_in(batch).empty());
    batch.entries.push_back(post_of(Origin::kMachine));
    EXPECT_TRUE(answered_in(batch).empty());
    batch.entries.push_back(post_of(Origin::kHuman));
    entry::IncidentOwned owned;
    owned.incident = kOther;
    batch.entries.push_back(owned);
    EXPECT_EQ(answered_in(batch), (std::vector{kIncident, kOther}));
}

TEST(BatchNews, a_missed_promise_is_looked_at) {
    Batch batch;
    EXPECT_FALSE(may_hold_news(batch));
    entry::EscalationRaised raised;
    raised.incident = kIncident;
    batch.entries.push_back(raised);
    EXPECT_TRUE(may_hold_news(batch));
}

}  // namespace
}  // namespace candor::app
