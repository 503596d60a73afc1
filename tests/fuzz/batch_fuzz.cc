// Journal batches read back from disk: any bytes decode or are refused, and what decodes survives
// another round trip unchanged.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "model/batch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto batch = candor::decode_batch(bytes);
    if (!batch) return 0;
    const std::string again = candor::encode_batch(*batch);
    const auto twice = candor::decode_batch(again);
    CHECK(twice.has_value());
    CHECK(candor::encode_batch(*twice) == again);
    for (const candor::Entry& entry : batch->entries) (void)candor::print_entry(entry);
    return 0;
}
