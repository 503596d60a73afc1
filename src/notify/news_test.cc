#include "notify/news.h"

#include <gtest/gtest.h>

#include "base/codec.h"

namespace candor::notify {
namespace {

void post(view::IncidentView& incident, const char* id, Origin origin, const char* text);

view::IncidentView open_incident() {
    view::IncidentView i;
    i.id = {"inc000000001"};
    i.title = "Directory is down";
    i.impact = IncidentImpact::kMajor;
    i.worst = ComponentStatus::kPartialOutage;
    i.components = {{{"directory"},
                     "Directory",
                     ComponentStatus::kPartialOutage,
                     ComponentStatus::kPartialOutage}};
    post(i, "u1", Origin::kMachine, "It began.");
    return i;
}

void post(view::IncidentView& incident, const char* id, Origin origin, const char* text) {
    view::UpdateView update;
    update.id = {id};
    update.origin = origin;
    update.text = text;
    incident.updates.insert(incident.updates.begin(), update);
}

TEST(News, an_incident_that_was_not_there_has_opened) {
    const auto news = news_between(std::nullopt, open_incident());
    ASSERT_TRUE(news);
    EXPECT_EQ(news->kind, NewsKind::kOpened);
}

TEST(News, nothing_visible_changed_is_no_news) {
    EXPECT_FALSE(news_between(open_incident(), open_incident()));
}

TEST(News, machine_posts_and_better_colours_are_no_news) {
    view::IncidentView after = open_incident();
    after.components[0].now = ComponentStatus::kOperational;
    after.phase = IncidentPhase::kMonitoring;
    post(after, "u2", Origin::kMachine, "All checks pass again.");
    EXPECT_FALSE(news_between(open_incident(), after));
}

TEST(News, the_same_colour_again_is_no_news) {
    view::IncidentView before = open_incident();
    before.worst = ComponentStatus::kMajorOutage;
    before.components[0].worst = ComponentStatus::kMajorOutage;
    view::IncidentView after = before;
    after.components[0].now = ComponentStatus::kMajorOutage;
    EXPECT_FALSE(news_between(before, after));
}

TEST(News, a_worse_colour_concerns_everybody) {
    view::IncidentView after = open_incident();
    after.worst = ComponentStatus::kMajorOutage;
    after.components[0].worst = ComponentStatus::kMajorOutage;
    const auto news = news_between(open_incident(), after);
    ASSERT_TRUE(news);
    EXPECT_EQ(news->kind, NewsKind::kWorse);
    EXPECT_TRUE(news->only.empty());
}

TEST(News, a_component_that_joins_concerns_those_who_chose_it) {
    view::IncidentView after = open_incident();
    after.components.push_back({{"calls"},
                                "Calls",
                                ComponentStatus::kDegradedPerformance,
                                ComponentStatus::kDegradedPerformance});
    const auto news = news_between(open_incident(), after);
    ASSERT_TRUE(news);
    EXPECT_EQ(news->kind, NewsKind::kWorse);
    EXPECT_EQ(news->only, std::vector<ComponentId>{{"calls"}});
}

TEST(News, a_person_who_writes_is_news_also_after_the_end) {
    view::IncidentView before = open_incident();
    before.resolved_at = Timestamp{5};
    view::IncidentView after = before;
    post(after, "u2", Origin::kHuman, "A disk was full.");
    post(after, "u3", Origin::kMachine, "Closed.");
    const auto news = news_between(before, after);
    ASSERT_TRUE(news);
    EXPECT_EQ(news->kind, NewsKind::kPost);
}

TEST(News, an_erased_post_is_no_news) {
    view::IncidentView after = open_incident();
    post(after, "u2", Origin::kHuman, "");
    after.updates.front().missing = "This text was erased on request.";
    EXPECT_FALSE(news_between(open_incident(), after));
}

TEST(News, the_end_is_told_once_and_a_false_alarm_as_such) {
    view::IncidentView after = open_incident();
    after.resolved_at = Timestamp{5};
    EXPECT_EQ(news_between(open_incident(), after)->kind, NewsKind::kResolved);
    EXPECT_FALSE(news_between(after, after));
    after.retracted = true;
    EXPECT_EQ(news_between(open_incident(), after)->kind, NewsKind::kFalseAlarm);
}

TEST(News, trouble_that_comes_back_is_told) {
    view::IncidentView before = open_incident();
    before.resolved_at = Timestamp{5};
    EXPECT_EQ(news_between(before, open_incident())->kind, NewsKind::kReopened);
}

TEST(News, that_words_are_overdue_is_told_once) {
    view::IncidentView after = open_incident();
    after.update_overdue = true;
    EXPECT_EQ(news_between(open_incident(), after)->kind, NewsKind::kOverdue);
    EXPECT_FALSE(news_between(after, after));
}

TEST(News, an_announcement_carries_the_newest_words_and_for_a_post_the_persons) {
    view::PublicView page;
    page.position = 7;
    page.as_of = Timestamp{9};
    page.page.name = "Acme";
    view::IncidentView incident = open_incident();
    post(incident, "u2", Origin::kHuman, "A disk was full.");
    post(incident, "u3", Origin::kMachine, "All checks pass again.");
    const Message opened = compose({NewsKind::kResolved, {}}, page, incident);
    EXPECT_EQ(opened.text, "All checks pass again.");
    EXPECT_EQ(opened.position, 7U);
    const Message written = compose({NewsKind::kPost, {}}, page, incident);
    EXPECT_EQ(written.text, "A disk was full.");
    EXPECT_EQ(written.text_origin, Origin::kHuman);
}

TEST(News, a_message_survives_being_stored) {
    view::PublicView page;
    const Message m = compose({NewsKind::kOpened, {{"calls"}}}, page, open_incident());
    const auto back = decode<Message>(encode(m));
    ASSERT_TRUE(back);
    EXPECT_EQ(encode(*back), encode(m));
    EXPECT_EQ(back->only, m.only);
}

}  // namespace
}  // namespace candor::notify
