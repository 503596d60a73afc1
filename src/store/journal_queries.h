// Every question that can be asked of journal.db, over whichever connection asks.
//
// Shared by the writer and by readers of other threads, each with a connection of its own. Reads in
// short steps: no read transaction is open while a caller's code runs, so a slow caller never keeps
// the WAL from being emptied.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ports/journal.h"
#include "store/sqlite.h"
#include "store/tail_check.h"

namespace candor::store {

class JournalQueries final {
   public:
    explicit JournalQueries(Connection& connection) : connection_(connection) {}

    Result<JournalHead> head();
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit);
    Result<JournalHead> head_at(Timestamp at);
    Result<std::optional<StateSnapshot>> snapshot(Position not_after, std::int64_t apply_version);
    Result<std::string> sealed_text(const std::string& commitment);
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key);
    Result<Position> follower_position(const std::string& name);
    Result<std::string> meta(const std::string& name);

    // Verifies the newest `batches` batches against the chain before them.
    Result<TailCheck> check_tail(std::size_t batches);
    // The batch end at `position`; kCorrupt when it is missing.
    Result<JournalHead> batch_end(Position position);

   private:
    Result<std::vector<JournalRecord>> verified_step(Position after, std::size_t limit);
    Result<void> check_key(Position position, const std::string& key);
    // `position` if it is the newest batch at or before `at`, else kCorrupt.
    Result<JournalHead> verified_end(Position position, Timestamp at);

    Connection& connection_;
};

// Positions are kept as SQLite's signed integers; anything larger means "the last possible one".
std::int64_t stored_position(Position position);

}  // namespace candor::store
