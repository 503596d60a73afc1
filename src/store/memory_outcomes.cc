#include "store/memory_outcomes.h"

#include "store/outcome_rules.h"

namespace candor::store {
namespace {

class MemoryOutcomes final : public OutcomeStore {
   public:
    explicit MemoryOutcomes(std::shared_ptr<MemoryOutcomesStorage> storage)
        : storage_(std::move(storage)) {}

    Result<std::uint64_t> seed() override { return storage_->seed; }

    Result<void> names(
        const std::function<Result<void>(const NameKey&, std::string_view)>& visit) override {
        for (const auto& [key, name] : storage_->names) TRY(visit(key, name));
        return {};
    }

    Result<std::optional<std::string>> minute(std::uint32_t stream, Timestamp start) override {
        const auto found = storage_->minutes.find({stream, start});
        if (found == storage_->minutes.end()) return std::nullopt;
        return found->second;
    }

    Result<void> minutes(
        std::uint32_t stream, Timestamp from, Timestamp to,
        const std::function<Result<void>(Timestamp, std::string_view)>& visit) override {
        for (auto at = storage_->minutes.lower_bound({stream, from});
             at != storage_->minutes.end() && at->first < std::pair(stream, to); ++at) {
            TRY(visit(at->first.second, at->second));
        }
        return {};
    }

    Result<void> commit(const OutcomeCommit& commit) override {
        TRY(check_commit(commit));
        if (storage_->disk_full) return fail(ErrorCode::kDiskFull, "the disk is full");
        for (const NewName& one : commit.names) {
            if (storage_->names.contains(one.key)) {
                return fail(ErrorCode::kConflict, "a name was given this number before");
            }
        }
        for (const NewName& one : commit.names) storage_->names[one.key] = one.name;
        for (const StoredMinute& one : commit.minutes) {
            storage_->minutes[{one.stream, one.minute}] = one.bytes;
        }
        return {};
    }

    Result<bool> forget(Timestamp before, std::size_t limit) override {
        std::size_t gone = 0;
        for (auto at = storage_->minutes.begin(); at != storage_->minutes.end() && gone < limit;) {
            if (at->first.second < before) {
                at = storage_->minutes.erase(at);
                ++gone;
            } else {
                ++at;
            }
        }
        return gone == limit && limit > 0;
    }

   private:
    std::shared_ptr<MemoryOutcomesStorage> storage_;
};

}  // namespace

std::unique_ptr<OutcomeStore> open_memory_outcomes(std::shared_ptr<MemoryOutcomesStorage> storage) {
    return std::make_unique<MemoryOutcomes>(std::move(storage));
}

}  // namespace candor::store
