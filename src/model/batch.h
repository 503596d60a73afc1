// One input's entries, decided together, durable together, visible together.
//
// Every batch says what caused it, so that any colour can be traced to its observations.
// Wire format: docs/journal.md. Decoding is strict: an unknown tag names the version that wrote it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/entry.h"
#include "model/ids.h"

namespace candor {

struct Cause {
    std::string input;                        // input_name()
    std::vector<std::uint64_t> observations;  // numbers it rests on
    std::int64_t decide_version = 0;          // core::kDecideVersion
    std::string configuration;                // digest in force
    std::string idempotency_key;              // of the request; may be empty

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("input", self.input);
        visit("observations", self.observations);
        visit("decide_version", self.decide_version);
        visit("configuration", self.configuration);
        visit("idempotency_key", self.idempotency_key);
    }
};

struct Batch {
    Timestamp at;
    std::string written_by;  // Candor's version
    Cause cause;
    std::vector<Entry> entries;
};

inline constexpr std::int64_t kBatchFormat = 1;

std::string encode_batch(const Batch& batch);

// kCorrupt when the bytes are damaged; kUnsupported with "written by version X" when an entry or
// the format is newer than this program.
Result<Batch> decode_batch(std::string_view bytes);

// "component_status_set component=directory status=major_outage …": for scenarios and goldens.
std::string print_entry(const Entry& entry);

}  // namespace candor
