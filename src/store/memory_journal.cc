#include "store/memory_journal.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/check.h"
#include "store/journal_rules.h"
#include "store/sqlite_journal.h"
#include "store/tail_check.h"

namespace candor::store {

// The reading and writing of the storage; the storage's header shows only what tests may do to it.
class MemoryJournalAccess final {
   public:
    using Lock = std::scoped_lock<std::mutex>;

    explicit MemoryJournalAccess(std::shared_ptr<MemoryJournalStorage> storage)
        : s_(std::move(storage)) {}

    Result<void> open(const LogLine& log);
    void close();

    JournalHead head() const;
    JournalHead end_of(Position position) const;
    Result<std::optional<JournalRecord>> next(Position after) const;
    JournalHead head_at(Timestamp at) const;
    std::optional<StateSnapshot> snapshot(Position not_after, std::int64_t apply_version) const;
    Result<std::string> sealed_text(const std::string& commitment) const;
    Position position_of_key(const std::string& key) const;
    Position follower(const std::string& name) const;
    std::string meta(const std::string& name) const;

    AppendFault take_fault(std::span<const AppendRequest> requests);
    Result<Position> append(std::span<const AppendRequest> requests);
    void put_snapshot(const StateSnapshot& snapshot);
    void erase(const std::string& commitment);
    void set_follower(const std::string& name, Position position);
    void set_meta(const std::string& name, const std::string& value);

    std::shared_ptr<MemoryJournalStorage> storage() const { return s_; }

   private:
    void drop_after(Position end);
    void thin_snapshots();

