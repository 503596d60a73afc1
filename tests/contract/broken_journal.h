// A journal with one defect, over a sound one: the negative control of the contract suite.
//
// Never used but to show that the suite fails on it. Thread rule: as ports/journal.h.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ports/journal.h"
#include "tests/world/forwarding_journal.h"

namespace candor::test {

enum class Defect : std::uint8_t {
    kLosesTheLastOfAGroup,
    kIgnoresKeys,
    kChangesChains,
    kKeepsErasedTexts,
    kForgetsFollowers,
    kReturnsOldSnapshots,
};

class BrokenJournal final : public world::ForwardingJournal {
   public:
    BrokenJournal(std::unique_ptr<Journal> sound, Defect defect)
        : ForwardingJournal(std::move(sound)), defect_(defect) {}

    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        return inner().read(after, limit, [&](const JournalRecord& record) {
            JournalRecord changed = record;
            if (defect_ == Defect::kChangesChains) changed.chain[0] ^= 1;
            return visit(changed);
        });
    }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        const bool old = defect_ == Defect::kReturnsOldSnapshots && not_after > 0;
        return inner().snapshot(old ? not_after / 2 : not_after, apply_version);
    }
    Result<Position> append(std::span<const AppendRequest> requests) override {
        std::vector<AppendRequest> passed(requests.begin(), requests.end());
        if (defect_ == Defect::kLosesTheLastOfAGroup && passed.size() > 1) passed.pop_back();
        for (AppendRequest& request : passed) {
            if (defect_ == Defect::kIgnoresKeys) request.idempotency_key.clear();
        }
        return inner().append(passed);
    }
    Result<void> erase_sealed_text(const std::string& commitment) override {
        if (defect_ == Defect::kKeepsErasedTexts) return {};
        return inner().erase_sealed_text(commitment);
    }
    Result<void> set_follower_position(const std::string& name, Position position) override {
        if (defect_ == Defect::kForgetsFollowers) return {};
        return inner().set_follower_position(name, position);
    }

   private:
    Defect defect_;
};

}  // namespace candor::test
