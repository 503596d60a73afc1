// X-Forwarded-For: the client is the peer itself, unless a listed proxy says otherwise, and then an
// address that stood in the header.

#include <string>
#include <vector>

#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"
#include "web/client.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    static const web::TrustedProxies kTrusted{*IpRange::parse("10.0.0.0/8"),
                                              *IpRange::parse("fd00::/8")};
    static const IpAddress kProxy = *IpAddress::parse("10.0.0.1");
    static const IpAddress kStranger = *IpAddress::parse("192.0.2.1");
    fuzz::Input input(data, size);
    std::vector<std::string_view> lines;
    for (std::size_t count = input.number() % 4; count > 0; --count) lines.push_back(input.line());
    lines.push_back(input.rest());
    CHECK(web::client_address(kTrusted, kStranger, lines) == kStranger);
    CHECK(web::client_address({}, kProxy, lines) == kProxy);
    const IpAddress client = web::client_address(kTrusted, kProxy, lines);
    std::string all;
    for (const std::string_view line : lines) all += line;
    if (client != kProxy) CHECK(all.find_first_of(".:") != std::string::npos);
    // Printed and read again it is the same, and so is its network.
    const auto again = web::forwarded_address(client.text());
    CHECK(again && *again == client && web::network_of(*again) == web::network_of(client));
    return 0;
}
