#include "view/entry_title.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "view/console_view.h"

namespace candor::view {
namespace {

template <class Visit, std::size_t... I>
void for_each_kind(Visit visit, std::index_sequence<I...>) {
    (visit(std::variant_alternative_t<I, Entry>{}), ...);
}

// One of each kind that the journal can hold, as a person would have caused it.
template <class Visit>
void for_each_kind(Visit visit) {
    for_each_kind(
        [&](auto e) {
            if constexpr (requires { e.actor; }) e.actor = ActorId{"user:ann"};
            if constexpr (requires { e.user; }) e.user = UserId{"ann"};
            if constexpr (requires { e.origin; }) e.origin = Origin::kHuman;
            visit(e);
        },
        std::make_index_sequence<std::variant_size_v<Entry>>());
}

bool for_people(std::string_view text) {
    return !text.empty() && text.find('_') == std::string_view::npos && text[0] >= 'A' &&
           text[0] <= 'Z';
}

TEST(EntryTitle, every_kind_has_one_of_its_own_in_words) {
    std::set<std::string> titles;
    for_each_kind([&](const Entry& entry) {
        const std::string title(entry_title(entry));
        EXPECT_TRUE(for_people(title)) << entry_name(entry);
        EXPECT_TRUE(titles.insert(title).second) << title;
    });
    EXPECT_EQ(titles.size(), std::variant_size_v<Entry>);
    EXPECT_FALSE(for_people("incident_owned"));
    EXPECT_FALSE(for_people(""));
}

// Whatever a person did stands in the trail, by whom and in words.
TEST(EntryTitle, whatever_names_an_actor_is_told_in_the_trail) {
    std::size_t told = 0;
    for_each_kind([&]<class E>(const E& e) {
        const auto item = audit_item(7, Timestamp{5}, Entry{e});
        constexpr bool kByPeople = requires { e.actor; } || std::is_same_v<E, entry::SignedIn> ||
                                   std::is_same_v<E, entry::SignedOut>;
        if (!kByPeople) return;
        ASSERT_TRUE(item) << entry_name(Entry{e});
        EXPECT_TRUE(for_people(item->words)) << item->words;
        EXPECT_EQ(item->actor.value, "user:ann");
        EXPECT_EQ(item->entry, entry_name(Entry{e}));
        EXPECT_EQ(item->title, entry_title(Entry{e}));
        ++told;
    });
    EXPECT_GE(told, 20U);
}

}  // namespace
}  // namespace candor::view
