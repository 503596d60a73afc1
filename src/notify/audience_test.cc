#include "notify/audience.h"

#include <gtest/gtest.h>

#include "notify/sample_message.h"

namespace candor::notify {
namespace {

TEST(Audience, everybody_wants_an_incident_by_default) {
    EXPECT_TRUE(wants({}, sample_message()));
}

TEST(Audience, a_choice_of_components_leaves_out_the_rest) {
    EXPECT_TRUE(wants({.components = {{"calls"}, {"mail"}}}, sample_message()));
    EXPECT_FALSE(wants({.components = {{"mail"}}}, sample_message()));
}

TEST(Audience, milder_trouble_than_chosen_is_left_out) {
    EXPECT_TRUE(wants({.min_impact = IncidentImpact::kMajor}, sample_message()));
    EXPECT_FALSE(wants({.min_impact = IncidentImpact::kCritical}, sample_message()));
}

TEST(Audience, news_of_one_component_concerns_only_those_who_chose_it) {
    Message m = sample_message();
    m.only = {{"calls"}};
    EXPECT_TRUE(wants({.components = {{"calls"}}}, m));
    EXPECT_FALSE(wants({.components = {{"directory"}}}, m));
    EXPECT_FALSE(wants({}, m));
}

TEST(Audience, that_a_person_owes_words_is_told_only_to_those_who_asked) {
    Message m = sample_message();
    m.kind = NewsKind::kOverdue;
    EXPECT_FALSE(wants({}, m));
    EXPECT_TRUE(wants({.incidents = false, .overdue = true}, m));
    m.kind = NewsKind::kPost;
    EXPECT_FALSE(wants({.incidents = false, .overdue = true}, m));
}

TEST(Audience, a_test_reaches_everybody) {
    Message m = sample_message();
    m.kind = NewsKind::kTest;
    EXPECT_TRUE(wants({.incidents = false, .components = {{"mail"}}}, m));
}

}  // namespace
}  // namespace candor::notify
