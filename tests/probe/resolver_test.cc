// Names that this machine knows by itself; nothing is asked of any network.
#include "probe/resolver.h"

#include <gtest/gtest.h>

namespace candor::probe {
namespace {

AddressAnswer answer_for(const std::string& host, std::uint16_t port) {
    const auto loop = EventLoop::create();
    const auto resolver = Resolver::create(**loop);
    std::optional<AddressAnswer> got;
    const Question question =
        (*resolver)->addresses(host, port, [&](AddressAnswer answer) { got = std::move(answer); });
    while (!got) (*loop)->run_once();
    return std::move(*got);
}

// Pings have no port; asking c-ares for port 0 once made every ping by name fail.
TEST(Resolver, a_name_resolves_with_and_without_a_port) {
    for (const std::uint16_t port : {std::uint16_t{0}, std::uint16_t{80}}) {
        const AddressAnswer answer = answer_for("localhost", port);
        ASSERT_FALSE(answer.why) << port << ": " << answer.why->detail;
        const auto text = answer.addresses.at(0).text();
        EXPECT_TRUE(text == "127.0.0.1" || text == "::1") << text;
    }
}

TEST(Resolver, a_name_that_cannot_be_one_is_refused_at_once) {
    EXPECT_TRUE(answer_for(std::string(70, 'x'), 0).why);
}

}  // namespace
}  // namespace candor::probe
