#include "base/codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace candor {
namespace {

enum class Colour : std::uint8_t { kRed, kGreen };
constexpr Colour max_of(Colour) {
    return Colour::kGreen;
}
std::string_view name_of(Colour c) {
    return c == Colour::kRed ? "red" : "green";
}

struct Inner {
    std::int64_t number = 0;
    std::string text;

    friend bool operator==(const Inner&, const Inner&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("number", self.number);
        visit("text", self.text);
    }
};

struct Outer {
    bool flag = false;
    Colour colour = Colour::kRed;
    Timestamp at;
    std::optional<Inner> maybe;
    std::vector<Inner> list;
    std::map<std::string, std::int64_t> map;

    friend bool operator==(const Outer&, const Outer&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("flag", self.flag);
        visit("colour", self.colour);
        visit("at", self.at);
        visit("maybe", self.maybe);
        visit("list", self.list);
        visit("map", self.map);
    }
};

Outer sample() {
    return {true,
            Colour::kGreen,
            Timestamp{1'775'336'400'000},
            Inner{-3, "in"},
            {{1, "a"}, {std::numeric_limits<std::int64_t>::min(), std::string("\0\xff", 2)}},
            {{"x", 7}, {"y", -7}}};
}

TEST(Codec, round_trips) {
    for (const Outer& value : {sample(), Outer{}}) {
        const auto back = decode<Outer>(encode(value));
        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(*back, value);
    }
}

TEST(Codec, integers_of_every_size_round_trip) {
    for (int shift = 0; shift < 64; ++shift) {
        for (const std::int64_t sign : {1, -1}) {
            const Inner value{static_cast<std::int64_t>(std::uint64_t{1} << shift) * sign, ""};
            EXPECT_EQ(decode<Inner>(encode(value))->number, value.number);
        }
    }
}

TEST(Codec, the_wire_form_is_frozen) {
    EXPECT_EQ(encode(Inner{-1, "ab"}), std::string("\x01\x02"
                                                   "ab",
                                                   4));
    EXPECT_EQ(encode(Inner{150, ""}), std::string("\xac\x02\x00", 3));
}

TEST(Codec, every_truncation_is_refused) {
    const std::string bytes = encode(sample());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        const auto back = decode<Outer>(std::string_view(bytes).substr(0, n));
        ASSERT_FALSE(back.has_value()) << n;
        EXPECT_EQ(back.error().code, ErrorCode::kCorrupt);
    }
    EXPECT_FALSE(decode<Outer>(bytes + '\0').has_value());
}

TEST(Codec, refuses_what_is_out_of_range) {
    std::string colour = encode(Outer{});
    colour[1] = 2;
    EXPECT_FALSE(decode<Outer>(colour).has_value());
    // Eleven bytes of a varint, and ten that hold more than 64 bits.
    EXPECT_FALSE(decode<Inner>(std::string(10, '\x80') + std::string(2, '\0')).has_value());
    EXPECT_FALSE(decode<Inner>(std::string(9, '\xff') + std::string("\x02\x00", 2)).has_value());
    EXPECT_TRUE(decode<Inner>(std::string(9, '\xff') + std::string("\x01\x00", 2)).has_value());
}

TEST(Codec, a_hostile_count_allocates_nothing) {
    // A list of 2^40 items in five bytes.
    std::string bytes = encode(Outer{});
    bytes.resize(4);
    codec::put_varint(bytes, std::uint64_t{1} << 40);
    EXPECT_FALSE(decode<Outer>(bytes).has_value());
}

TEST(Codec, changed_bytes_never_do_worse_than_be_refused) {
    std::mt19937 random(1);
    const std::string good = encode(sample());
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good;
        for (unsigned i = 0; i <= random() % 3; ++i) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        const auto back = decode<Outer>(bytes);
        if (!back) continue;
        const auto again = decode<Outer>(encode(*back));
        ASSERT_TRUE(again.has_value() && *again == *back);
    }
}

TEST(Codec, prints_for_people) {
    EXPECT_EQ(print_fields(Outer{}), "flag=false colour=red at=never list=[] map=[]");
    EXPECT_EQ(print_fields(Inner{1, "say \"hi\"\n"}), "number=1 text=\"say \\\"hi\\\"\\n\"");
    Outer small;
    small.maybe = Inner{2, "b"};
    small.map = {{"x", 7}};
    EXPECT_EQ(print_fields(small),
              "flag=false colour=red at=never maybe={number=2 text=\"b\"} list=[] map=[\"x\":7]");
}

}  // namespace
}  // namespace candor
