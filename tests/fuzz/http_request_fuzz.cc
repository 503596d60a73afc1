// Whole conversations: the strict gate takes any bytes, and what comes of them does not depend on
// how they were split.

#include "base/check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/http/request_gate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    candor::fuzz::Input input(data, size);
    const std::size_t step = 1 + input.number();
    const std::string_view bytes = input.rest();
    candor::test::RequestGate whole;
    whole.feed(bytes);
    candor::test::RequestGate split;
    for (std::size_t at = 0; at < bytes.size(); at += step) split.feed(bytes.substr(at, step));
    CHECK(whole.outcomes() == split.outcomes());
    CHECK(whole.seen() == split.seen());
    return 0;
}
