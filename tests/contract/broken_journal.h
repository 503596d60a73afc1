// A journal with one defect, over a sound one: the negative control of the contract suite.
//
// Never used but to show that the suite fails on it. Thread rule: as ports/journal.h.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ports/journal.h"

namespace candor::test {

enum class Defect : std::uint8_t {
    kLosesTheLastOfAGroup,
    kIgnoresKeys,
    kChangesChains,
    kKeepsErasedTexts,
    kForgetsFollowers,
    kReturnsOldSnapshots,
};

class BrokenJournal final : public Journal {
   public:
    BrokenJournal(std::unique_ptr<Journal> sound, Defect defect)
        : sound_(std::move(sound)), defect_(defect) {}

    Result<JournalHead> head() override { return sound_->head(); }
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        return sound_->read(after, limit, [&](const JournalRecord& record) {
            JournalRecord changed = record;
            if (defect_ == Defect::kChangesChains) changed.chain[0] ^= 1;
            return visit(changed);
        });
    }
    Result<JournalHead> head_at(Timestamp at) override { return sound_->head_at(at); }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        const bool old = defect_ == Defect::kReturnsOldSnapshots && not_after > 0;
        return sound_->snapshot(old ? not_after / 2 : not_after, apply_version);
    }
    Result<std::string> sealed_text(const std::string& commitment) override {
        return sound_->sealed_text(commitment);
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key) override {
        return sound_->find_by_key(key);
    }
    Result<Position> append(std::span<const AppendRequest> requests) override {
        std::vector<AppendRequest> passed(requests.begin(), requests.end());
        if (defect_ == Defect::kLosesTheLastOfAGroup && passed.size() > 1) passed.pop_back();
        for (AppendRequest& request : passed) {
            if (defect_ == Defect::kIgnoresKeys) request.idempotency_key.clear();
        }
        return sound_->append(passed);
    }
    Result<void> put_snapshot(const StateSnapshot& snapshot) override {
        return sound_->put_snapshot(snapshot);
    }
    Result<void> erase_sealed_text(const std::string& commitment) override {
        if (defect_ == Defect::kKeepsErasedTexts) return {};
        return sound_->erase_sealed_text(commitment);
    }
    Result<Position> follower_position(const std::string& name) override {
        return sound_->follower_position(name);
    }
    Result<void> set_follower_position(const std::string& name, Position position) override {
        if (defect_ == Defect::kForgetsFollowers) return {};
        return sound_->set_follower_position(name, position);
    }
    Result<std::string> meta(const std::string& name) override { return sound_->meta(name); }
    Result<void> set_meta(const std::string& name, const std::string& value) override {
        return sound_->set_meta(name, value);
    }
    Result<std::unique_ptr<JournalReader>> open_reader() override { return sound_->open_reader(); }

   private:
    std::unique_ptr<Journal> sound_;
    Defect defect_;
};

}  // namespace candor::test
