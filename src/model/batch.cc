#include "model/batch.h"

#include "base/codec.h"

namespace candor {
namespace {

struct Frame {
    std::int64_t format = kBatchFormat;
    std::string written_by;
    Timestamp at;
    Cause cause;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("format", self.format);
        visit("written_by", self.written_by);
        visit("at", self.at);
        visit("cause", self.cause);
    }
};

struct RawEntry {
    std::int64_t tag = 0;
    std::string payload;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("tag", self.tag);
        visit("payload", self.payload);
    }
};

// Tries each alternative of Entry in turn; the compiler unrolls it.
template <std::size_t I = 0>
Result<Entry> decode_entry(const RawEntry& raw, const std::string& written_by) {
    if constexpr (I == std::variant_size_v<Entry>) {
        return fail(ErrorCode::kUnsupported, "journal entry with unknown tag " +
                                                 std::to_string(raw.tag) +
                                                 " was written by version " + written_by +
                                                 "; start that version or a newer one");
    } else {
        using T = std::variant_alternative_t<I, Entry>;
        if (raw.tag != T::kTag) return decode_entry<I + 1>(raw, written_by);
        auto value = decode<T>(raw.payload);
        if (!value)
            return fail_in("journal entry with tag " + std::to_string(raw.tag), value.error());
        return Entry(std::move(*value));
    }
}

}  // namespace

std::string encode_batch(const Batch& batch) {
    Encoder encoder;
    encoder.put(Frame{kBatchFormat, batch.written_by, batch.at, batch.cause});
    std::vector<RawEntry> raw;
    raw.reserve(batch.entries.size());
    for (const Entry& entry : batch.entries) {
        std::visit([&](const auto& e) { raw.push_back({e.kTag, encode(e)}); }, entry);
    }
    encoder.put(raw);
    return encoder.take();
}

Result<Batch> decode_batch(std::string_view bytes) {
    Decoder decoder(bytes);
    std::int64_t format = 0;
    std::string written_by;
    decoder.get(format);
    decoder.get(written_by);
    if (decoder.good() && format != kBatchFormat) {
        return fail(ErrorCode::kUnsupported, "journal batch in format " + std::to_string(format) +
                                                 " was written by version " + written_by);
    }
    Batch batch;
    batch.written_by = written_by;
    decoder.get(batch.at);
    decoder.get(batch.cause);
    std::vector<RawEntry> raw;
    decoder.get(raw);
    if (!decoder.good() || !decoder.at_end()) {
        return fail(ErrorCode::kCorrupt, "journal batch does not decode: truncated or damaged");
    }
    for (const RawEntry& one : raw) batch.entries.push_back(TRY(decode_entry(one, written_by)));
    return batch;
}

std::string print_entry(const Entry& entry) {
    return std::string(entry_name(entry)) + " " +
           std::visit([](const auto& e) { return print_fields(e); }, entry);
}

}  // namespace candor
