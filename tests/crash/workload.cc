#include "tests/crash/workload.h"

#include "store/sqlite_journal.h"
#include "store/sqlite_series.h"
#include "tests/crash/workload_values.h"

namespace candor::test {

void Workload::run(std::string_view script) {
    Result<void> done = open();
    if (!done && done.error().code == ErrorCode::kDiskFull) {
        make_space_();
        done = open();
    }
    for (const char kind : script) {
        if (!done) break;
        done = step(kind);
        if (!done && done.error().code == ErrorCode::kDiskFull) done = wait_out_full_disk(kind);
    }
    if (done) return;
    ended_by_ = done.error().message;
    if (done.error().code != ErrorCode::kIo || !journal_ || !series_) return;
    // Whichever store met a failed write or sync must refuse; the other one may go on.
    expect(!refuses_after_error_ || !(step('a') && step('o')),
           "a store goes on after " + ended_by_);
}

// DISK FULL rolls back and the store stays usable: the same step must work once there is space.
Result<void> Workload::wait_out_full_disk(char kind) {
    const bool append = std::string_view("agct").find(kind) != std::string_view::npos;
    expect(!append || options_.ballast_bytes == 0,
           "a machine entry met a full disk although there was ballast");
    make_space_();
    auto done = step(kind);
    if (!done) expect(false, "with space again: " + done.error().message);
    return done;
}

Result<void> Workload::open() {
    stop();
    const auto log = [this](std::string_view line) { log_.emplace_back(line); };
    journal_ = TRY(store::open_sqlite_journal({.folder = options_.folder,
                                               .ballast_bytes = options_.ballast_bytes,
                                               .vfs = vfs_.name(),
                                               .synchronous = options_.synchronous,
                                               .log = log}));
    series_ = TRY(store::open_sqlite_series({.folder = options_.folder,
                                             .vfs = vfs_.name(),
                                             .synchronous = options_.synchronous,
                                             .log = log}));
    return {};
}

void Workload::stop() {
    journal_.reset();
    series_.reset();
}

Result<void> Workload::step(char kind) {
    switch (kind) {
        case 'a': return append(1, 300, false);
        case 'i': return append(1, 300, false, true);
        case 'g': return append(5, 700, false);
        case 'c': return append(24, 64'000, false);
        case 't': return append(1, 100, true);
        case 'e': return erase_oldest();
        case 's': return put_snapshot();
        case 'f': return set_follower();
        case 'm': return set_meta();
        case 'r': return open();
        case 'o': return append_observations();
        case 'u': break;
        default: return fail(ErrorCode::kInternal, "no such step");
    }
    const Timestamp now{static_cast<std::int64_t>(observations_.tried) * kObservationStepMs};
    TRY(series_->maintain(now, minutes(5)));
    return {};
}

Result<void> Workload::append(std::size_t count, std::size_t size, bool sealed, bool automatic) {
    std::vector<AppendRequest> requests;
    for (std::size_t i = 0; i < count; ++i) {
        const Position position = batches_.acknowledged + i + 1;
        sizes_[position] = size;
        requests.push_back({.at = batch_time(position),
                            .bytes = batch_bytes(position, size),
                            .idempotency_key = batch_key(position),
                            .sealed = {},
                            .may_use_ballast = !automatic});
    }
    const Position end = batches_.acknowledged + count;
    if (sealed) {
        requests.front().sealed.push_back(text_row(end));
        texts_[requests.front().sealed[0].commitment] = {.text = requests.front().sealed[0].text,
                                                         .position = end};
    }
    batches_.tried = end;
    const Position acknowledged = TRY(journal_->append(requests));
    expect(acknowledged == end, "append answered position " + std::to_string(acknowledged));
    batches_.acknowledged = end;
    return {};
}

Result<void> Workload::erase_oldest() {
    for (auto& [commitment, text] : texts_) {
        if (text.erase_acknowledged) continue;
        text.erase_tried = true;
        TRY(journal_->erase_sealed_text(commitment));
        text.erase_acknowledged = true;
        break;
    }
    return {};
}

Result<void> Workload::put_snapshot() {
    const JournalHead head = TRY(journal_->head());
    snapshot_.tried = head.position;
    TRY(journal_->put_snapshot(
        {head.position, head.at, head.chain, 1, snapshot_bytes(head.position)}));
    snapshot_.acknowledged = head.position;
    return {};
}

Result<void> Workload::set_follower() {
    follower_.tried = batches_.acknowledged;
    TRY(journal_->set_follower_position("page", follower_.tried));
    follower_.acknowledged = follower_.tried;
    return {};
}

Result<void> Workload::set_meta() {
    meta_.tried = meta_.acknowledged + 1;
    TRY(journal_->set_meta("counter", std::to_string(meta_.tried)));
    meta_.acknowledged = meta_.tried;
    return {};
}

Result<void> Workload::append_observations() {
    std::vector<Observation> group;
    for (std::uint64_t i = 1; i <= 20; ++i) group.push_back(made(observations_.acknowledged + i));
    observations_.tried = group.back().number;
    TRY(series_->append(group));
    observations_.acknowledged = observations_.tried;
    return {};
}

void Workload::expect(bool good, std::string complaint) {
    if (!good) complaints_.push_back(std::move(complaint));
}

}  // namespace candor::test
