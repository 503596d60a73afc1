// A journal that also tells what became durable, batch by batch: the eyes of scenarios and
// simulator.
//
// Forwards everything; after a successful append it hands each new batch, decoded again from the
// stored bytes, to `seen`. Changes nothing and injects nothing: faults live in the storage. One
// thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "model/batch.h"
#include "ports/journal.h"

namespace candor::world {

using BatchSeen = std::function<void(Position, const Batch&)>;

class RecordingJournal final : public Journal {
   public:
    RecordingJournal(std::unique_ptr<Journal> inner, BatchSeen seen)
        : inner_(std::move(inner)), seen_(std::move(seen)) {}

    Result<Position> append(std::span<const AppendRequest> requests) override;

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
    Result<std::unique_ptr<JournalReader>> open_reader() override { return inner_->open_reader(); }

   private:
    std::unique_ptr<Journal> inner_;
    BatchSeen seen_;
};

}  // namespace candor::world