    std::shared_ptr<MemoryJournalStorage> s_;
};

Result<void> MemoryJournalAccess::open(const LogLine& log) {
    const Lock lock(s_->mutex_);
    if (s_->open_) return fail(ErrorCode::kConflict, "the memory journal is already open");
    TailCheck tail{JournalHead{}};
    Position position = 0;
    for (const auto& batch : s_->batches_) {
        TRY(tail.see(++position, batch.at, batch.bytes, as_bytes(batch.chain)));
    }
    if (tail.torn()) {
        if (log) log("dropped a torn last batch: " + tail.torn()->message);
        drop_after(tail.good().position);
    }
    s_->open_ = true;
    return {};
}

void MemoryJournalAccess::drop_after(Position end) {
    s_->batches_.resize(end);
    std::erase_if(s_->keys_, [&](const auto& key) { return key.second > end; });
    std::erase_if(s_->sealed_, [&](const auto& text) { return text.second.position > end; });
    std::erase_if(s_->snapshots_, [&](const auto& one) { return one.first.first > end; });
    for (auto& [name, position] : s_->followers_) position = std::min(position, end);
}

void MemoryJournalAccess::close() {
    const Lock lock(s_->mutex_);
    s_->open_ = false;
}

JournalHead MemoryJournalAccess::end_of(Position position) const {
    if (position == 0) return {};
    const auto& batch = s_->batches_[position - 1];
    return {position, batch.chain, batch.at};
}

JournalHead MemoryJournalAccess::head() const {
    const Lock lock(s_->mutex_);
    return end_of(s_->batches_.size());
}

Result<std::optional<JournalRecord>> MemoryJournalAccess::next(Position after) const {
    const Lock lock(s_->mutex_);
    if (after >= s_->batches_.size()) return std::optional<JournalRecord>();
    const auto& batch = s_->batches_[after];
    TailCheck check(end_of(after));
    TRY(check.see(after + 1, batch.at, batch.bytes, as_bytes(batch.chain)));
    if (check.torn()) return std::unexpected(*check.torn());
    return JournalRecord{after + 1, batch.at, batch.bytes, batch.chain};
}

JournalHead MemoryJournalAccess::head_at(Timestamp at) const {
    const Lock lock(s_->mutex_);
    const auto after =
        std::upper_bound(s_->batches_.begin(), s_->batches_.end(), at,
                         [](Timestamp t, const auto& batch) { return t < batch.at; });
    return end_of(static_cast<Position>(after - s_->batches_.begin()));
}

std::optional<StateSnapshot> MemoryJournalAccess::snapshot(Position not_after,
                                                           std::int64_t apply_version) const {
    const Lock lock(s_->mutex_);
    for (auto it = s_->snapshots_.rbegin(); it != s_->snapshots_.rend(); ++it) {
        const StateSnapshot& one = it->second;
        if (one.position > not_after || one.apply_version != apply_version) continue;
        if (one.position == 0 || one.position > s_->batches_.size()) continue;
        if (one.chain == s_->batches_[one.position - 1].chain) return one;
    }
    return std::nullopt;
}

Result<std::string> MemoryJournalAccess::sealed_text(const std::string& commitment) const {
    const Lock lock(s_->mutex_);
    const auto found = s_->sealed_.find(commitment);
    if (found == s_->sealed_.end() || found->second.erased) {
        return fail(ErrorCode::kNotFound, "no text is stored for commitment " + commitment);
    }
    return found->second.text;
}

Position MemoryJournalAccess::position_of_key(const std::string& key) const {
    const Lock lock(s_->mutex_);
    const auto found = s_->keys_.find(key);
    return found == s_->keys_.end() ? 0 : found->second;
}

Position MemoryJournalAccess::follower(const std::string& name) const {
    const Lock lock(s_->mutex_);
    const auto found = s_->followers_.find(name);
    return found == s_->followers_.end() ? 0 : found->second;
}

std::string MemoryJournalAccess::meta(const std::string& name) const {
    const Lock lock(s_->mutex_);
    const auto found = s_->meta_.find(name);
    return found == s_->meta_.end() ? std::string() : found->second;
}

AppendFault MemoryJournalAccess::take_fault(std::span<const AppendRequest> requests) {
    const Lock lock(s_->mutex_);
    if (s_->next_fault_ != AppendFault::kNone) {
        return std::exchange(s_->next_fault_, AppendFault::kNone);
    }
    if (!s_->disk_full_) return AppendFault::kNone;
    const bool may_use_ballast = std::any_of(requests.begin(), requests.end(),
                                             [](const auto& r) { return r.may_use_ballast; });
    if (!may_use_ballast || s_->ballast_appends_ == 0) return AppendFault::kDiskFull;
    --s_->ballast_appends_;
    return AppendFault::kNone;
}

Result<Position> MemoryJournalAccess::append(std::span<const AppendRequest> requests) {
    const Lock lock(s_->mutex_);
    JournalHead end = end_of(s_->batches_.size());
    for (const AppendRequest& request : requests) {
        const Position position = end.position + 1;
        end = {position, chain_after(end.chain, position, request.at, request.bytes), request.at};
        s_->batches_.push_back({request.at, request.bytes, end.chain, request.idempotency_key});
        if (!request.idempotency_key.empty()) s_->keys_[request.idempotency_key] = position;
        for (const SealedRow& row : request.sealed) {
            s_->sealed_[row.commitment] = {position, row.salt, row.text, false};
        }
    }
    return end.position;
}

void MemoryJournalAccess::put_snapshot(const StateSnapshot& snapshot) {
    const Lock lock(s_->mutex_);
    s_->snapshots_[{snapshot.position, snapshot.apply_version}] = snapshot;
    thin_snapshots();
}

// The newest few, and the last of each UTC day.
void MemoryJournalAccess::thin_snapshots() {
    std::set<Position> positions;
    std::map<std::int64_t, Position> last_of_day;
    for (const auto& [key, one] : s_->snapshots_) {
        positions.insert(one.position);
        Position& last = last_of_day[one.at.ms / days(1).ms];
        last = std::max(last, one.position);
    }
    std::set<Position> kept;
    for (const auto& [day, position] : last_of_day) kept.insert(position);
    for (auto it = positions.rbegin(); it != positions.rend(); ++it) {
        if (std::distance(positions.rbegin(), it) < kSnapshotsKept) kept.insert(*it);
    }
    std::erase_if(s_->snapshots_, [&](const auto& one) { return !kept.contains(one.first.first); });
}

void MemoryJournalAccess::erase(const std::string& commitment) {
    const Lock lock(s_->mutex_);
    const auto found = s_->sealed_.find(commitment);
    if (found != s_->sealed_.end()) found->second = {found->second.position, {}, {}, true};
}

void MemoryJournalAccess::set_follower(const std::string& name, Position position) {
    const Lock lock(s_->mutex_);
    s_->followers_[name] = position;
}

void MemoryJournalAccess::set_meta(const std::string& name, const std::string& value) {
    const Lock lock(s_->mutex_);
    s_->meta_[name] = value;
}

namespace {

// `Base` is JournalReader or Journal: the read side of both.
template <class Base>
class MemoryReads : public Base {
   public:
    explicit MemoryReads(std::shared_ptr<MemoryJournalStorage> storage)
        : access_(std::move(storage)) {}

