// What every implementation of ports/journal.h must do; one suite, run on each of them.
//
// To run it on another implementation, instantiate JournalContract with a maker of harnesses.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/journal.h"

namespace candor::test {

// One storage that can be opened, closed and damaged.
struct JournalHarness {
    std::function<Result<std::unique_ptr<Journal>>()> open;
    // Changes the stored chain of a batch behind the journal's back; the journal is closed.
    std::function<void(Position)> damage;
    // Everything the storage holds, as raw bytes; empty when it has no files.
    std::function<std::string()> all_bytes;
    // Lines the journal has logged.
    std::shared_ptr<std::vector<std::string>> log;
};

struct JournalImplementation {
    std::string name;
    std::function<JournalHarness()> make;
};

class JournalContract : public testing::TestWithParam<JournalImplementation> {
   protected:
    void SetUp() override {
        harness_ = GetParam().make();
        reopen();
    }

    // Drops the journal as a crash would, and recovers.
    void reopen() {
        journal_.reset();
        auto opened = harness_.open();
        ASSERT_TRUE(opened) << opened.error().message;
        journal_ = std::move(*opened);
    }

    JournalHarness harness_;
    std::unique_ptr<Journal> journal_;
};

// A request at `second` seconds with these bytes.
AppendRequest request_at(std::int64_t second, std::string bytes, std::string key = {});
SealedRow sealed_row(const std::string& text, char salt_byte = 's');
// Appends n batches one second apart, in groups; expects success.
void append_many(Journal& journal, std::size_t n);
// A snapshot that fits the batch at `position`.
StateSnapshot snapshot_of(Journal& journal, Position position, std::int64_t apply_version,
                          std::string bytes);
// All batches after a position, or the error.
Result<std::vector<JournalRecord>> read_all(JournalReader& reader, Position after = 0);

}  // namespace candor::test
