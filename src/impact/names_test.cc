#include "impact/names.h"

#include <gtest/gtest.h>

#include <string>

namespace candor::impact {
namespace {

TEST(Names, numbers_are_dense_stable_and_found_again) {
    Names names(7, 100'000);
    for (Number i = 0; i < 50'000; ++i) {
        EXPECT_EQ(names.add("customer-" + std::to_string(i)), i);
    }
    for (Number i = 0; i < 50'000; ++i) {
        const std::string name = "customer-" + std::to_string(i);
        EXPECT_EQ(names.find(name), i);
        EXPECT_EQ(names.add(name), i);
        EXPECT_EQ(names.name(i), name);
    }
    EXPECT_EQ(names.size(), 50'000U);
    EXPECT_FALSE(names.find("somebody else"));
}

TEST(Names, names_of_every_length_are_told_apart) {
    Names names(1, 1'000);
    for (std::size_t length = 0; length <= 128; ++length) {
        EXPECT_EQ(names.add(std::string(length, 'x')), Number(length));
        EXPECT_EQ(names.find(std::string(length, 'x')), Number(length));
    }
    // Trailing zero bytes are part of a name, although the last word is padded with them.
    EXPECT_NE(names.hash(std::string_view("a\0", 2)), names.hash("a"));
    EXPECT_FALSE(names.find(std::string_view("x\0", 2)));
}

TEST(Names, a_full_table_takes_no_new_name_and_knows_the_old) {
    Names names(1, 2);
    EXPECT_EQ(names.add("a"), 0U);
    EXPECT_EQ(names.add("b"), 1U);
    EXPECT_FALSE(names.add("c"));
    EXPECT_EQ(names.add("a"), 0U);
    EXPECT_EQ(names.size(), 2U);
}

TEST(Names, the_seed_decides_where_names_stand) {
    const Names one(1, 10);
    const Names other(2, 10);
    EXPECT_NE(one.hash("acme"), other.hash("acme"));
    EXPECT_EQ(one.hash("acme"), Names(1, 10).hash("acme"));
}

}  // namespace
}  // namespace candor::impact
