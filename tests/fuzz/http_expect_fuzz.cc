// What probes read: an HTTP answer's body against its expectations, and raw DNS answers.

#include "base/check.h"
#include "probe/dns_records.h"
#include "probe/http_expect.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    fuzz::Input input(data, size);
    constexpr int kTypes[] = {1, 28, 5, 15, 2, 16};
    const int type = kTypes[input.number() % std::size(kTypes)];
    const auto records = probe::dns_records(input.rest(), type);
    CHECK(!records || records->size() <= probe::kDnsRecordsMax);

    HttpTarget target;
    target.json = JsonExpectation{std::string(input.line()), std::string(input.line())};
    target.body_contains = std::string(input.line());
    const probe::HttpAnswer answer{.status = 200, .body = input.rest(), .total_us = 1};
    const auto trouble = probe::judge(target, answer);
    std::string why;
    if (!trouble) CHECK(probe::json_matches(*target.json, answer.body, why));
    const std::string shown = probe::clean_detail(input.rest());
    CHECK(shown.size() <= kDetailBytesMax && probe::clean_detail(shown) == shown);
    CHECK(probe::clean_detail_tail(input.rest()).size() <= kDetailBytesMax);
    return 0;
}
