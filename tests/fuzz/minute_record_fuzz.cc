// Stored minutes: whatever decodes is in order and survives being written again.

#include "base/check.h"
#include "impact/minute_record.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace candor;
    const auto record = impact::decode_minute(fuzz::Input(data, size).rest());
    if (!record) return 0;
    for (std::size_t i = 1; i < record->customers.size(); ++i) {
        CHECK(record->customers[i - 1].customer < record->customers[i].customer);
    }
    CHECK(impact::decode_minute(impact::encode_minute(*record)) == *record);
    CHECK(impact::merged(*record, {}) == *record);
    return 0;
}
