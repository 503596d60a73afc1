#include <array>
#include <limits>

#include "tests/crash/workload.h"
#include "tests/crash/workload_values.h"

namespace candor::test {
namespace {

std::string numbers(std::uint64_t found, std::uint64_t acknowledged, std::uint64_t tried) {
    return std::to_string(found) + " found, " + std::to_string(acknowledged) + " acknowledged, " +
           std::to_string(tried) + " tried";
}

}  // namespace

std::vector<std::string> Workload::check() {
    if (auto done = open(); !done) {
        expect(false, "does not open: " + done.error().message);
        return complaints_;
    }
    check_batches(*journal_);
    check_texts(*journal_);
    check_side_tables(*journal_);
    check_series(*series_);
    if (!complaints_.empty()) return complaints_;
    // What was in flight may have come through; go on after it.
    batches_.acknowledged = journal_->head()->position;
    observations_.acknowledged = series_->last_number().value();
    for (const char kind : std::string_view("gou")) {
        if (auto done = step(kind); !done) expect(false, "goes not on: " + done.error().message);
    }
    return complaints_;
}

void Workload::check_batches(Journal& journal) {
    const Position end = journal.head()->position;
    expect(end == batches_.acknowledged || end == batches_.tried,
           "batches: " + numbers(end, batches_.acknowledged, batches_.tried));
    Position seen = 0;
    auto read = journal.read(0, std::numeric_limits<std::size_t>::max(),
                             [&](const JournalRecord& record) -> Result<void> {
                                 ++seen;
                                 const bool same = record.position == seen &&
                                                   record.at == batch_time(seen) &&
                                                   record.bytes == batch_bytes(seen, sizes_[seen]);
                                 expect(same, "batch " + std::to_string(seen) + " differs");
                                 return {};
                             });
    expect(read.has_value(), "batches do not verify: " + (read ? "" : read.error().message));
    expect(seen == end, "head and batches differ");
    for (Position position = 3; position <= end; position += 3) {
        const auto found = journal.find_by_key(batch_key(position));
        expect(found && *found && (*found)->position == position,
               "key of batch " + std::to_string(position) + " is gone");
    }
}

void Workload::check_texts(Journal& journal) {
    const Position end = journal.head()->position;
    const std::string bytes = vfs_.disk().all_bytes();
    for (const auto& [commitment, text] : texts_) {
        const std::string name = "text of batch " + std::to_string(text.position);
        const auto found = journal.sealed_text(commitment);
        if (text.erase_acknowledged || text.position > end) {
            expect(!found && found.error().code == ErrorCode::kNotFound, name + " is still there");
        } else if (!text.erase_tried) {
            expect(found && *found == text.text, name + " is gone");
        } else {
            expect(found ? *found == text.text : found.error().code == ErrorCode::kNotFound,
                   name + " is half erased");
        }
        if (!text.erase_acknowledged) continue;
        for (const std::string mark : {"erasable-", "end-"}) {
            const std::string whole = mark + std::to_string(text.position) + "-mark";
            expect(bytes.find(whole) == std::string::npos, name + " is erased but in a file");
        }
    }
}

void Workload::check_side_tables(Journal& journal) {
    const Position end = journal.head()->position;
    const auto snapshot = journal.snapshot(end, 1);
    const Position at = snapshot && *snapshot ? (*snapshot)->position : 0;
    expect(at == snapshot_.acknowledged || at == snapshot_.tried,
           "snapshot: " + numbers(at, snapshot_.acknowledged, snapshot_.tried));
    expect(at == 0 || (*snapshot)->bytes == snapshot_bytes(at), "snapshot differs");
    const Position follower = journal.follower_position("page").value_or(0);
    expect(follower == follower_.acknowledged || follower == follower_.tried,
           "follower: " + numbers(follower, follower_.acknowledged, follower_.tried));
    const std::string text = journal.meta("counter").value_or("?");
    const std::uint64_t meta = text.empty() ? 0 : std::stoull(text == "?" ? "999" : text);
    expect(meta == meta_.acknowledged || meta == meta_.tried,
           "meta: " + numbers(meta, meta_.acknowledged, meta_.tried));
}

void Workload::check_series(Series& series) {
    const std::uint64_t last = series.last_number().value_or(0);
    expect(last == observations_.acknowledged || last == observations_.tried,
           "observations: " + numbers(last, observations_.acknowledged, observations_.tried));
    std::array<std::int64_t, kObservedChecks> expected{};
    for (std::uint64_t n = 1; n <= last; ++n) ++expected[n % kObservedChecks];
    for (std::uint64_t i = 0; i < kObservedChecks; ++i) {
        for (const Resolution r : {Resolution::kMinute, Resolution::kDay}) {
            const auto rollups =
                series.rollups(observed_check(i), r, Timestamp{0}, Timestamp{days(1).ms});
            std::int64_t passed = 0;
            for (const Rollup& rollup : rollups.value_or(std::vector<Rollup>{})) {
                passed += rollup.passed;
            }
            expect(rollups && passed == expected[i], observed_check(i).value + " counts " +
                                                         std::to_string(passed) + ", not " +
                                                         std::to_string(expected[i]));
        }
    }
}

}  // namespace candor::test