    Result<JournalHead> head() override { return access_.head(); }
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        for (std::size_t i = 0; i < limit; ++i) {
            const auto record = TRY(access_.next(after + i));
            if (!record) break;
            TRY(visit(*record));
        }
        return {};
    }
    Result<JournalHead> head_at(Timestamp at) override { return access_.head_at(at); }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        return access_.snapshot(not_after, apply_version);
    }
    Result<std::string> sealed_text(const std::string& commitment) override {
        return access_.sealed_text(commitment);
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key) override {
        const Position position = access_.position_of_key(key);
        if (position == 0) return std::optional<JournalRecord>();
        return access_.next(position - 1);
    }

   protected:
    MemoryJournalAccess access_;
};

class MemoryJournal final : public MemoryReads<Journal> {
   public:
    using MemoryReads<Journal>::MemoryReads;
    ~MemoryJournal() override { access_.close(); }

    Result<Position> append(std::span<const AppendRequest> requests) override;
    Result<void> put_snapshot(const StateSnapshot& snapshot) override {
        TRY(refuse_after_failure());
        TRY(check_snapshot(snapshot));
        access_.put_snapshot(snapshot);
        return {};
    }
    Result<void> erase_sealed_text(const std::string& commitment) override {
        TRY(refuse_after_failure());
        access_.erase(commitment);
        return {};
    }
    Result<Position> follower_position(const std::string& name) override {
        return access_.follower(name);
    }
    Result<void> set_follower_position(const std::string& name, Position position) override {
        TRY(refuse_after_failure());
        TRY(check_follower_position(name, position, access_.head().position));
        access_.set_follower(name, position);
        return {};
    }
    Result<std::string> meta(const std::string& name) override { return access_.meta(name); }
    Result<void> set_meta(const std::string& name, const std::string& value) override {
        TRY(refuse_after_failure());
        TRY(check_meta(name, value));
        access_.set_meta(name, value);
        return {};
    }
    void checkpoint() override {}
    Result<std::unique_ptr<JournalReader>> open_reader() override {
        return std::make_unique<MemoryReads<JournalReader>>(access_.storage());
    }

   private:
    Result<void> refuse_after_failure() const {
        if (!failed_) return {};
        return fail(ErrorCode::kIo, "the memory journal failed earlier; reopen it to recover");
    }

    bool failed_ = false;
};

Result<Position> MemoryJournal::append(std::span<const AppendRequest> requests) {
    TRY(refuse_after_failure());
    const JournalHead head = access_.head();
    TRY(check_requests(requests, head));
    if (requests.empty()) return head.position;
    for (const AppendRequest& request : requests) {
        const Position used = access_.position_of_key(request.idempotency_key);
        if (request.idempotency_key.empty() || used == 0) continue;
        return fail(ErrorCode::kConflict, "idempotency key " + request.idempotency_key +
                                              " was already used by batch " + std::to_string(used));
    }
    switch (access_.take_fault(requests)) {
        case AppendFault::kNone: return access_.append(requests);
        case AppendFault::kDiskFull:
            return fail(ErrorCode::kDiskFull, "the disk is full (injected)");
        case AppendFault::kFailAfter: TRY(access_.append(requests)); break;
        case AppendFault::kFailBefore: break;
    }
    failed_ = true;
    return fail(ErrorCode::kIo, "the disk failed (injected)");
}

}  // namespace

void MemoryJournalStorage::fail_next_append(AppendFault fault) {
    const std::scoped_lock lock(mutex_);
    next_fault_ = fault;
}

void MemoryJournalStorage::set_disk_full(bool full, int ballast_appends) {
    const std::scoped_lock lock(mutex_);
    disk_full_ = full;
    ballast_appends_ = ballast_appends;
}

void MemoryJournalStorage::damage(Position position) {
    const std::scoped_lock lock(mutex_);
    CHECK(position > 0 && position <= batches_.size());
    batches_[position - 1].chain[0] ^= 1;
}

Position MemoryJournalStorage::end() const {
    const std::scoped_lock lock(mutex_);
    return batches_.size();
}

Result<std::unique_ptr<Journal>> open_memory_journal(std::shared_ptr<MemoryJournalStorage> storage,
                                                     LogLine log) {
    MemoryJournalAccess access(storage);
    TRY(access.open(log));
    return std::make_unique<MemoryJournal>(std::move(storage));
}

}  // namespace candor::store
