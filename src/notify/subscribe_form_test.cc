#include "notify/subscribe_form.h"

#include <gtest/gtest.h>

#include "notify/subscribe_links.h"

namespace candor::notify {
namespace {

const std::vector<ComponentId> kKnown = [] {
    std::vector<ComponentId> out = {{"directory"}, {"calls"}};
    for (std::size_t i = 0; i <= kChosenMax; ++i) out.push_back({"c" + std::to_string(i)});
    return out;
}();

Result<SubscribeForm> parse(std::string_view body) {
    return parse_subscribe_form(body, true, kKnown);
}

TEST(SubscribeForm, reads_what_browsers_send) {
    const auto form =
        parse("mail=+kim%2Bnews%40acme.example+&component=calls&component=calls&impact=major");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->mail, "kim+news@acme.example");
    EXPECT_EQ(form->filter.components, std::vector<ComponentId>{{"calls"}});
    EXPECT_EQ(form->filter.min_impact, IncidentImpact::kMajor);
}

TEST(SubscribeForm, nothing_ticked_is_everything) {
    const auto form = parse("mail=kim%40acme.example&other=x");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->filter, Filter{});
}

TEST(SubscribeForm, refuses_what_is_no_address_component_or_form) {
    for (const char* body :
         {"", "mail=", "mail=kim", "mail=kim%40acme.example%0d%0aBcc%3A+x", "mail=%zz", "mail=%4",
          "mail=kim%40acme.example&component=gone", "mail=kim%40acme.example&impact=huge"}) {
        EXPECT_FALSE(parse(body)) << body;
    }
}

TEST(SubscribeForm, reads_what_clients_of_statuspage_send) {
    const std::vector<ForeignId> known = {{"kctbh9vrtdwd", {"directory"}}, {"q2w3", {"calls"}}};
    for (const char* body :
         {"subscriber[email]=kim@acme.example&subscriber[component_ids][]=q2w3",
          "subscriber%5Bemail%5D=kim%40acme.example&subscriber%5Bcomponent_ids%5D%5B%5D=q2w3"}) {
        const auto form = parse_statuspage_subscriber(body, known);
        ASSERT_TRUE(form) << body;
        EXPECT_EQ(form->mail, "kim@acme.example");
        EXPECT_EQ(form->filter.components, std::vector<ComponentId>{{"calls"}});
    }
    const auto code = [&](std::string_view body) {
        const auto form = parse_statuspage_subscriber(body, known);
        return form ? ErrorCode::kInternal : form.error().code;
    };
    EXPECT_EQ(code(""), ErrorCode::kInvalid);
    EXPECT_EQ(code("mail=kim@acme.example"), ErrorCode::kInvalid);
    EXPECT_EQ(code("subscriber[email]=kim@acme.example&subscriber[component_ids][]=calls"),
              ErrorCode::kInvalid);
    EXPECT_EQ(code("subscriber[phone_country]=ca&subscriber[phone_number]=4165550100"),
              ErrorCode::kUnsupported);
    EXPECT_EQ(code("subscriber[endpoint]=https://x.example&subscriber[email]=kim@acme.example"),
              ErrorCode::kUnsupported);
}

TEST(SubscribeForm, keeps_its_bounds) {
    std::string body = "mail=kim%40acme.example";
    for (std::size_t i = 0; i < kChosenMax; ++i) body += "&component=c" + std::to_string(i);
    EXPECT_TRUE(parse(body));
    EXPECT_FALSE(parse(body + "&component=calls"));
    std::string fields = "mail=kim%40acme.example";
    for (std::size_t i = 1; i < kFormFieldsMax; ++i) fields += "&x=y";
    EXPECT_TRUE(parse(fields));
    EXPECT_FALSE(parse(fields + "&x=y"));
    EXPECT_FALSE(parse("mail=kim%40acme.example&x=" + std::string(kFormBytesMax, 'x')));
}

}  // namespace
}  // namespace candor::notify
