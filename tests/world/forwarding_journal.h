// A journal that hands every call on to another: the base of those that watch or sabotage one.
//
// Overrides everything with plain forwarding, so that a test journal names only what it changes.
// For tests; one thread, like what it wraps.
#pragma once

#include <memory>
#include <utility>

#include "ports/journal.h"

namespace candor::world {

class ForwardingJournal : public Journal {
   public:
    explicit ForwardingJournal(std::unique_ptr<Journal> inner) : inner_(std::move(inner)) {}

    Result<Position> append(std::span<const AppendRequest> requests) override {
        return inner_->append(requests);
    }
    Result<JournalHead> head() override { return inner_->head(); }
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        return inner_->read(after, limit, visit);
    }
    Result<JournalHead> head_at(Timestamp at) override { return inner_->head_at(at); }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        return inner_->snapshot(not_after, apply_version);
    }
    Result<std::string> sealed_text(const std::string& commitment) override {
        return inner_->sealed_text(commitment);
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key) override {
        return inner_->find_by_key(key);
    }
    Result<void> put_snapshot(const StateSnapshot& snapshot) override {
        return inner_->put_snapshot(snapshot);
    }
    Result<void> erase_sealed_text(const std::string& commitment) override {
        return inner_->erase_sealed_text(commitment);
    }
    Result<Position> follower_position(const std::string& name) override {
        return inner_->follower_position(name);
    }
    Result<void> set_follower_position(const std::string& name, Position position) override {
        return inner_->set_follower_position(name, position);
    }
    Result<std::string> meta(const std::string& name) override { return inner_->meta(name); }
    Result<void> set_meta(const std::string& name, const std::string& value) override {
        return inner_->set_meta(name, value);
    }
    void checkpoint() override { inner_->checkpoint(); }
    Result<std::unique_ptr<JournalReader>> open_reader() override { return inner_->open_reader(); }

   protected:
    Journal& inner() { return *inner_; }

   private:
    std::unique_ptr<Journal> inner_;
};

}  // namespace candor::world
