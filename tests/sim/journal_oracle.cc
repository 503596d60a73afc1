#include "tests/sim/journal_oracle.h"

#include "base/codec.h"
#include "core/apply.h"
#include "tests/sim/random_setup.h"

namespace candor::sim {
namespace {

// Written down here a second time on purpose: docs/journal.md, not the store, says what it is.
Digest next_chain(const Digest& before, const JournalRecord& record) {
    std::string bytes(as_bytes(before));
    const auto number = static_cast<std::uint64_t>(record.at.ms);
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(record.position >> shift);
    }
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
    return sha256(bytes + record.bytes);
}

std::string at_position(Position position, const std::string& what) {
    return "batch " + std::to_string(position) + " " + what;
}

std::string join_errors(const Result<void>& outcome) {
    return outcome ? "" : "the journal cannot be read: " + outcome.error().message;
}

Result<void> stop_at(const std::string& complaint) {
    if (complaint.empty()) return {};
    return fail(ErrorCode::kInternal, complaint);
}

}  // namespace

void JournalOracle::promised(Position position, const Batch& batch) {
    promised_[position] = sha256(encode_batch(batch));
}

std::string JournalOracle::take(const JournalRecord& record) {
    const Position position = record.position;
    if (position != replayed_.position + 1) return at_position(position, "is out of order");
    if (record.at < at_) return at_position(position, "goes back in time");
    chain_ = next_chain(chain_, record);
    if (chain_ != record.chain) return at_position(position, "does not continue the chain");
    if (record.bytes.find(kTargetMark) != std::string::npos) {
        return at_position(position, "tells where a target is");
    }
    if (record.bytes.find(kHumanMark) != std::string::npos) {
        return at_position(position, "holds a human text in clear");
    }
    const auto batch = decode_batch(record.bytes);
    if (!batch) return at_position(position, "does not decode: " + batch.error().message);
    if (batch->at != record.at) return at_position(position, "has two times");
    if (encode_batch(*batch) != record.bytes) return at_position(position, "has two encodings");
    const auto promise = promised_.find(position);
    if (promise != promised_.end() && promise->second != sha256(record.bytes)) {
        return at_position(position, "is not what was promised");
    }
    promised_.erase(position);
    const std::string& key = batch->cause.idempotency_key;
    if (!key.empty() && !keys_.emplace(key, position).second) {
        return at_position(position, "does what " + key + " asked for a second time");
    }
    at_ = record.at;
    core::apply(replayed_, position, *batch);
    std::string broken = rules_.check(replayed_, *batch);
    if (broken.empty()) broken = clocks_.check(replayed_, *batch);
    return broken.empty() ? "" : at_position(position, "breaks a rule: " + broken);
}

std::map<std::string, int> JournalOracle::seen() const {
    std::map<std::string, int> all = rules_.seen();
    for (const auto& [what, times] : clocks_.seen()) all[what] += times;
    return all;
}

std::string JournalOracle::catch_up(JournalReader& reader) {
    const auto head = reader.head();
    if (!head) return "the journal has no head: " + head.error().message;
    if (head->position < replayed_.position) {
        return "the journal lost batch " + std::to_string(replayed_.position);
    }
    const auto read = reader.read(replayed_.position, head->position - replayed_.position,
                                  [&](const JournalRecord& r) { return stop_at(take(r)); });
    if (!read) return join_errors(read);
    if (replayed_.position != head->position || chain_ != head->chain) {
        return "the journal's head is not its last batch";
    }
    if (!promised_.empty()) {
        return "the journal lost batch " + std::to_string(promised_.begin()->first);
    }
    return "";
}

std::string JournalOracle::check_whole(JournalReader& reader) const {
    core::State from_start;
    Digest chain{};
    const auto snapshot = reader.snapshot(replayed_.position, core::kApplyVersion);
    if (!snapshot) return "the snapshot cannot be read: " + snapshot.error().message;
    core::State from_snapshot;
    if (*snapshot) {
        auto decoded = decode<core::State>((*snapshot)->bytes);
        if (!decoded) return "the snapshot does not decode: " + decoded.error().message;
        from_snapshot = std::move(*decoded);
    }
    const auto read = reader.read(0, replayed_.position, [&](const JournalRecord& r) {
        chain = next_chain(chain, r);
        const auto batch = decode_batch(r.bytes);
        if (!batch) return stop_at(batch.error().message);
        core::apply(from_start, r.position, *batch);
        if (r.position > from_snapshot.position) core::apply(from_snapshot, r.position, *batch);
        return Result<void>{};
    });
    if (!read) return join_errors(read);
    if (chain != chain_) return "the journal's past has changed";
    const std::string expected = core::state_hash(replayed_);
    if (core::state_hash(from_start) != expected) return "two replays give two states";
    if (core::state_hash(from_snapshot) != expected) {
        return "snapshot and tail give another state than the whole journal";
    }
    return "";
}

}  // namespace candor::sim
